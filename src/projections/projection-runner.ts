/** Keeps one projection up with the log: a batch and its checkpoint in one transaction, and a loud stop at an error. */
import type { Pool } from 'pg'
import { sqlState } from '../platform/database/sql-state.js'
import { IntegrityError } from '../platform/errors.js'
import type { EventStore } from '../ledger/event-store.js'
import type { Log } from '../platform/logging/log.js'
import { BatchTransaction, NotBegun, Overtaken } from './batch-transaction.js'
import { haltCheckpoint, readCheckpoint, registerCheckpoint } from './checkpoint-row.js'
import { pause } from './pause.js'
import type { ProjectedEvent, Projection } from './projection.js'

export interface RunnerOptions {
  pool: Pool
  store: EventStore
  decode(events: Awaited<ReturnType<EventStore['readAll']>>): Promise<ProjectedEvent[]>
  log: Log
  batch?: number
}

export interface RunnerState {
  position: number
  status: 'running' | 'halted'
  errorCode: string | null
}

const DEFAULT_BATCH = 1_000
/** How soon a halted projection notices that it was resumed, and one whose database is away tries again. */
const PAUSE_MS = 500
/** A batch of so many events comes from work in bulk, of which more follows at once. */
const BULK_EVENTS = 50
/** How far apart batches of work in bulk are taken when nobody waits for them: each transaction costs as much as many events. */
const GATHER_MS = 200

/** The projection's own code, or an event it got, is at fault: it must not go on. */
class ApplyFailed extends Error {}

/**
 * SQLSTATE classes of failures that pass: lost connections, idle sessions ended, deadlocks, want of room, of locks, an
 * operator's intervention, the system's own errors (PostgreSQL documentation, appendix A).
 */
const PASSING = /^(08|25P|40|53|55|57|58)/

export class ProjectionRunner {
  private current: RunnerState = { position: 0, status: 'running', errorCode: null }
  private readonly stopped = new AbortController()
  private waiters: { position: number; resolve: () => void }[] = []
  /** Somebody waits now. */
  private hurry = new AbortController()
  private loop: Promise<void> = Promise.resolve()

  constructor(
    readonly projection: Projection,
    private readonly options: RunnerOptions,
  ) {}

  get state(): RunnerState {
    return this.current
  }

  async start(): Promise<void> {
    await registerCheckpoint(this.options.pool, this.projection)
    await this.refresh()
    this.loop = this.run()
  }

  async stop(): Promise<void> {
    this.stopped.abort()
    await this.loop
  }

  /** Resolves once everything below `position` is applied, or when `signal` says that nobody waits any more. */
  reached(position: number, signal: AbortSignal): Promise<void> {
    if (this.current.position >= position) return Promise.resolve()
    return new Promise((resolve) => {
      const waiter = { position, resolve }
      this.waiters.push(waiter)
      this.hurry.abort()
      const giveUp = () => {
        this.waiters = this.waiters.filter((other) => other !== waiter)
        resolve()
      }
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }

  /** Reads the state again, after a resume or a rebuild; once more where a batch moved it meanwhile, lest that be taken back. */
  async refresh(): Promise<void> {
    for (;;) {
      const before = this.current
      const row = await readCheckpoint(this.options.pool, this.projection.name)
      if (!row) return
      if (this.current !== before) continue
      return this.moveTo({ position: row.position, status: row.status, errorCode: row.errorCode })
    }
  }

  private async run(): Promise<void> {
    const { signal } = this.stopped
    while (!signal.aborted) {
      try {
        if (this.current.status === 'halted') {
          await pause(PAUSE_MS, signal)
          await this.refresh()
          continue
        }
        await this.followFrom(this.current.position)
      } catch (error) {
        if (error instanceof ApplyFailed) await this.halt(error.cause)
        // A hole in the log is nothing to wait for.
        else if (error instanceof IntegrityError) await this.halt(error)
        else this.options.log.warn('projection waits for the database', { projection: this.projection.name })
        await pause(PAUSE_MS, signal)
        await this.refresh().catch(() => undefined)
      }
    }
  }

  /** Applies batches until stopped, halted, or overtaken by another process that runs the same projection. */
  private async followFrom(from: number): Promise<void> {
    const { store, decode, batch = DEFAULT_BATCH } = this.options
    const ended = new AbortController()
    const signal = AbortSignal.any([this.stopped.signal, ended.signal])
    for await (const stored of store.subscribe({ from, batch, signal })) {
      const events = await decode(stored).catch((error: unknown) => {
        throw new ApplyFailed('events cannot be read', { cause: error })
      })
      const next = await this.applyBatch(events)
      if (next === events.at(-1)!.position + 1) {
        if (events.length >= BULK_EVENTS && events.length < batch) await this.gather()
        continue
      }
      // Another process holds the checkpoint or has moved it: start again from where it is.
      ended.abort()
      await pause(PAUSE_MS, this.stopped.signal)
      await this.refresh()
    }
  }

  /** Lets more events come together, unless somebody waits for them. */
  private async gather(): Promise<void> {
    if (this.waiters.length > 0) return
    this.hurry = new AbortController()
    await pause(GATHER_MS, AbortSignal.any([this.hurry.signal, this.stopped.signal]))
  }

  /** @returns where the projection stands then; null when another process holds the checkpoint or has moved it */
  private async applyBatch(events: readonly ProjectedEvent[]): Promise<number | null> {
    // A crash takes back the batch together with its checkpoint, and it is applied again.
    const batch = new BatchTransaction(this.options.pool, this.projection, events)
    try {
      await this.projection.apply(events, batch).catch((error: unknown) => {
        throw isOfDatabase(error) ? error : new ApplyFailed('projection failed', { cause: error })
      })
      const moved = await batch.commit()
      this.moveTo({ ...this.current, position: moved })
      return moved
    } catch (error) {
      const failure = await batch.rollBack(error)
      if (failure instanceof Overtaken) return null
      throw failure
    }
  }

  private async halt(cause: unknown): Promise<void> {
    const { code } = cause as { code?: unknown }
    const errorCode = typeof code === 'string' ? code : 'projection-failed'
    const { projection, options } = this
    const { name, version } = projection
    const at = this.current.position
    options.log.error('projection halted', { projection: name, position: at, errorCode })
    // On record before it is shown: who sees the halt may resume it, and a halt recorded after that would stay.
    // When recording fails, the next look at the checkpoint finds it running and the event fails again.
    const halted = await haltCheckpoint(options.pool, { name, version, at }, errorCode).catch(() => true)
    if (halted) this.moveTo({ ...this.current, status: 'halted', errorCode })
  }

  private moveTo(state: RunnerState): void {
    this.current = state
    const reached = this.waiters.filter(({ position }) => position <= state.position)
    if (reached.length === 0) return
    this.waiters = this.waiters.filter(({ position }) => position > state.position)
    for (const { resolve } of reached) resolve()
  }
}

/** True for what is not the projection's fault: no transaction for it, or a failure the server reports that passes. */
function isOfDatabase(error: unknown): boolean {
  if (error instanceof Overtaken || error instanceof NotBegun) return true
  return PASSING.test(sqlState(error) ?? '')
}
