/** Takes parts of cohorts from the queue and works through them, as many at once as it may. */
import { TwinLedgerError } from '../../../platform/errors.js'
import type { Log } from '../../../platform/logging/log.js'
import type { CohortPart, CohortQueue, LeasedPart } from './cohort-queue.js'

/** Why a part is left before its end. */
export type Interruption = 'cancelled' | 'interrupted'

export interface PartWorkerOptions {
  queue: CohortQueue
  log: Log
  /** Parts at once: while one is being recorded the next is read. */
  slots: number
  /** Works through a part. Aborted with an Interruption as reason. */
  work(part: CohortPart, signal: AbortSignal): Promise<void>
  isCancelled(part: CohortPart): Promise<boolean>
}

/** How often an idle worker looks whether something waits; a part that was put there by this process wakes it at once. */
const IDLE_MS = 1_000
/** How often a part in work asks whether its cohort was cancelled. */
const LOOK_MS = 500

export class PartWorker {
  private readonly stopping = new AbortController()
  private loops: Promise<unknown> = Promise.resolve()
  private wakeUps: (() => void)[] = []

  constructor(private readonly options: PartWorkerOptions) {}

  start(): void {
    const { slots } = this.options
    this.loops = Promise.all(Array.from({ length: slots }, () => this.serve()))
  }

  /** Something was put into the queue. */
  wake(): void {
    for (const wakeUp of this.wakeUps.splice(0)) wakeUp()
  }

  /** Takes nothing more and gives back what it has, so that others go on with it at once. */
  async stop(): Promise<void> {
    this.stopping.abort('interrupted' satisfies Interruption)
    this.wake()
    await this.loops
  }

  private async serve(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const part = await this.options.queue.take().catch((error: unknown) => {
        this.options.log.warn('The job queue cannot be read.', { error })
        return null
      })
      if (part) await this.workOn(part)
      else await this.idle()
    }
  }

  private idle(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, IDLE_MS)
      this.wakeUps.push(() => {
        clearTimeout(timer)
        resolve()
      })
      if (this.stopping.signal.aborted) this.wake()
    })
  }

  private async workOn(part: LeasedPart): Promise<void> {
    const { queue, log, work } = this.options
    const own = new AbortController()
    const watching = this.watch(part, own)
    try {
      await work(part, AbortSignal.any([own.signal, this.stopping.signal]))
      await queue.finished(part)
    } catch (error) {
      const code = error instanceof TwinLedgerError ? error.code : 'unexpected'
      if (!this.stopping.signal.aborted) log.warn('A part of a cohort is given back.', { ...part, code, error })
      await queue.giveBack(part, code).catch(() => undefined)
    } finally {
      watching.end()
    }
  }

  /** Renews the lease, and interrupts the work when the lease is lost or the cohort was cancelled. */
  private watch(part: LeasedPart, interrupt: AbortController): { end(): void } {
    const { queue, isCancelled } = this.options
    const renewEveryMs = (part.leaseSeconds * 1_000) / 3
    let renewedAt = performance.now()
    let looking = false
    const look = async () => {
      if (await isCancelled(part)) return interrupt.abort('cancelled' satisfies Interruption)
      if (performance.now() - renewedAt < renewEveryMs) return
      if (!(await queue.renew(part))) return interrupt.abort('interrupted' satisfies Interruption)
      renewedAt = performance.now()
    }
    const timer = setInterval(() => {
      if (looking) return
      looking = true
      // A look that fails is made up for by the next; a lease that ends meanwhile is noticed by it.
      look()
        .catch(() => undefined)
        .finally(() => (looking = false))
    }, LOOK_MS)
    return { end: () => clearInterval(timer) }
  }
}
