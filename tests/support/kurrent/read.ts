import type { handleServerStreamingCall } from '@grpc/grpc-js'
import { status } from '@grpc/grpc-js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { failureOf, goneSignal, send } from './answering.js'
import { eventFilter } from './event-filter.js'
import { eventMessage, fromOf, streamIdentifier, streamNameOf } from './messages.js'
import type { ClusterNode } from './node.js'
import { DELETED, type LogRecord } from './records.js'
import { accessDenied, CallFailure, invalidReadPosition, streamDeleted } from './server-errors.js'
import { subscribeToAll, subscribeToStream } from './subscribe.js'
import type { TransactionLog } from './transaction-log.js'

const BACKWARDS = 1

/** `Streams.Read`: a stream or everything, so many events or for ever. */
export function readFrom(node: ClusterNode): handleServerStreamingCall<ReadReq, ReadResp> {
  return async (call) => {
    const gone = goneSignal(call)
    const options = call.request.getOptions() ?? new streams.ReadReq.Options()
    const stream = options.getAll() === undefined ? streamNameOf(options.getStream()?.getStreamIdentifier()) : '$all'
    const request = node.note(call, options.hasSubscription() ? 'subscribe' : 'read', stream)
    try {
      await node.faults.thawed()
      node.refuseUnlessServing(call)
      if (options.getUuidOption() === undefined)
        throw new CallFailure(status.INVALID_ARGUMENT, ' `uuidOption` is a required argument of type UUIDOption')
      if (!node.allows(stream, 'read')) throw accessDenied()
      for await (const message of answers(node.log, stream, options, gone)) {
        await node.faults.thawed()
        if (gone.aborted) return
        await send(call, message)
      }
      request.outcome = 'success'
      call.end()
    } catch (error) {
      const failure = failureOf(error)
      request.outcome = failure.details
      call.emit('error', failure)
    }
  }
}

function answers(
  log: TransactionLog,
  stream: string,
  options: ReadReq.Options,
  gone: AbortSignal,
): AsyncIterable<ReadResp> | Iterable<ReadResp> {
  if (options.hasSubscription())
    return stream === '$all' ? subscribeToAll(log, options, gone) : subscribeToStream(log, stream, options, gone)
  return stream === '$all' ? readAll(log, options) : readStream(log, stream, options)
}

function* readAll(log: TransactionLog, options: ReadReq.Options): Iterable<ReadResp> {
  const from = fromOf(options)
  const backwards = options.getReadDirection() === BACKWARDS
  if (typeof from === 'bigint' && !log.isReadable(from)) throw invalidReadPosition()
  const passes = eventFilter(options)
  const end = log.records.length
  // Forwards a position is included, backwards it is not.
  const start = from === 'start' ? 0 : from === 'end' ? end : log.indexOf(from)
  const records = backwards ? log.records.slice(0, start).reverse() : log.records.slice(start)
  for (const record of firstOf(records.filter(passes), options)) yield eventMessage(record, options)
}

function* readStream(log: TransactionLog, stream: string, options: ReadReq.Options): Iterable<ReadResp> {
  const view = log.view(stream)
  if (view.state === 'deleted') throw streamDeleted(stream)
  if (view.state === 'no-stream') return yield notFound(stream)
  const from = fromOf(options)
  const backwards = options.getReadDirection() === BACKWARDS
  const place = from === 'start' ? 0n : from === 'end' ? DELETED - 1n : from
  const records = backwards
    ? log.range(stream, view.first, smaller(place, view.last)).toReversed()
    : log.range(stream, larger(place, view.first), view.last)
  for (const record of firstOf(records, options)) yield eventMessage(record, options)
}

function firstOf(records: readonly LogRecord[], options: ReadReq.Options): readonly LogRecord[] {
  const count = BigInt(options.getCount())
  return count < BigInt(records.length) ? records.slice(0, Number(count)) : records
}

const notFound = (stream: string): ReadResp =>
  new streams.ReadResp().setStreamNotFound(
    new streams.ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(stream)),
  )

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
