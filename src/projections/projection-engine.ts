/** All read models of the service: started, watched, waited for, rebuilt. */
import { setMaxListeners } from 'node:events'
import type { Pool } from 'pg'
import { InvalidRequest, NotFound, Unavailable } from '../platform/errors.js'
import type { EventStore } from '../ledger/event-store.js'
import type { Log } from '../platform/logging/log.js'
import { readCheckpoint, resumeCheckpoint } from './checkpoint-row.js'
import { ProjectionRunner, type RunnerOptions, type RunnerState } from './projection-runner.js'
import type { Projection } from './projection.js'
import { pause } from './pause.js'
import { rebuildProjection, type RebuildResult } from './rebuild.js'

export interface ProjectionEngineOptions {
  pool: Pool
  store: EventStore
  decode: RunnerOptions['decode']
  log: Log
}

export interface ProjectionStatus extends RunnerState {
  name: string
  version: number
  /** Events recorded and not yet in the tables. */
  lag: number
}

const PATIENT_MS = 60_000

/** After a failed rebuild of a projection that is outdated, how long until the next attempt. */
const NEXT_ATTEMPT_MS = 10_000

export class ProjectionEngine {
  private readonly runners: Map<string, ProjectionRunner>
  private readonly stopped = new AbortController()
  private renewal: Promise<void> = Promise.resolve()

  constructor(
    projections: readonly Projection[],
    private readonly options: ProjectionEngineOptions,
  ) {
    this.runners = new Map(
      projections.map((projection) => [projection.name, new ProjectionRunner(projection, options)]),
    )
  }

  /** Starts all; a projection whose code is of a newer version than its tables is rebuilt, its old tables serving meanwhile. */
  async start(): Promise<void> {
    for (const runner of this.runners.values()) await runner.start()
    this.renewal = this.renewOutdated()
  }

  /** An interrupted rebuild leaves the live tables as they are; the next start takes it up again. */
  async stop(): Promise<void> {
    this.stopped.abort()
    await Promise.all([...this.runners.values()].map((runner) => runner.stop()))
    await this.renewal
  }

  /** What every answer from read models reflects at least: the position of the one furthest behind. */
  position(names: readonly string[] = [...this.runners.keys()]): number {
    return Math.min(...names.map((name) => this.runner(name).state.position))
  }

  async status(): Promise<ProjectionStatus[]> {
    const { size } = await this.options.store.head()
    return [...this.runners.values()].map(({ projection, state }) => ({
      name: projection.name,
      version: projection.version,
      ...state,
      lag: size - state.position,
    }))
  }

  /**
   * Waits until all read models reflect everything below `position`.
   *
   * @throws InvalidRequest `position-in-future`: nothing has been recorded there yet
   * @throws Unavailable `projection-behind`: not reached in time
   */
  async waitFor(position: number, timeoutMs = 5_000): Promise<void> {
    if (this.position() >= position) return
    const { size } = await this.options.store.head()
    if (position > size)
      throw new InvalidRequest('position-in-future', `The log ends at position ${size}.`, { requested: position, size })
    const patience = AbortSignal.timeout(timeoutMs)
    // One listener a read model; Node.js takes more than ten for a leak.
    setMaxListeners(this.runners.size, patience)
    await Promise.all([...this.runners.values()].map((runner) => runner.reached(position, patience)))
    if (this.position() < position) throw behind(position, this.position())
  }

  /**
   * As `waitFor`, for work that would rather wait a minute than be wrong.
   *
   * @param position default: the end of the log
   */
  async waitPatiently(position?: number): Promise<void> {
    await this.waitFor(position ?? (await this.options.store.head()).size, PATIENT_MS)
  }

  /** Errors are those of rebuildProjection. @throws NotFound `projection-unknown` */
  async rebuild(
    name: string,
    { acceptDifference, onProgress }: { acceptDifference?: boolean; onProgress?(done: number, of: number): void } = {},
  ): Promise<RebuildResult> {
    const runner = this.runner(name)
    const { signal } = this.stopped
    const result = await rebuildProjection(runner.projection, { ...this.options, acceptDifference, onProgress, signal })
    await runner.refresh()
    return result
  }

  /** Lets a halted projection try again from where it stopped. */
  async resume(name: string): Promise<void> {
    const runner = this.runner(name)
    await resumeCheckpoint(this.options.pool, name)
    await runner.refresh()
  }

  /** One after the other, because each rebuild holds several connections; again until it succeeds, here or in another process. */
  private async renewOutdated(): Promise<void> {
    const { log, pool } = this.options
    for (const { projection } of this.runners.values()) {
      const { name, version } = projection
      while (!this.stopped.signal.aborted) {
        try {
          const row = await readCheckpoint(pool, name)
          if (!row || row.version >= version) break
          await this.rebuild(name, { acceptDifference: true })
        } catch (error) {
          if (this.stopped.signal.aborted) return
          const { code } = error as { code?: unknown }
          log.error('projection rebuild failed', { projection: name, errorCode: String(code ?? 'unexpected') })
          await pause(NEXT_ATTEMPT_MS, this.stopped.signal)
        }
      }
    }
  }

  private runner(name: string): ProjectionRunner {
    const runner = this.runners.get(name)
    if (!runner) throw new NotFound('projection-unknown', 'There is no projection of that name.', { projection: name })
    return runner
  }
}

function behind(requested: number, reached: number): Unavailable {
  return new Unavailable('projection-behind', 'The read models have not caught up yet; try again.', {
    requested,
    reached,
  })
}
