import { randomUUID } from 'node:crypto'
import { checkCommit, type CommitCheck, type CommitState } from './commit-check.js'
import {
  DELETED,
  type Expected,
  type LogRecord,
  metastreamOf,
  NO_STREAM,
  originalOf,
  type ProposedRecord,
  sizeInLog,
} from './records.js'
import {
  isSoftDeleted,
  METADATA_OF_METASTREAM,
  parseStreamMetadata,
  softDeletion,
  type StreamMetadata,
  undeletedFrom,
} from './stream-metadata.js'

/** What came of a write: `written` with the last event's place, or the reason why not. */
export type WriteResult =
  { decision: 'written'; current: bigint; position: bigint | null } | Exclude<CommitCheck, { decision: 'ok' }>

/** A stream as its readers may see it: from `first` to `last`. */
export type StreamView =
  { state: 'readable'; first: bigint; last: bigint } | { state: 'no-stream' } | { state: 'deleted' }

const EMPTY = new Uint8Array()
const TICKS_PER_MILLISECOND = 10_000n

/** The server's transaction file and its indexes, in memory. One writer; several nodes may serve it. */
export class TransactionLog implements CommitState {
  readonly #records: LogRecord[] = []
  readonly #streams = new Map<string, LogRecord[]>()
  readonly #remembered = new Map<string, { stream: string; revision: bigint }>()
  readonly #waiting = new Set<() => void>()
  #end = 0n

  get records(): readonly LogRecord[] {
    return this.#records
  }

  /** Position of the last record, or -1. */
  get lastPosition(): bigint {
    return this.#records.at(-1)?.position ?? -1n
  }

  stream(name: string): readonly LogRecord[] {
    return this.#streams.get(name) ?? []
  }

  lastRevision(stream: string): bigint {
    return this.stream(stream).at(-1)?.revision ?? NO_STREAM
  }

  metadataOf(stream: string): StreamMetadata {
    if (originalOf(stream) !== null) return METADATA_OF_METASTREAM
    return parseStreamMetadata(this.stream(metastreamOf(stream)).at(-1)?.data)
  }

  recordAt(stream: string, revision: bigint): LogRecord | undefined {
    const records = this.stream(stream)
    const record = records[lowerBound(records, revision, (each) => each.revision)]
    return record?.revision === revision ? record : undefined
  }

  rememberedRevision(stream: string, id: string): bigint | undefined {
    const known = this.#remembered.get(id)
    return known?.stream === stream ? known.revision : undefined
  }

  isVisible(stream: string, revision: bigint): boolean {
    const view = this.view(stream)
    return view.state === 'readable' && revision >= view.first && revision <= view.last
  }

  /** What readers see of the stream after `$maxCount`, `$tb` and deletion. */
  view(stream: string): StreamView {
    const last = this.lastRevision(stream)
    if (last === DELETED) return { state: 'deleted' }
    const metadata = this.metadataOf(stream)
    if (last === NO_STREAM || isSoftDeleted(metadata)) return { state: 'no-stream' }
    const byCount = metadata.maxCount === null ? 0n : last - metadata.maxCount + 1n
    return { state: 'readable', first: larger(byCount, metadata.truncateBefore), last }
  }

  /** Records of a stream with revisions from `first` to `last`. */
  range(stream: string, first: bigint, last: bigint): readonly LogRecord[] {
    const records = this.stream(stream)
    return records.slice(lowerBound(records, first, revisionOf), lowerBound(records, last + 1n, revisionOf))
  }

  /** Index of the first record at or behind a position. */
  indexOf(position: bigint): number {
    return lowerBound(this.#records, position, (each) => each.position)
  }

  /** True where a record begins or the log ends; elsewhere the server cannot read. */
  isReadable(position: bigint): boolean {
    return (
      position <= 0n || position > this.lastPosition || this.#records[this.indexOf(position)]?.position === position
    )
  }

  append(stream: string, expected: Expected, events: readonly ProposedRecord[]): WriteResult {
    const check = checkCommit(
      this,
      stream,
      expected,
      events.map((event) => event.id),
    )
    if (check.decision !== 'ok') return check
    const original = originalOf(stream)
    const undeletesOriginal = original !== null && isSoftDeleted(this.metadataOf(original))
    for (const event of events) this.#write(stream, this.lastRevision(stream) + 1n, event)
    const position = events.length === 0 ? null : this.lastPosition
    if (check.undelete) this.#undelete(stream, check.current + 1n)
    if (undeletesOriginal) this.#undelete(original, this.lastRevision(original) + 1n)
    this.#notify()
    return { decision: 'written', current: check.current + BigInt(events.length), position }
  }

  /** Soft: readers no longer find the stream. Hard (tombstone): nobody can ever write to it again. */
  delete(stream: string, expected: Expected, hard: boolean): WriteResult {
    const check = checkCommit(this, stream, expected, [randomUUID()])
    if (check.decision !== 'ok') return check
    const metastream = metastreamOf(stream)
    const metaRevision = this.lastRevision(metastream)
    if (!hard && check.current === NO_STREAM && metaRevision === NO_STREAM)
      return { decision: 'wrong-expected-version', current: NO_STREAM }
    if (hard) this.#write(stream, DELETED, systemEvent('$streamDeleted', EMPTY))
    else this.#write(metastream, metaRevision + 1n, systemEvent('$metadata', softDeletion()))
    this.#notify()
    return { decision: 'written', current: check.current, position: this.lastPosition }
  }

  /** As an operator's backup that is older than the log: the last `count` records were never written. */
  loseLast(count: number): LogRecord[] {
    const lost = this.#records.splice(Math.max(0, this.#records.length - count))
    this.#streams.clear()
    for (const record of this.#records) this.#index(record)
    this.#remembered.clear()
    this.#end = lost[0]?.position ?? this.#end
    return lost
  }

  /** Removes for good what no reader of its stream sees any more. */
  scavenge(): void {
    const kept = this.#records.filter((record) => this.#survives(record))
    this.#records.splice(0, this.#records.length, ...kept)
    this.#streams.clear()
    for (const record of kept) this.#index(record)
  }

  /** What a restart takes: the ids that the server keeps in memory. */
  forgetIds(): void {
    this.#remembered.clear()
  }

  /** Resolves when something was written, or `signal` aborts. */
  written(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      this.#waiting.add(done)
      signal.addEventListener('abort', done)
      if (signal.aborted) done()
    })
  }

  #survives(record: LogRecord): boolean {
    if (record.revision === DELETED) return true
    const view = this.view(record.stream)
    // The last event of a stream stays, for it carries the stream's revision.
    const last = this.lastRevision(record.stream)
    if (view.state === 'no-stream') return record.revision === last
    return view.state === 'readable' && (record.revision >= view.first || record.revision === last)
  }

  #undelete(stream: string, revision: bigint): void {
    const metastream = metastreamOf(stream)
    const last = this.stream(metastream).at(-1)
    if (last === undefined) return
    this.#write(metastream, last.revision + 1n, systemEvent('$metadata', undeletedFrom(last.data, revision)))
  }

  #write(stream: string, revision: bigint, event: ProposedRecord): void {
    const created = BigInt(Date.now()) * TICKS_PER_MILLISECOND
    const record: LogRecord = { ...event, stream, revision, position: this.#end, created }
    this.#end += sizeInLog(record)
    this.#records.push(record)
    this.#index(record)
    this.#remembered.set(record.id, { stream, revision })
  }

  #index(record: LogRecord): void {
    const records = this.#streams.get(record.stream)
    if (records === undefined) this.#streams.set(record.stream, [record])
    else records.push(record)
  }

  #notify(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}

const revisionOf = (record: LogRecord): bigint => record.revision

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)

function systemEvent(type: '$metadata' | '$streamDeleted', data: Uint8Array): ProposedRecord {
  return { id: randomUUID(), type, isJson: type === '$metadata', data, metadata: EMPTY }
}

/** Index of the first of the ordered records whose key is not below `key`. */
function lowerBound(records: readonly LogRecord[], key: bigint, keyOf: (record: LogRecord) => bigint): number {
  let low = 0
  let high = records.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keyOf(records[middle] as LogRecord) < key) low = middle + 1
    else high = middle
  }
  return low
}
