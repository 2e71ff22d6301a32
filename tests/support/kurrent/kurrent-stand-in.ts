/**
 * A stand-in for a KurrentDB (EventStoreDB) node that speaks its gRPC protocol through the client's own generated messages
 * and keeps everything in memory. It answers as the server does (https://github.com/kurrent-io/KurrentDB), and breaks as the
 * test asks it to. What it leaves out: users and TLS, persistent subscriptions, projections, links, `$maxAge`.
 */
import { randomUUID } from 'node:crypto'
import { Server, ServerCredentials } from '@grpc/grpc-js'
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { appendTo } from './append.js'
import { batchAppendTo } from './batch-append.js'
import { readGossip, supportedMethods } from './cluster-services.js'
import { deleteFrom, tombstoneIn } from './delete.js'
import { Faults } from './faults.js'
import { Network } from './network.js'
import { type Cluster, ClusterNode, type NodeSettings, type RecordedRequest } from './node.js'
import { readFrom } from './read.js'
import type { LogRecord } from './records.js'
import { TransactionLog } from './transaction-log.js'

export interface KurrentStandInOptions extends Partial<NodeSettings> {
  /** Another node whose cluster this one joins as a follower: they serve one log. */
  joins?: KurrentStandIn
}

export interface KurrentStandIn {
  /** Connection string of this node alone. */
  readonly url: string
  /** Connection string of all members of its cluster; the client finds the leader by gossip. */
  readonly clusterUrl: string
  readonly port: number
  readonly faults: Faults
  /** What was asked, in order. */
  readonly requests: readonly RecordedRequest[]
  readonly cluster: Cluster
  /** Everything that the log holds, system events included. */
  readonly log: readonly LogRecord[]
  /** The events of a stream, whether or not readers still see them. */
  stream(name: string): readonly LogRecord[]
  /** Makes this node the leader of its cluster. */
  lead(): void
  /** Removes what readers no longer see, from `$all` too. */
  scavenge(): void
  /** Ends all connections and stops listening. */
  close(): void
}

const DEFAULTS: NodeSettings = {
  maxAppendSize: 1_048_576,
  commitTimeoutMs: 2_000,
  roles: ['$admins'],
  version: '25.0.1',
  batchAppend: true,
}
/** The largest message that the server takes, and more than any it sends. */
const LARGEST_MESSAGE = 17 * 1024 * 1024

/** Starts a node on a free port of 127.0.0.1. */
export async function startKurrentStandIn(options: KurrentStandInOptions = {}): Promise<KurrentStandIn> {
  const { joins, ...settings } = options
  const cluster: Cluster = joins?.cluster ?? { log: startedLog(), members: [], leader: null }
  const server = new Server({
    'grpc.max_receive_message_length': LARGEST_MESSAGE,
    'grpc.max_send_message_length': LARGEST_MESSAGE,
  })
  const network = await Network.open(await bind(server))
  const faults = new Faults(network, cluster.log)
  const cut = (peer: string): void => network.cut(peer)
  const node = new ClusterNode(cluster, faults, { ...DEFAULTS, ...settings }, network.port, cut)
  cluster.members.push(node)
  cluster.leader ??= node
  serve(server, node)
  return {
    url: `esdb://127.0.0.1:${network.port}?tls=false`,
    get clusterUrl() {
      return `esdb://${cluster.members.map((member) => `127.0.0.1:${member.port}`).join(',')}?tls=false`
    },
    port: network.port,
    faults,
    requests: node.requests,
    cluster,
    log: cluster.log.records,
    stream: (name) => cluster.log.stream(name),
    lead: () => void (cluster.leader = node),
    scavenge: () => cluster.log.scavenge(),
    close: () => {
      faults.release()
      network.close()
      server.forceShutdown()
    },
  }
}

function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    )
  })
}

function serve(server: Server, node: ClusterNode): void {
  server.addService(featuresGrpc.ServerFeaturesService, { getSupportedMethods: supportedMethods(node) })
  server.addService(gossipGrpc.GossipService, { read: readGossip(node) })
  server.addService(streamsGrpc.StreamsService, {
    append: appendTo(node),
    batchAppend: batchAppendTo(node),
    read: readFrom(node),
    delete: deleteFrom(node),
    tombstone: tombstoneIn(node),
  })
}

/** A log as a server leaves it when it has started: not empty, and its first event is not the caller's. */
function startedLog(): TransactionLog {
  const log = new TransactionLog()
  const data = Buffer.from('{"$maxAge":86400}')
  const settings = { id: randomUUID(), type: '$metadata', isJson: true, data, metadata: new Uint8Array() }
  log.append('$$$stats-127.0.0.1:2113', 'any', [settings])
  return log
}
