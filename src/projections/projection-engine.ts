/** All read models of the service: started, watched, waited for, rebuilt. */
import type { Pool } from 'pg'
import { InvalidRequest, NotFound, Unavailable } from '../platform/errors.js'
import type { EventStore } from '../ledger/event-store.js'
import type { Log } from '../platform/logging/log.js'
import { markCheckpoint, readCheckpoint } from './checkpoint-row.js'
import { ProjectionRunner, type RunnerOptions, type RunnerState } from './projection-runner.js'
import type { Projection } from './projection.js'
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

export class ProjectionEngine {
  private readonly runners: Map<string, ProjectionRunner>

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
    for (const runner of this.runners.values()) {
      await runner.start()
      const row = await readCheckpoint(this.options.pool, runner.projection.name)
      if (row && row.version < runner.projection.version)
        void this.rebuild(runner.projection.name, { acceptDifference: true }).catch((error: unknown) =>
          this.options.log.error('projection rebuild failed', {
            projection: runner.projection.name,
            error: String(error),
          }),
        )
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.runners.values()].map((runner) => runner.stop()))
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
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(behind(position, this.position())), timeoutMs)
    })
    try {
      await Promise.race([Promise.all([...this.runners.values()].map((runner) => runner.reached(position))), late])
    } finally {
      clearTimeout(timer)
    }
  }

  /** Errors are those of rebuildProjection. @throws NotFound `projection-unknown` */
  async rebuild(
    name: string,
    { acceptDifference, onProgress }: { acceptDifference?: boolean; onProgress?(done: number, of: number): void } = {},
  ): Promise<RebuildResult> {
    const runner = this.runner(name)
    const result = await rebuildProjection(runner.projection, { ...this.options, acceptDifference, onProgress })
    await runner.refresh()
    return result
  }

  /** Lets a halted projection try again from where it stopped. */
  async resume(name: string): Promise<void> {
    const runner = this.runner(name)
    await markCheckpoint(this.options.pool, name, 'running', null)
    await runner.refresh()
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
