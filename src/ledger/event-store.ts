/**
 * The port to the append-only truth, and its two adapters `postgres/` and `kurrent/`. One contract suite
 * (`tests/ledger/event-store.contract.ts`) states what each of them must do.
 */
import type { ProposedEvent, StoredEvent } from './event.js'

/** What the caller believes about a stream: it does not exist, it is at this revision, or it does not matter. */
export type ExpectedRevision = 'no-stream' | 'any' | number

/** Events for one stream; none where only its revision is to hold while others are written. */
export interface StreamAppend {
  stream: string
  expectedRevision: ExpectedRevision
  events: readonly ProposedEvent[]
}

/** Where an event came to lie. */
export interface AppendedEvent {
  id: string
  stream: string
  revision: number
  position: number
  recordedAt: string
}

export interface AppendResult {
  /** In the order of the request. */
  events: AppendedEvent[]
  /** The signed checkpoint that covers them. */
  checkpoint: string
  /** True when the same event ids were there already and nothing was written. */
  replayed: boolean
}

export interface ReadStreamOptions {
  direction?: 'forwards' | 'backwards'
  /** First revision to return; default the stream's first (or last, backwards). */
  from?: number
  limit?: number
  /** Default true. */
  payloads?: boolean
}

export interface ReadAllOptions {
  from: number
  /** So many positions, whatever lies at them. */
  limit: number
  /** Leaves out events of other types; default none. */
  types?: readonly string[]
  /** Default true. */
  payloads?: boolean
}

export interface SubscribeOptions {
  /** First position to deliver. */
  from: number
  /** Most events in one batch; default 500. */
  batch?: number
  /** Default true; false: they may be left out. */
  payloads?: boolean
  signal: AbortSignal
}

/** The head of the log: `size` events, the last one recorded at `recordedAt`, under `checkpoint`. */
export interface LogHead {
  size: number
  recordedAt: string | null
  checkpoint: string
}

export interface EventStore {
  /** False where the store keeps every byte it was given: what was sealed is then forgotten by destroying its key alone. */
  readonly deletesPayloads: boolean
  /**
   * Appends to one or several streams, all or nothing.
   *
   * Answers only when the events are durable and under a signed checkpoint. The same event ids again return the first answer.
   *
   * @throws RevisionConflict an expected revision does not hold; nothing was written
   * @throws Conflict `event-id-reused`: some of the ids exist with another stream or type, or only some of them exist
   * @throws InvalidRequest `event-invalid`: an id, stream name, type or size the log cannot carry
   * @throws Unavailable `store-unavailable`: nothing is known to be written; the same request may be sent again
   */
  append(appends: readonly StreamAppend[]): Promise<AppendResult>
  /** Revision of the stream's last event, or -1. */
  revisionOf(stream: string): Promise<number>
  readStream(stream: string, options?: ReadStreamOptions): Promise<StoredEvent[]>
  /** Several streams, each from its first event on and without a limit; those that do not exist are empty. */
  readStreams(streams: readonly string[]): Promise<Map<string, StoredEvent[]>>
  /** Events of the whole log from a position on, in order, without a hole. */
  readAll(options: ReadAllOptions): Promise<StoredEvent[]>
  /** The events with these ids that exist, in no promised order. */
  find(ids: readonly string[]): Promise<StoredEvent[]>
  /** Batches from a position on, for ever: history first, then what arrives, from any process, with no loss and no gap. */
  subscribe(options: SubscribeOptions): AsyncIterable<StoredEvent[]>
  head(): Promise<LogHead>
}
