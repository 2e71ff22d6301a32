/** Subscriptions: first a confirmation, then history, then «caught up», then what is written, for ever. */
import { randomUUID } from 'node:crypto'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { checkpointInterval, eventFilter } from './event-filter.js'
import { eventMessage, fromOf } from './messages.js'
import { DELETED, type LogRecord, NO_STREAM } from './records.js'
import { invalidSubscriptionPosition, streamDeleted } from './server-errors.js'
import type { TransactionLog } from './transaction-log.js'

/**
 * Everything behind a position.
 *
 * As on the server, a position beyond the end of the log is no error: what is written up to there is never delivered.
 */
export async function* subscribeToAll(
  log: TransactionLog,
  options: ReadReq.Options,
  gone: AbortSignal,
): AsyncIterable<ReadResp> {
  const from = fromOf(options)
  const passes = eventFilter(options)
  const checkpoints = new Checkpoints(checkpointInterval(options))
  let behind = from === 'start' ? -1n : from === 'end' ? log.lastPosition : from
  yield confirmation()
  if (!log.isReadable(behind)) throw invalidSubscriptionPosition()
  let live = behind >= log.lastPosition
  if (live) yield caughtUp()
  while (!gone.aborted) {
    for (const record of recordsBehind(log, behind)) {
      behind = record.position
      if (passes(record)) yield eventMessage(record, options)
      if (checkpoints.isDue()) yield checkpoint(behind)
    }
    if (log.lastPosition > behind) continue
    if (!live) {
      if (checkpoints.filtered) yield checkpoint(behind)
      yield caughtUp()
      live = true
    }
    if (log.lastPosition <= behind) await log.written(gone)
  }
}

/** One stream behind a revision. A stream that does not exist yet is waited for; a tombstone ends it. */
export async function* subscribeToStream(
  log: TransactionLog,
  stream: string,
  options: ReadReq.Options,
  gone: AbortSignal,
): AsyncIterable<ReadResp> {
  const from = fromOf(options)
  let behind = from === 'start' ? NO_STREAM : from === 'end' ? log.lastRevision(stream) : from
  yield confirmation()
  if (log.view(stream).state === 'deleted') throw streamDeleted(stream)
  let live = behind >= log.lastRevision(stream)
  if (live) yield caughtUp()
  while (!gone.aborted) {
    for (const record of revisionsBehind(log, stream, behind, live)) {
      behind = record.revision
      yield eventMessage(record, options)
      if (record.revision === DELETED) throw streamDeleted(stream)
    }
    if (!live) {
      yield caughtUp()
      live = true
    }
    if (log.lastRevision(stream) <= behind) await log.written(gone)
  }
}

/** At most as many as the server reads at once. */
const PAGE = 32

function recordsBehind(log: TransactionLog, behind: bigint): readonly LogRecord[] {
  const start = log.indexOf(behind + 1n)
  return log.records.slice(start, start + PAGE)
}

/** While catching up, only what readers see; live, whatever is written. */
function revisionsBehind(log: TransactionLog, stream: string, behind: bigint, live: boolean): readonly LogRecord[] {
  if (live) return log.range(stream, behind + 1n, DELETED)
  const view = log.view(stream)
  if (view.state !== 'readable') return []
  const first = behind + 1n > view.first ? behind + 1n : view.first
  return log.range(stream, first, view.last)
}

/** Counts considered events of a filtered subscription. */
class Checkpoints {
  #considered = 0

  constructor(private readonly interval: number | null) {}

  get filtered(): boolean {
    return this.interval !== null
  }

  /** Call once an event. */
  isDue(): boolean {
    if (this.interval === null || ++this.#considered < this.interval) return false
    this.#considered = 0
    return true
  }
}

const confirmation = (): ReadResp =>
  new streams.ReadResp().setConfirmation(
    new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID()),
  )

const caughtUp = (): ReadResp => new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp())

const checkpoint = (position: bigint): ReadResp =>
  new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)),
  )
