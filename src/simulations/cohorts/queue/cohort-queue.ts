import PgBoss from 'pg-boss'
import type { Pool } from 'pg'
import { Unavailable } from '../../../platform/errors.js'
import type { Log } from '../../../platform/logging/log.js'

/** The schema that migration 0041 made for pg-boss, and the queue in it. */
const SCHEMA = 'queue'
const QUEUE = 'cohort-parts'
/** Parts that may wait, in all cohorts together: five million runs. What comes beyond is refused, and may be sent again. */
const MOST_WAITING = 50_000
/** How often leases that have ended are looked for, by all processes together. */
const MAINTENANCE_SECONDS = 2

/** What a job says: random ids and a number. */
export interface CohortPart {
  cohort: string
  part: number
  /** Given when the runs of the part are to be computed again and compared. */
  replay?: string
}

/** A part that this process has taken, under a lease that ends by itself when the process dies. */
export interface LeasedPart extends CohortPart {
  /** Of the job. */
  id: string
  leaseSeconds: number
}

export interface CohortQueueOptions {
  pool: Pool
  log: Log
  /** After so long without `renew` a part is handed out again. */
  leaseSeconds: number
}

/**
 * The parts of cohorts that wait for a process to work through them: pg-boss on the service's own connections. A part may be
 * handed out twice, when a lease ended too early or a request was repeated; working through it twice records everything once.
 */
export class CohortQueue {
  private constructor(
    private readonly boss: PgBoss,
    private readonly options: CohortQueueOptions,
  ) {}

  /** @throws Error the tables are not those of this version of pg-boss */
  static async open(options: CohortQueueOptions): Promise<CohortQueue> {
    const { pool, log } = options
    const boss = new PgBoss({
      db: { executeSql: (text, values) => pool.query(text, values) },
      schema: SCHEMA,
      // The tables come with our migrations: the service's role may not make any.
      migrate: false,
      schedule: false,
      supervise: true,
      maintenanceIntervalSeconds: MAINTENANCE_SECONDS,
    })
    boss.on('error', (error) => log.warn('The job queue reports an error.', { error }))
    await boss.start()
    return new CohortQueue(boss, options)
  }

  /** @throws Unavailable `queue-full` */
  async assertRoom(parts: number): Promise<void> {
    const { rows } = await this.options.pool.query<{ waiting: number }>(
      `select count(*)::int as waiting from ${SCHEMA}.job where name = $1 and state < 'active'`,
      [QUEUE],
    )
    if (rows[0]!.waiting + parts > MOST_WAITING)
      throw new Unavailable('queue-full', 'Too many runs are waiting already; try again later.', {
        waiting: rows[0]!.waiting,
      })
  }

  /** Sees to it that each of these parts is in the queue or in work, to be computed or, under `replay`, again. May be repeated. */
  async ensure(cohort: string, parts: readonly number[], replay?: string): Promise<void> {
    const { rows } = await this.options.pool.query<{ part: number }>(
      `select (data->>'part')::int as part from ${SCHEMA}.job
        where name = $1 and state <= 'active' and data->>'cohort' = $2
          and data->>'replay' is not distinct from $3`,
      [QUEUE, cohort, replay ?? null],
    )
    const there = new Set(rows.map(({ part }) => part))
    const { leaseSeconds } = this.options
    const jobs = parts
      .filter((part) => !there.has(part))
      .map((part) => ({
        name: QUEUE,
        data: { cohort, part, ...(replay !== undefined && { replay }) },
        expireInSeconds: leaseSeconds,
      }))
    if (jobs.length > 0) await this.boss.insert(jobs)
  }

  /** The next part, if one waits: the one that has waited longest. */
  async take(): Promise<LeasedPart | null> {
    const [job] = await this.boss.fetch<CohortPart>(QUEUE)
    return job ? { id: job.id, ...job.data, leaseSeconds: Number(job.expireInSeconds) } : null
  }

  /** Begins the lease anew. False when it had ended, and somebody else may be working on the part. */
  async renew({ id }: LeasedPart): Promise<boolean> {
    const { rowCount } = await this.options.pool.query(
      `update ${SCHEMA}.job set started_on = now() where name = $1 and id = $2 and state = 'active'`,
      [QUEUE, id],
    )
    return rowCount === 1
  }

  async finished({ id }: LeasedPart): Promise<void> {
    await this.boss.complete(QUEUE, id)
  }

  /** Back into the queue, for whoever takes it next. `code` is kept beside the job. */
  async giveBack({ id }: LeasedPart, code: string): Promise<void> {
    await this.boss.fail(QUEUE, id, { code })
  }

  async close(): Promise<void> {
    await this.boss.stop({ graceful: false, close: false })
  }
}
