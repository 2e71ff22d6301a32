import type { handleUnaryCall } from '@grpc/grpc-js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { DeleteReq, DeleteResp, TombstoneReq, TombstoneResp } from '@eventstore/db-client/generated/streams_pb.js'
import { answerOnce } from './answering.js'
import { expectedOf, nothing, streamNameOf } from './messages.js'
import type { Caller, ClusterNode, RecordedRequest } from './node.js'
import { accessDenied, commitTimeout, streamDeleted, wrongExpectedVersion } from './server-errors.js'

/** `Streams.Delete`: readers no longer find the stream, and it may be written again. */
export function deleteFrom(node: ClusterNode): handleUnaryCall<DeleteReq, DeleteResp> {
  return (call, callback) => {
    const request = node.note(call, 'delete')
    const handle = async (): Promise<DeleteResp> => {
      const position = await remove(node, call, call.request.getOptions(), request)
      const answer = new streams.DeleteResp()
      if (position === null) return answer.setNoPosition(nothing())
      const place = new streams.DeleteResp.Position()
      return answer.setPosition(place.setCommitPosition(position).setPreparePosition(position))
    }
    void answerOnce(callback, handle, request)
  }
}

/** `Streams.Tombstone`: the stream is gone for ever. */
export function tombstoneIn(node: ClusterNode): handleUnaryCall<TombstoneReq, TombstoneResp> {
  return (call, callback) => {
    const request = node.note(call, 'tombstone')
    const handle = async (): Promise<TombstoneResp> => {
      const position = await remove(node, call, call.request.getOptions(), request)
      const answer = new streams.TombstoneResp()
      if (position === null) return answer.setNoPosition(nothing())
      const place = new streams.TombstoneResp.Position()
      return answer.setPosition(place.setCommitPosition(position).setPreparePosition(position))
    }
    void answerOnce(callback, handle, request)
  }
}

async function remove(
  node: ClusterNode,
  caller: Caller,
  options: DeleteReq.Options | TombstoneReq.Options = new streams.DeleteReq.Options(),
  request: RecordedRequest,
): Promise<string | null> {
  const stream = streamNameOf(options.getStreamIdentifier())
  const expected = expectedOf(options, options.getRevision())
  request.stream = stream
  await node.faults.thawed()
  node.refuseUnlessServing(caller)
  if (!node.allows(stream, 'delete')) throw accessDenied()
  const result = await node.commit(caller, () => node.log.delete(stream, expected, request.method === 'tombstone'))
  request.outcome = result.decision
  switch (result.decision) {
    case 'timed-out':
      throw commitTimeout()
    case 'deleted':
      throw streamDeleted(stream)
    case 'wrong-expected-version':
      throw wrongExpectedVersion(stream, expected, result.current)
    default:
      return result.position === null ? null : String(result.position)
  }
}
