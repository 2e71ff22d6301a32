/**
 * The writer over a cluster. Appends wait in a queue; all that wait go into one batch: judged by the index, planned on its head, appended
 * to the cluster at exactly that position, added to the index, answered. One batch at a time. Since the cluster takes a batch only where
 * the index ends, an index that lags, or another writer, costs another try and never a wrong answer.
 */
import {
  IntegrityError,
  InvalidRequest,
  RevisionConflict,
  TwinLedgerError,
  Unavailable,
} from '../../platform/errors.js'
import type { AppendResult, StreamAppend } from '../event-store.js'
import { answerOf, planBatch, type PlanBase, type PlannedBatch, type WaitingAppend } from '../postgres/append-plan.js'
import { storeUnavailable } from '../postgres/failures.js'
import type { Settlements } from '../postgres/settle.js'
import { waitingAppend } from '../postgres/waiting-append.js'
import type { ClusterLog } from './cluster-log.js'
import { requestSize } from './log-entry.js'
import type { LogIndex } from './log-index.js'

/** A larger batch shares the cluster's round trip between no more callers worth mentioning, and makes them wait. */
const MAX_BATCH_EVENTS = 256
/** How often a request is planned anew before it is refused: whoever lost a race reads before it runs again, and may lose some more. */
const MAX_ATTEMPTS = 100
const LONGEST_BACKOFF_MS = 1_000

export interface KurrentAppenderOptions {
  log: ClusterLog
  index: LogIndex
  sign: PlanBase['sign']
  /** What the cluster takes in one append, in bytes: its MaxAppendSize. */
  maxAppendBytes: number
  /** How long appends wait for a lost cluster or index before they are refused, in milliseconds. */
  patienceMs: number
  now?: () => number
  onClockBehind?(byMs: number): void
  /** The cluster does not hold what was recorded; appends are refused until it does. */
  onContradiction?(error: IntegrityError): void
}

export class KurrentAppender {
  private waiting: WaitingAppend[] = []
  /** Taken from the queue and not answered yet. */
  private taken = new Set<WaitingAppend>()
  private working: Promise<void> | null = null
  private lookAgain = false
  /** Since when nothing that was tried came to an end: a cluster may answer reads and take no append. */
  private failingSince: number | null = null
  private closing = false
  /** What the cluster takes in one append: as it was configured, or as it said when that was too much. */
  private maxAppendBytes: number

  constructor(private readonly options: KurrentAppenderOptions) {
    this.maxAppendBytes = options.maxAppendBytes
  }

  append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    if (this.closing) throw new Unavailable('store-closing', 'The service is stopping and takes no more events.')
    const { request, answer } = waitingAppend(appends)
    const size = requestSize(request)
    if (size > this.maxAppendBytes)
      throw new InvalidRequest('append-too-large', 'An append is larger than the event cluster takes in one step.', {
        bytes: size,
        limit: this.maxAppendBytes,
      })
    this.waiting.push(request)
    this.work()
    return answer
  }

  /** Adds to the index what others left in the cluster, between two batches. */
  catchUp(): void {
    if (this.closing) return
    this.lookAgain = true
    this.work()
  }

  /** Takes no more appends and waits for those under way. */
  async close(): Promise<void> {
    this.closing = true
    while (this.working) await this.working
  }

  private work(): void {
    this.working ??= this.untilNothingWaits().finally(() => {
      this.working = null
      if (this.waiting.length > 0) this.work()
    })
  }

  private async untilNothingWaits(): Promise<void> {
    // Everything that arrives in the same turn of the event loop goes into one batch.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.waiting.length > 0 || this.lookAgain) {
      try {
        if (this.lookAgain) {
          this.lookAgain = false
          await this.options.index.catchUp()
        }
        if (this.waiting.length > 0) await this.turn(this.take())
      } catch (error) {
        await this.recover(error)
      }
    }
    // What fails next is another failure, with all the patience there is.
    this.failingSince = null
  }

  private take(): WaitingAppend[] {
    let events = 0
    let bytes = 0
    let count = 0
    for (; count < this.waiting.length; count++) {
      const request = this.waiting[count]!
      events += request.eventCount
      bytes += requestSize(request)
      if (count > 0 && (events > MAX_BATCH_EVENTS || bytes > this.maxAppendBytes)) break
    }
    const requests = this.waiting.splice(0, count)
    this.taken = new Set(requests)
    return requests
  }

  private async turn(requests: readonly WaitingAppend[]): Promise<void> {
    const { settlements, revisions } = await this.settle(requests)
    const open = requests.filter((request, index) => {
      const settlement = settlements[index]!
      if (settlement.kind === 'written') this.answer(request, settlement.result)
      else if (settlement.kind === 'refused') this.refuse(request, settlement.error)
      return settlement.kind === 'open'
    })
    const batch = planBatch(open, this.base(revisions))
    if (batch.events.length > 0) await this.commit(batch)
    // Two wanted the same revision: whoever was planned has it now, and the index says so.
    this.putBack(batch.aside)
  }

  /** A caller who knows more of a stream than the index had the answer of another process: then the index is behind. */
  private async settle(requests: readonly WaitingAppend[]): Promise<Settlements> {
    const { index } = this.options
    const settled = await index.settle(requests)
    if (!settled.settlements.some((settlement) => settlement.kind === 'refused' && isAhead(settlement.error)))
      return settled
    await index.catchUp()
    return index.settle(requests)
  }

  private base(revisions: ReadonlyMap<string, number>): PlanBase {
    const { tree, recordedMs } = this.options.index.head
    const now = (this.options.now ?? Date.now)()
    if (now < recordedMs) this.options.onClockBehind?.(recordedMs - now)
    return {
      tree,
      recordedMs,
      revisionOf: (stream) => revisions.get(stream),
      isInFlight: () => false,
      now: () => now,
      sign: this.options.sign,
    }
  }

  private async commit(batch: PlannedBatch): Promise<void> {
    const { log, index } = this.options
    const last = batch.events.length - 1
    const entries = batch.events.map((event, at) => (at === last ? { ...event, checkpoint: batch.checkpoint } : event))
    const outcome = await log.append(batch.fromSize, entries)
    this.failingSince = null
    if (outcome === 'elsewhere') {
      await index.catchUp()
      return this.tryAgain(batch.accepted.map(({ request }) => request))
    }
    await index.extend(batch)
    for (const { request, events } of batch.accepted)
      this.answer(request, { events: answerOf(events), checkpoint: batch.checkpoint, replayed: false })
  }

  /** After anything that leaves open what was written: the cluster is asked, until it answers or patience ends. */
  private async recover(cause: unknown): Promise<void> {
    if (this.mayShareLess(cause)) return this.putBack([...this.taken])
    if (cause instanceof TwinLedgerError && !(cause instanceof Unavailable)) return this.refuseTaken(cause)
    if (this.taken.size > 0) this.failingSince ??= Date.now()
    const giveUpAt = (this.failingSince ?? Date.now()) + this.options.patienceMs
    for (let backoff = 20; ; backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MS)) {
      try {
        await this.options.index.catchUp()
        if (Date.now() < giveUpAt) return this.tryAgain([...this.taken])
      } catch (error) {
        if (error instanceof IntegrityError) return this.refuseTaken(error)
        cause = error
      }
      if (Date.now() >= giveUpAt || this.closing) return this.refuseAll(storeUnavailable('connection', cause))
      await new Promise((resolve) => setTimeout(resolve, backoff))
    }
  }

  /** True when several requests were too much together, and the cluster has said how much it takes. */
  private mayShareLess(cause: unknown): boolean {
    if (!(cause instanceof InvalidRequest) || this.taken.size < 2) return false
    const limit = Number(cause.details.limit)
    if (!(limit < this.maxAppendBytes)) return false
    this.maxAppendBytes = limit
    return true
  }

  private answer(request: WaitingAppend, result: AppendResult): void {
    this.failingSince = null
    this.taken.delete(request)
    request.resolve(result)
  }

  private refuse(request: WaitingAppend, error: Error): void {
    this.taken.delete(request)
    request.reject(error)
  }

  /** A log that contradicts itself is not written to: of that the caller is told no more than that it cannot be done now. */
  private refuseTaken(cause: TwinLedgerError): void {
    if (cause instanceof IntegrityError) this.options.onContradiction?.(cause)
    const error =
      cause instanceof InvalidRequest || cause instanceof Unavailable ? cause : storeUnavailable('connection', cause)
    for (const request of this.taken) this.refuse(request, error)
  }

  /** Those that wait have waited as well; behind a cluster that is away they would wait as long again. */
  private refuseAll(error: TwinLedgerError): void {
    this.failingSince = null
    this.refuseTaken(error)
    for (const request of this.waiting.splice(0)) request.reject(error)
  }

  /** In front of the queue, in their order; what comes back too often is refused. */
  private tryAgain(requests: readonly WaitingAppend[]): void {
    this.putBack(requests.filter((request) => ++request.attempts <= MAX_ATTEMPTS))
    for (const request of requests)
      if (request.attempts > MAX_ATTEMPTS) this.refuse(request, storeUnavailable('contention'))
  }

  private putBack(requests: readonly WaitingAppend[]): void {
    for (const request of requests) this.taken.delete(request)
    this.waiting.unshift(...requests)
  }
}

const isAhead = (error: Error): boolean =>
  error instanceof RevisionConflict && Number(error.details.expected) > Number(error.details.actual)
