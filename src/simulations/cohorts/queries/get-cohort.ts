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
  /** Neither begun nor given up. */
  waiting: number
}

export interface CohortView extends Omit<CohortRow, 'completed' | 'refused' | 'failed' | 'cancelled' | 'notRun'> {
  /** Runs as they stand now, those of unfinished parts too; `requested` ones are being computed. They add up to `size`. */
  progress: CohortProgress
}

/** A cohort and how far it is. Numbers and codes only. */
export class GetCohort extends Query<CohortView> {
  constructor(readonly cohort: string) {
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
  async execute({ cohort }: GetCohort): Promise<CohortView> {
    const row = await this.rows.findOneBy({ cohort })
    if (!row) throw new NotFound('cohort-not-found', 'There is no such cohort.')
    const counted = await this.runs
      .createQueryBuilder('run')
      .select(['run.status as status', 'count(*)::int as count'])
      .where('run.cohort = :cohort', { cohort })
      .groupBy('run.status')
      .getRawMany<{ status: RunStatus; count: number }>()
    const { completed: _completed, refused: _refused, failed: _failed, cancelled: _cancelled, notRun, ...shown } = row
    const none = { requested: 0, completed: 0, refused: 0, failed: 0, cancelled: 0 }
    const runs = { ...none, ...Object.fromEntries(counted.map(({ status, count }) => [status, count])) }
    const begun = counted.reduce((sum, { count }) => sum + count, 0)
    // Runs and cohorts are read models of their own; for a moment one may be ahead of the other.
    return { ...shown, progress: { ...runs, notRun, waiting: Math.max(0, row.size - begun - notRun) } }
  }
}
