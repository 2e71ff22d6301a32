import type { handleClientStreamingCall, ServerReadableStream } from '@grpc/grpc-js'
import { status } from '@grpc/grpc-js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb.js'
import { answerOnce } from './answering.js'
import { expectedOf, nothing, proposedRecord, streamNameOf } from './messages.js'
import type { ClusterNode, CommitResult, RecordedRequest } from './node.js'
import { appendSizeOf, type Expected, NO_STREAM, type ProposedRecord } from './records.js'
import { accessDenied, appendTooLarge, CallFailure, commitTimeout, streamDeleted } from './server-errors.js'

interface Append {
  stream: string
  expected: Expected
  events: ProposedRecord[]
}

/** `Streams.Append`: first the options, then the events one by one, one answer at the end. */
export function appendTo(node: ClusterNode): handleClientStreamingCall<AppendReq, AppendResp> {
  return (call, callback) => {
    const request = node.note(call, 'append')
    void answerOnce(
      callback,
      async () => {
        await node.faults.thawed()
        const { stream, expected, events } = await receive(node, call, request)
        node.refuseUnlessServing(call)
        const result = await node.commit(call, () => node.log.append(stream, expected, events))
        request.outcome = result.decision
        return answer(stream, expected, result)
      },
      request,
    )
  }
}

async function receive(
  node: ClusterNode,
  call: ServerReadableStream<AppendReq, AppendResp>,
  request: RecordedRequest,
): Promise<Append> {
  let append: Append | null = null
  let size = 0
  for await (const message of call as AsyncIterable<AppendReq>) {
    if (append === null) {
      append = begin(node, message, request)
      continue
    }
    const event = proposedRecord(message.getProposedMessage() ?? unexpected())
    size += appendSizeOf(event)
    if (size > node.settings.maxAppendSize) throw appendTooLarge(node.settings.maxAppendSize)
    append.events.push(event)
  }
  if (append === null) return unexpected()
  request.ids = append.events.map((event) => event.id)
  return append
}

function begin(node: ClusterNode, message: AppendReq, request: RecordedRequest): Append {
  const options = message.getOptions() ?? unexpected()
  const stream = streamNameOf(options.getStreamIdentifier())
  request.stream = stream
  if (!node.allows(stream, 'write')) throw accessDenied()
  return { stream, expected: expectedOf(options, options.getRevision()), events: [] }
}

/** Messages in another order than the protocol's. */
function unexpected(): never {
  throw new CallFailure(status.UNKNOWN, 'Exception was thrown by handler.')
}

function answer(stream: string, expected: Expected, result: CommitResult): AppendResp {
  switch (result.decision) {
    case 'timed-out':
      throw commitTimeout()
    case 'deleted':
      throw streamDeleted(stream)
    case 'wrong-expected-version':
      return new streams.AppendResp().setWrongExpectedVersion(conflict(expected, result.current))
    case 'written':
      return success(result.current, result.position)
    case 'idempotent':
      return success(result.last, result.position)
  }
}

function success(revision: bigint, position: bigint | null): AppendResp {
  const written = new streams.AppendResp.Success()
  if (revision === NO_STREAM) written.setNoStream(nothing())
  else written.setCurrentRevision(String(revision))
  if (position === null) written.setNoPosition(nothing())
  else written.setPosition(positionMessage(position))
  return new streams.AppendResp().setSuccess(written)
}

function positionMessage(position: bigint): AppendResp.Position {
  const message = new streams.AppendResp.Position()
  return message.setCommitPosition(String(position)).setPreparePosition(String(position))
}

function conflict(expected: Expected, current: bigint): AppendResp.WrongExpectedVersion {
  const message = new streams.AppendResp.WrongExpectedVersion()
  if (current === NO_STREAM) message.setCurrentNoStream(nothing())
  else message.setCurrentRevision(String(current))
  if (expected === 'any') message.setExpectedAny(nothing())
  else if (expected === 'no-stream') message.setExpectedNoStream(nothing())
  else if (expected === 'stream-exists') message.setExpectedStreamExists(nothing())
  else message.setExpectedRevision(String(expected))
  return message
}
