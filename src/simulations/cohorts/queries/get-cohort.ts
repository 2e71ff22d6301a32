import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { NotFound } from '../../../platform/errors.js'
import { RunRow } from '../../run.row.js'
import type { RunStatus } from '../../simulation.js'
import { CohortRow } from '../cohort.row.js'

export type CohortProgress = Record<RunStatus, number> & {
  /** Cancelled before they were begun. */
  notRun: number
  /** Not begun because the person had opted out from secondary use by then: how many, and never who. */
  optedOut: number
  /** Neither begun nor given up. */
  waiting: number
}

export interface CohortView extends Omit<
  CohortRow,
  'completed' | 'refused' | 'failed' | 'cancelled' | 'notRun' | 'optedOut'
> {
  /** Runs as they stand now, those of unfinished parts too; `requested` ones are being computed. They add up to `size`. */
  progress: CohortProgress
  /** Of those whose run completed, how many have opted out from secondary use since. Their results stay valid. */
  optedOutSince?: number
}

/** A cohort and how far it is. Numbers and codes only. */
export class GetCohort extends Query<CohortView> {
  constructor(
    readonly cohort: string,
    /** Whether the results are marked by opt-outs that came after them. */
    readonly isMarked = false,
  ) {
    super()
  }
}

@QueryHandler(GetCohort)
export class GetCohortHandler implements IQueryHandler<GetCohort> {
  constructor(
    @InjectRepository(CohortRow) private readonly rows: Repository<CohortRow>,
    @InjectRepository(RunRow) private readonly runs: Repository<RunRow>,
  ) {}

  /** @throws NotFound `cohort-not-found` */
  async execute({ cohort, isMarked }: GetCohort): Promise<CohortView> {
    const row = await this.rows.findOneBy({ cohort })
    if (!row) throw new NotFound('cohort-not-found', 'There is no such cohort.')
    const counted = await this.runs
      .createQueryBuilder('run')
      .select(['run.status as status', 'count(*)::int as count'])
      .where('run.cohort = :cohort', { cohort })
      .groupBy('run.status')
      .getRawMany<{ status: RunStatus; count: number }>()
    const { completed: _completed, refused: _refused, failed: _failed, cancelled: _cancelled, ...more } = row
    const { notRun, optedOut, ...shown } = more
    const none = { requested: 0, completed: 0, refused: 0, failed: 0, cancelled: 0 }
    const runs = { ...none, ...Object.fromEntries(counted.map(({ status, count }) => [status, count])) }
    const begun = counted.reduce((sum, { count }) => sum + count, 0)
    // Runs and cohorts are read models of their own; for a moment one may be ahead of the other.
    const waiting = Math.max(0, row.size - begun - notRun - optedOut)
    const progress = { ...runs, notRun, optedOut, waiting }
    return isMarked ? { ...shown, progress, optedOutSince: await this.optedOutSince(cohort) } : { ...shown, progress }
  }

  private optedOutSince(cohort: string): Promise<number> {
    return this.runs
      .createQueryBuilder('run')
      .where(`run.cohort = :cohort and run.status = 'completed'`, { cohort })
      .andWhere('exists (select from read.opt_out o where o.subject = run.subject)')
      .getCount()
  }
}
