/** What clients ask before anything else: which methods the server has, and who leads the cluster. */
import type { handleUnaryCall } from '@grpc/grpc-js'
import gossip from '@eventstore/db-client/generated/gossip_pb.js'
import features from '@eventstore/db-client/generated/serverfeatures_pb.js'
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type { ClusterInfo, MemberInfo } from '@eventstore/db-client/generated/gossip_pb.js'
import type { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js'
import type { Empty } from '@eventstore/db-client/generated/shared_pb.js'
import { randomUUID } from 'node:crypto'
import { answerOnce } from './answering.js'
import { structuredId } from './messages.js'
import type { Cluster, ClusterNode } from './node.js'

/** What the server says of a method beside its name. */
const FEATURES: Record<string, string[]> = {
  read: ['position', 'events'],
  batchappend: ['deadline_duration'],
}

/** `ServerFeatures.GetSupportedMethods`: without `batchappend` in the list, clients append with one call each. */
export function supportedMethods(node: ClusterNode): handleUnaryCall<Empty, SupportedMethods> {
  return (call, callback) => {
    const request = node.note(call, 'getSupportedMethods')
    void answerOnce(callback, () => node.faults.thawed().then(() => methodsOf(node)), request)
  }
}

function methodsOf(node: ClusterNode): SupportedMethods {
  const names = Object.values(streamsGrpc.StreamsService).map((method) => method.path.toLowerCase().split('/'))
  const methods = names.map(([, service = '', name = '']) => supported(service, name))
  const offered = methods.filter((method) => node.settings.batchAppend || method.getMethodName() !== 'batchappend')
  return new features.SupportedMethods().setEventStoreServerVersion(node.settings.version).setMethodsList(offered)
}

const supported = (service: string, name: string): SupportedMethod =>
  new features.SupportedMethod()
    .setServiceName(service)
    .setMethodName(name)
    .setFeaturesList(FEATURES[name] ?? [])

/** `Gossip.Read`: the members of the cluster as this one knows them. */
export function readGossip(node: ClusterNode): handleUnaryCall<Empty, ClusterInfo> {
  return (call, callback) => {
    const request = node.note(call, 'gossip')
    void answerOnce(callback, () => node.faults.thawed().then(() => membersOf(node.cluster)), request)
  }
}

const membersOf = ({ members, leader }: Cluster): ClusterInfo =>
  new gossip.ClusterInfo().setMembersList(members.map((member) => memberInfo(member, leader)))

function memberInfo(member: ClusterNode, leader: ClusterNode | null): MemberInfo {
  const { LEADER, FOLLOWER, UNKNOWN } = gossip.MemberInfo.VNodeState
  const endpoint = new gossip.EndPoint().setAddress('127.0.0.1').setPort(member.port)
  return new gossip.MemberInfo()
    .setInstanceId(structuredId(randomUUID()))
    .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
    .setState(member === leader ? LEADER : leader === null ? UNKNOWN : FOLLOWER)
    .setIsAlive(true)
    .setHttpEndPoint(endpoint)
}
