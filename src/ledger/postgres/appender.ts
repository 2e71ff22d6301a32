/**
 * The group-committing writer. Appends wait in a queue; all that wait go into one batch, one statement, one fsync. While a
 * batch is being committed the next one is planned on the state it will leave; the statement refuses it should that state
 * not come about, so nothing is ever committed over a hole.
 */
import type { Client } from 'pg'
import { Unavailable, IntegrityError } from '../../platform/errors.js'
import type { AppendResult, StreamAppend } from '../event-store.js'
import { answerOf, planBatch, type PlannedBatch, type PlanBase, type WaitingAppend } from './append-plan.js'
import { appendOutcome, appendStatement, contradictsLog } from './append-statement.js'
import { EventReader } from './event-reader.js'
import { isOutcomeUnknown, isOwnFault, storeUnavailable } from './failures.js'
import { appendUnderLock } from './locked-append.js'
import { RevisionMemory } from './revision-memory.js'
import { settleAgainstLog } from './settle.js'
import { loadHead, type HeadState } from './tree-loader.js'
import { waitingAppend } from './waiting-append.js'

/** Two batches in flight keep the database busy while the next is hashed; more would only add latency. */
const MAX_IN_FLIGHT = 2
/** A larger batch shares the fsync between no more callers worth mentioning, and makes them wait. */
const MAX_BATCH_EVENTS = 256
/** PostgreSQL takes no message over 1 GB, and a batch is one message; long before that it only makes others wait. */
const MAX_BATCH_BYTES = 32 * 1024 * 1024
/** How often a request is planned or asked about anew before it is refused. */
const MAX_ATTEMPTS = 10
/** After losing the head to another process, so many batches take the lock first instead of guessing. */
const LOCKED_TURNS = 32
const LONGEST_BACKOFF_MS = 1_000

export const DEFAULT_PATIENCE_MS = 10_000

export interface AppenderOptions {
  /** A connection of its own in pipeline mode; asked for again after a loss. */
  connect(): Promise<Client>
  /** The signed checkpoint over a root. */
  sign(size: number, root: Buffer): string
  now?: () => number
  /** How long appends wait for a lost database before they are refused, in milliseconds; default 10,000. */
  patienceMs?: number
  /** The server clock stands `byMs` before the last event's time. */
  onClockBehind?(byMs: number): void
  /** Called after each commit. */
  onCommit?(batch: PlannedBatch): void
}

interface Finished {
  batch: PlannedBatch
  outcome: 'appended' | 'not-appended' | 'contradicted' | 'unknown' | { error: Error }
}

export class Appender {
  private waiting: WaitingAppend[] = []
  private readonly inFlight: PlannedBatch[] = []
  private readonly flyingIds = new Set<string>()
  /** Exactly as of `ahead`; begun anew with every head that is read from the database. */
  private revisions = new RevisionMemory()
  /** Batches that did not commit, in order, until everything in flight has come back. */
  private unfinished: Finished[] = []
  /** The head as committed, and as it will be once everything in flight is. */
  private committed: HeadState
  private ahead: HeadState
  private connectionLost = false
  private lockedTurns = 0
  private pumpScheduled = false
  /** While set, nothing is sent but by it. */
  private recovery: Promise<void> | null = null
  /** Questions to the log that are under way. */
  private asking = 0
  private closing = false

  private constructor(
    private readonly options: AppenderOptions,
    private client: Client,
    head: HeadState,
  ) {
    this.committed = head
    this.ahead = head
  }

  /** @param head as the database has it now */
  static async open(options: AppenderOptions, head: HeadState): Promise<Appender> {
    return new Appender(options, await options.connect(), head)
  }

  append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    if (this.closing) throw new Unavailable('store-closing', 'The service is stopping and takes no more events.')
    const { request, answer } = waitingAppend(appends)
    this.waiting.push(request)
    this.schedulePump()
    return answer
  }

  /** Takes no more appends, waits for those under way and lets go of the connection. */
  async close(): Promise<void> {
    this.closing = true
    while (this.waiting.length + this.inFlight.length + this.asking > 0 || this.recovery) await nextTurn()
    await this.client.end().catch(() => undefined)
  }

  /** Everything that arrives in the same turn of the event loop goes into one batch. */
  private schedulePump(): void {
    if (this.pumpScheduled) return
    this.pumpScheduled = true
    setImmediate(() => {
      this.pumpScheduled = false
      this.pump()
    })
  }

  private pump(): void {
    while (!this.recovery && this.waiting.length > 0 && this.inFlight.length < MAX_IN_FLIGHT) {
      if (this.lockedTurns > 0) return this.recover()
      const batch = planBatch(this.take(this.share()), this.base(this.ahead))
      if (batch.events.length > 0) this.send(batch)
      if (batch.aside.length > 0) void this.settle(batch.aside)
      if (batch.unknown.length > 0) void this.lookUp(batch.unknown)
    }
  }

  /**
   * How many of those that wait go into the next batch. With nothing in flight half of them: else all clients would wait for
   * one batch, and the database for them while they make their next requests.
   */
  private share(): number {
    return this.inFlight.length === 0 ? Math.ceil(this.waiting.length / MAX_IN_FLIGHT) : this.waiting.length
  }

  private take(most = Infinity): WaitingAppend[] {
    let events = 0
    let bytes = 0
    let count = 0
    for (; count < Math.min(most, this.waiting.length); count++) {
      const { eventCount, payloadBytes } = this.waiting[count]!
      events += eventCount
      bytes += payloadBytes
      if (count > 0 && (events > MAX_BATCH_EVENTS || bytes > MAX_BATCH_BYTES)) break
    }
    return this.waiting.splice(0, count)
  }

  private base(head: HeadState): PlanBase {
    const now = (this.options.now ?? Date.now)()
    if (now < head.recordedMs) this.options.onClockBehind?.(head.recordedMs - now)
    return {
      tree: head.tree,
      recordedMs: head.recordedMs,
      revisionOf: (stream) => this.revisions.get(stream),
      isInFlight: (id) => this.flyingIds.has(id),
      now: () => now,
      sign: this.options.sign,
    }
  }

  private send(batch: PlannedBatch): void {
    this.inFlight.push(batch)
    this.moveAhead(batch)
    for (const event of batch.events) this.flyingIds.add(event.id)
    this.client.query(appendStatement(batch)).then(
      (result) => this.landed({ batch, outcome: appendOutcome(result) }),
      (error: Error) => this.landed({ batch, outcome: outcomeOf(error) }),
    )
  }

  private moveAhead(batch: PlannedBatch): void {
    this.ahead = batch
    for (const event of batch.events) this.revisions.set(event.stream, event.revision)
  }

  private landed(finished: Finished): void {
    const { batch, outcome } = finished
    this.inFlight.splice(this.inFlight.indexOf(batch), 1)
    for (const event of batch.events) this.flyingIds.delete(event.id)
    if (outcome === 'appended') this.commit(batch)
    else this.unfinished.push(finished)
    if (outcome === 'unknown') this.connectionLost = true
    if (this.unfinished.length > 0 && !this.recovery) this.recover()
    this.schedulePump()
  }

  private commit(batch: PlannedBatch): void {
    this.committed = batch
    for (const { request, events } of batch.accepted)
      request.resolve({ events: answerOf(events), checkpoint: batch.checkpoint, replayed: false })
    this.options.onCommit?.(batch)
  }

  /** Asks the log about requests that memory cannot judge. */
  private settle(requests: readonly WaitingAppend[]): Promise<void> {
    return this.ask(requests, async () => {
      const { settlements, revisions } = await settleAgainstLog(requests, this.client)
      const open = requests.filter((request, index) => {
        const settlement = settlements[index]!
        if (settlement.kind === 'written') request.resolve(settlement.result)
        else if (settlement.kind === 'refused') request.reject(settlement.error)
        return settlement.kind === 'open'
      })
      return { open, revisions }
    })
  }

  /** Asks the log for revisions alone; whether the ids are new, the append itself finds out. */
  private lookUp(requests: readonly WaitingAppend[]): Promise<void> {
    return this.ask(requests, async () => ({
      open: requests,
      revisions: await new EventReader(this.client).revisionsOf(streamsOf(requests)),
    }))
  }

  /** Learns what the log answers; the requests it leaves open go back in front of the queue. */
  private async ask(
    requests: readonly WaitingAppend[],
    question: () => Promise<{ open: readonly WaitingAppend[]; revisions: Map<string, number> }>,
  ): Promise<void> {
    const memory = this.revisions
    this.asking++
    try {
      const { open, revisions } = await question()
      memory.learn(revisions)
      this.putBack(open, storeUnavailable('contention'))
    } catch (error) {
      this.connectionLost ||= isOutcomeUnknown(error as Error)
      this.putBack(requests, storeUnavailable('lookup', error))
      if (!this.recovery) this.recover()
    } finally {
      this.asking--
      this.schedulePump()
    }
  }

  /** In front of the queue, in their order; what comes back too often is refused with `error`. */
  private putBack(requests: readonly WaitingAppend[], error: Error): void {
    const again = requests.filter((request) => ++request.attempts <= MAX_ATTEMPTS)
    for (const request of requests) if (request.attempts > MAX_ATTEMPTS) request.reject(error)
    this.waiting.unshift(...again)
  }

  /** Brings memory and database together again after anything but a plain commit, while nothing else is sent. */
  private recover(): void {
    this.recovery = this.bringTogether()
      .catch((error: unknown) => this.refuseAll(error))
      .finally(() => {
        this.recovery = null
        if (this.unfinished.length > 0) this.recover()
        this.schedulePump()
      })
  }

  /**
   * Waits for what is in flight, reconnects, reads the head, puts what was not written back in front of the queue, and lets
   * the lock decide while others write too.
   */
  private async bringTogether(): Promise<void> {
    while (this.inFlight.length > 0) await nextTurn()
    if (this.unfinished.length > 0 || this.connectionLost) {
      const ours = this.committed.tree.size
      const lost = this.connectionLost
      if (!(await this.reconnect())) return
      if (!lost && this.committed.tree.size > ours) this.lockedTurns = LOCKED_TURNS
      // The last one first, so that what goes back in front of the queue keeps its order.
      while (this.unfinished.length > 0) await this.takeBack(this.unfinished.pop()!)
    }
    while (this.lockedTurns > 0 && this.waiting.length > 0 && !this.connectionLost) {
      this.lockedTurns--
      await this.lockedTurn(this.take())
    }
  }

  /** Reads the head, on a new connection if the old one is lost. False when patience ran out and everybody was told. */
  private async reconnect(): Promise<boolean> {
    const giveUpAt = Date.now() + (this.options.patienceMs ?? DEFAULT_PATIENCE_MS)
    for (let backoff = 20; ; backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS)) {
      try {
        if (this.connectionLost) {
          // Not waited for: a connection that does not answer does not say goodbye either.
          void this.client.end().catch(() => undefined)
          this.client = await this.options.connect()
          this.connectionLost = false
        }
        this.adopt((await loadHead(this.client, this.committed.tree))!)
        return true
      } catch (error) {
        this.connectionLost ||= isOutcomeUnknown(error as Error)
        // A log that contradicts itself is not written to, and does not heal by waiting.
        if (error instanceof IntegrityError || Date.now() >= giveUpAt) {
          this.refuseAll(error)
          return false
        }
        await new Promise((resolve) => setTimeout(resolve, backoff))
      }
    }
  }

  /** A head that was read from the database; what is remembered of streams may be older than it. */
  private adopt(head: HeadState): void {
    this.committed = this.ahead = head
    this.revisions = new RevisionMemory()
  }

  private refuseAll(cause: unknown): void {
    const requests = this.unfinished.splice(0).flatMap(({ batch }) => batch.accepted.map(({ request }) => request))
    for (const request of [...requests, ...this.waiting.splice(0)])
      request.reject(storeUnavailable('connection', cause))
    this.adopt(this.committed)
  }

  private async takeBack({ batch, outcome }: Finished): Promise<void> {
    const requests = batch.accepted.map(({ request }) => request)
    // Where the head is elsewhere, another writer was first; where it is not, something in the batch contradicts the log.
    if (outcome === 'not-appended' && this.committed.tree.size !== batch.fromSize) this.waiting.unshift(...requests)
    else if (typeof outcome === 'string') await this.settle(requests)
    else if (requests.length === 1 || !isOwnFault(outcome.error))
      for (const request of requests) request.reject(storeUnavailable('statement', outcome.error))
    // One of them spoils the batch: each on its own.
    else for (const request of requests) await this.lockedTurn([request])
  }

  private async lockedTurn(requests: WaitingAppend[]): Promise<void> {
    try {
      const { batch, outcome } = await appendUnderLock(this.client, this.committed.tree, streamsOf(requests), (log) => {
        if (log.head.tree.size !== this.committed.tree.size) this.adopt(log.head)
        this.revisions.learn(log.revisions)
        return planBatch(requests, this.base(log.head))
      })
      if (outcome === 'appended') {
        this.moveAhead(batch)
        this.commit(batch)
        if (batch.aside.length > 0) await this.settle(batch.aside)
      } else await this.settle(requests)
    } catch (error) {
      this.connectionLost ||= isOutcomeUnknown(error as Error)
      if (this.connectionLost) this.putBack(requests, storeUnavailable('connection', error))
      else if (contradictsLog(error as Error)) await this.settle(requests)
      else for (const request of requests) request.reject(storeUnavailable('statement', error))
    }
  }
}

const streamsOf = (requests: readonly WaitingAppend[]): string[] => [
  ...new Set(requests.flatMap((request) => request.streams.map(({ stream }) => stream))),
]

const outcomeOf = (error: Error): Finished['outcome'] => {
  if (isOutcomeUnknown(error)) return 'unknown'
  return contradictsLog(error) ? 'contradicted' : { error }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))
