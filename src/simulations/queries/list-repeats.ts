import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { pageCursor, positionOfCursor } from '../../platform/http/page-cursor.js'
import { RunRow } from '../run.row.js'

/** What was asked of one twin more than once, whatever became of each run. */
export interface RepeatedRun {
  twin: string
  model: string
  trial: string | null
  purpose: string
  runs: number
  completed: number
  refused: number
  failed: number
  cancelled: number
  /** Runs beyond the first. */
  repeated: number
  /** Recomputations of the same run, which may not differ, and how many did. */
  replays: number
  replaysDiffering: number
  versions: string[]
  /** How many people asked. */
  actors: number
  /** RFC 3339. */
  firstAt: string
  lastAt: string
}

export interface RepeatFilter {
  twin?: string
  subject?: string
  model?: string
  trial?: string
  /** Groups of fewer runs are left out; default 2. */
  atLeast?: number
}

/**
 * Runs by twin, model, trial and purpose, the group with the newest run first: where one was repeated until it suited, it shows
 * (selective reporting).
 */
export class ListRepeats extends Query<{ repeats: RepeatedRun[]; next?: string }> {
  constructor(
    readonly filter: RepeatFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListRepeats)
export class ListRepeatsHandler implements IQueryHandler<ListRepeats> {
  constructor(@InjectRepository(RunRow) private readonly rows: Repository<RunRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter, limit, cursor }: ListRepeats): Promise<{ repeats: RepeatedRun[]; next?: string }> {
    const { atLeast = 2, ...fields } = filter
    const query = this.rows.createQueryBuilder('run').where('true')
    for (const [field, value] of Object.entries(fields))
      if (value !== undefined) query.andWhere(`run.${field} = :${field}`, { [field]: value })
    query
      .select(['run.twin as twin', 'run.model as model', 'run.trial as trial', 'run.purpose as purpose'])
      .addSelect('count(*)::int', 'runs')
      .addSelect('count(*)::int - 1', 'repeated')
      .addSelect('sum(run.replays)::int', 'replays')
      .addSelect('sum(run.replays_differing)::int', 'replaysDiffering')
      .addSelect('array_agg(distinct run.version)', 'versions')
      .addSelect('count(distinct run.actor)::int', 'actors')
      .addSelect('min(run.requested_at)', 'firstAt')
      .addSelect('max(run.requested_at)', 'lastAt')
      .addSelect('max(run.requested_position)', 'last')
      .groupBy('run.twin, run.model, run.trial, run.purpose')
      .having('count(*) >= :atLeast', { atLeast })
    for (const status of ENDS) query.addSelect(`count(*) filter (where run.status = '${status}')::int`, status)
    if (cursor !== undefined)
      query.andHaving('max(run.requested_position) < :before', { before: positionOfCursor(cursor) })
    const found = await query
      .orderBy('max(run.requested_position)', 'DESC')
      .limit(limit + 1)
      .getRawMany<Row>()
    const repeats = found.slice(0, limit).map(({ last: _last, firstAt, lastAt, ...group }) => ({
      ...group,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
    }))
    return found.length > limit ? { repeats, next: pageCursor(Number(found[limit - 1]!.last)) } : { repeats }
  }
}

const ENDS = ['completed', 'refused', 'failed', 'cancelled'] as const satisfies readonly RunRow['status'][]

type Row = Omit<RepeatedRun, 'firstAt' | 'lastAt'> & { firstAt: Date; lastAt: Date; last: string }
