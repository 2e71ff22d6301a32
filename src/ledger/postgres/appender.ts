/**
 * The group-committing writer. Appends wait in a queue; all that wait go into one batch, one statement, one fsync. While a
 * batch is being committed the next one is planned on the state it will leave; the statement refuses it should that state
 * not come about, so nothing is ever committed over a hole.
 */
import type { Client, Pool } from 'pg'
import { Unavailable } from '../../platform/errors.js'
import type { AppendResult, StreamAppend } from '../event-store.js'
import { planBatch, type PlannedBatch, type PlanBase, type WaitingAppend } from './append-plan.js'
import { appendOutcome, appendStatement, type AppendOutcome } from './append-statement.js'
import type { EventReader } from './event-reader.js'
import { isOutcomeUnknown, storeUnavailable } from './failures.js'
import { RevisionMemory } from './revision-memory.js'
import { settleAgainstLog } from './settle.js'
import { loadHead, type HeadState } from './tree-loader.js'
import { waitingAppend } from './waiting-append.js'

/** Two batches in flight keep the database busy while the next is hashed; more would only add latency. */
const MAX_IN_FLIGHT = 2
/** A larger batch shares the fsync between no more callers worth mentioning, and makes them wait. */
const MAX_BATCH_EVENTS = 256
const MAX_ATTEMPTS = 5
/** After losing the head to another process, so many batches take the lock first instead of guessing. */
const LOCKED_TURNS = 32
const LONGEST_BACKOFF_MS = 1_000

export interface AppenderOptions {
  pool: Pool
  reader: EventReader
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
  onCommit?(head: HeadState): void
}

interface Finished {
  batch: PlannedBatch
  outcome: AppendOutcome | { kind: 'unknown' } | { kind: 'failed'; error: Error }
}

export class Appender {
  private waiting: WaitingAppend[] = []
  private readonly inFlight: PlannedBatch[] = []
  private readonly flyingIds = new Set<string>()
  private readonly revisions = new RevisionMemory()
  /** Batches that did not commit, in order, until everything in flight has come back. */
  private unfinished: Finished[] = []
  /** The head as committed, and as it will be once everything in flight is. */
  private committed: HeadState
  private ahead: HeadState
  private lockedTurns = 0
  private pumpScheduled = false
  private recovery: Promise<void> | null = null
  private busy = 0
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

  /** Head as of the last commit of this process. */
  get head(): HeadState {
    return this.committed
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
    while (this.waiting.length + this.inFlight.length + this.busy > 0 || this.recovery) await nextTurn()
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
      if (this.lockedTurns > 0) {
        if (this.inFlight.length > 0) return
        this.recovery = this.recover()
        return
      }
      const batch = planBatch(this.take(), this.base(this.ahead))
      if (batch.events.length > 0) this.send(batch)
      this.setAside(batch.aside)
    }
  }

  private take(): WaitingAppend[] {
    let events = 0
    let count = 0
    while (count < this.waiting.length && (count === 0 || events + this.waiting[count]!.eventCount <= MAX_BATCH_EVENTS))
      events += this.waiting[count++]!.eventCount
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
    this.ahead = batch
    for (const event of batch.events) {
      this.flyingIds.add(event.id)
      this.revisions.set(event.stream, event.revision)
    }
    this.client.query(appendStatement(batch)).then(
      (result) => this.landed({ batch, outcome: appendOutcome(result) }),
      (error: Error) =>
        this.landed({ batch, outcome: isOutcomeUnknown(error) ? { kind: 'unknown' } : { kind: 'failed', error } }),
    )
  }

  private landed(finished: Finished): void {
    const { batch } = finished
    this.inFlight.splice(this.inFlight.indexOf(batch), 1)
    for (const event of batch.events) this.flyingIds.delete(event.id)
    if (finished.outcome.kind === 'appended') this.commit(batch)
    else this.unfinished.push(finished)
    if (this.unfinished.length > 0 && !this.recovery) this.recovery = this.recover()
    this.schedulePump()
  }

  private commit(batch: PlannedBatch): void {
    this.committed = batch
    for (const { request, events } of batch.accepted) {
      const answered = events.map(({ id, stream, revision, position, recordedAt }) => ({
        id,
        stream,
        revision,
        position,
        recordedAt,
      }))
      request.resolve({ events: answered, checkpoint: batch.checkpoint, replayed: false })
    }
    this.options.onCommit?.(batch)
  }

  /** Asks the log about requests that memory cannot judge, once everything ahead of them has come back. */
  private setAside(requests: readonly WaitingAppend[]): void {
    if (requests.length === 0) return
    this.busy++
    void (async () => {
      while (this.inFlight.length > 0 || this.recovery) await nextTurn()
      await Promise.all(requests.map((request) => this.settle(request)))
    })().finally(() => {
      this.busy--
      this.schedulePump()
    })
  }

  private async settle(request: WaitingAppend): Promise<void> {
    if (++request.attempts > MAX_ATTEMPTS) return request.reject(storeUnavailable('contention'))
    try {
      const settlement = await settleAgainstLog(request, this.options.reader, this.committed.checkpoint)
      if (settlement.kind === 'written') request.resolve(settlement.result)
      else if (settlement.kind === 'refused') request.reject(settlement.error)
      else {
        for (const [stream, revision] of settlement.revisions) this.revisions.set(stream, revision)
        this.waiting.unshift(request)
      }
    } catch (error) {
      request.reject(storeUnavailable('lookup', error))
    }
  }

  /**
   * Brings memory and database together again after anything but a plain commit: waits for what is in flight, reconnects,
   * reads the head, puts what was not written back in front of the queue and lets the lock decide while others write too.
   */
  private async recover(): Promise<void> {
    try {
      while (this.inFlight.length > 0) await nextTurn()
      const unfinished = this.unfinished.splice(0)
      this.revisions.clear()
      if (!(await this.reconnect(unfinished))) return
      for (const finished of unfinished.reverse()) await this.takeBack(finished)
      while (this.lockedTurns > 0 && this.waiting.length > 0) {
        this.lockedTurns--
        await this.appendUnderLock(this.take())
      }
    } finally {
      this.recovery = null
      this.schedulePump()
    }
  }

  /** Reads the head, on a new connection if the old one is lost. False when patience ran out and everybody was told. */
  private async reconnect(unfinished: readonly Finished[]): Promise<boolean> {
    const giveUpAt = Date.now() + (this.options.patienceMs ?? 10_000)
    for (let backoff = 20; ; backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS)) {
      try {
        if (unfinished.some(({ outcome }) => outcome.kind === 'unknown')) {
          await this.client.end().catch(() => undefined)
          this.client = await this.options.connect()
        }
        this.committed = this.ahead = (await loadHead(this.options.pool, this.committed.tree))!
        return true
      } catch (error) {
        if (Date.now() < giveUpAt && !(this.closing && this.waiting.length === 0)) {
          await new Promise((resolve) => setTimeout(resolve, backoff))
          continue
        }
        const told = [
          ...unfinished.flatMap(({ batch }) => batch.accepted.map(({ request }) => request)),
          ...this.waiting.splice(0),
        ]
        for (const request of told) request.reject(storeUnavailable('connection', error))
        this.ahead = this.committed
        return false
      }
    }
  }

  private async takeBack({ batch, outcome }: Finished): Promise<void> {
    const requests = batch.accepted.map(({ request }) => request)
    switch (outcome.kind) {
      case 'head-moved':
        this.lockedTurns = LOCKED_TURNS
        this.waiting.unshift(...requests)
        return
      case 'failed':
        if (requests.length === 1 || ++requests[0]!.attempts > MAX_ATTEMPTS)
          for (const request of requests) request.reject(storeUnavailable('statement', outcome.error))
        else for (const request of requests.reverse()) await this.appendUnderLock([request])
        return
      case 'conflict':
        for (const [stream, revision] of outcome.streams) this.revisions.set(stream, revision)
        for (const request of requests.reverse()) {
          if (namesAny(request, outcome.ids)) await this.settle(request)
          else this.waiting.unshift(request)
        }
        return
      case 'unknown':
        for (const request of requests.reverse()) await this.settle(request)
        return
      case 'appended':
    }
  }

  /** The slow and certain way: lock the head, read it, plan on it, append. */
  private async appendUnderLock(requests: WaitingAppend[]): Promise<void> {
    let batch: PlannedBatch | undefined
    try {
      const client = await this.options.pool.connect()
      try {
        await client.query('begin')
        await client.query('select from ledger.head for update')
        batch = planBatch(requests, this.base((await loadHead(client, this.committed.tree))!))
        const outcome = batch.events.length > 0 ? appendOutcome(await client.query(appendStatement(batch))) : null
        await client.query('commit')
        if (outcome?.kind === 'appended') {
          this.ahead = batch
          for (const event of batch.events) this.revisions.set(event.stream, event.revision)
          this.commit(batch)
          batch.accepted = []
        }
      } catch (error) {
        await client.query('rollback').catch(() => undefined)
        throw error
      } finally {
        client.release()
      }
    } catch (error) {
      if (!isOutcomeUnknown(error as Error)) {
        for (const request of requests) request.reject(storeUnavailable('statement', error))
        return
      }
    }
    const open = batch ? [...batch.accepted.map(({ request }) => request), ...batch.aside] : requests
    for (const request of open.reverse()) await this.settle(request)
  }
}

const namesAny = (request: WaitingAppend, ids: ReadonlySet<string>): boolean =>
  request.streams.some(({ events }) => events.some(({ template }) => ids.has(template.id)))

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1))
