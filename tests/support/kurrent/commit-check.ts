/**
 * What the storage writer decides before it writes: the expected revision, and whether the same events are there already.
 *
 * Follows the behaviour of KurrentDB's index writer: with an exact revision (or none) the log itself is compared, event by
 * event; with «any» or «stream exists» only the ids that the server still remembers are.
 */
import { DELETED, type Expected, type LogRecord, metastreamOf, NO_STREAM } from './records.js'
import { isSoftDeleted, type StreamMetadata } from './stream-metadata.js'

/** What the check needs to know of the log. */
export interface CommitState {
  lastRevision(stream: string): bigint
  metadataOf(stream: string): StreamMetadata
  recordAt(stream: string, revision: bigint): LogRecord | undefined
  /** The revision at which the server remembers to have written this id to this stream. */
  rememberedRevision(stream: string, id: string): bigint | undefined
  /** True when a reader of the stream is shown the event of this revision. */
  isVisible(stream: string, revision: bigint): boolean
}

export type CommitCheck =
  | { decision: 'ok'; current: bigint; undelete: boolean }
  /** All of it was written before. `position` is the last event's, null when that can no longer be read. */
  | { decision: 'idempotent'; last: bigint; position: bigint | null }
  | { decision: 'wrong-expected-version'; current: bigint }
  | { decision: 'deleted' }

export function checkCommit(
  state: CommitState,
  stream: string,
  expected: Expected,
  ids: readonly string[],
): CommitCheck {
  const current = state.lastRevision(stream)
  if (current === DELETED) return { decision: 'deleted' }
  const undelete = isSoftDeleted(state.metadataOf(stream))
  if (expected === 'stream-exists') {
    if (undelete) return { decision: 'deleted' }
    if (current === NO_STREAM && state.lastRevision(metastreamOf(stream)) === NO_STREAM)
      return { decision: 'wrong-expected-version', current }
  }
  if (expected === 'any' || expected === 'stream-exists')
    return checkRemembered(state, stream, ids, { decision: 'ok', current, undelete })
  const revision = expected === 'no-stream' ? NO_STREAM : expected
  if (revision > current) return { decision: 'wrong-expected-version', current }
  if (revision === current) return { decision: 'ok', current, undelete }
  return checkLogged(state, stream, revision, ids, { decision: 'ok', current, undelete })
}

type Ok = Extract<CommitCheck, { decision: 'ok' }>

function checkRemembered(state: CommitState, stream: string, ids: readonly string[], ok: Ok): CommitCheck {
  let last: bigint | null = null
  for (const id of ids) {
    const revision = state.rememberedRevision(stream, id)
    if (revision === undefined) return last === null ? ok : { decision: 'wrong-expected-version', current: ok.current }
    last = revision
  }
  return last === null ? ok : idempotent(state, stream, last)
}

function checkLogged(
  state: CommitState,
  stream: string,
  expected: bigint,
  ids: readonly string[],
  ok: Ok,
): CommitCheck {
  for (const [index, id] of ids.entries()) {
    const revision = expected + 1n + BigInt(index)
    if (state.rememberedRevision(stream, id) === revision || state.recordAt(stream, revision)?.id === id) continue
    const startsAnew = index === 0 && expected === NO_STREAM && ok.undelete
    return startsAnew ? ok : { decision: 'wrong-expected-version', current: ok.current }
  }
  if (ids.length === 0) return { decision: 'wrong-expected-version', current: ok.current }
  return idempotent(state, stream, expected + BigInt(ids.length))
}

function idempotent(state: CommitState, stream: string, last: bigint): CommitCheck {
  const record = state.isVisible(stream, last) ? state.recordAt(stream, last) : undefined
  return { decision: 'idempotent', last, position: record?.position ?? null }
}
