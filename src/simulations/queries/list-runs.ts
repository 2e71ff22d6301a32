import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { InvalidRequest } from '../../platform/errors.js'
import { RunRow } from '../run.row.js'

export interface RunFilter {
  status?: RunRow['status']
  stamp?: RunRow['stamp']
  model?: string
  twin?: string
  subject?: string
  trial?: string
  cohort?: string
  /** The part of the collection that is open to the caller; without it, all of it. */
  scope?: { subject?: string; actor?: string; site?: string; trials?: readonly string[] }
}

export interface RunPage {
  runs: RunRow[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Runs, newest first, whatever became of them: refused, failed and repeated ones too. Headers and codes only. */
export class ListRuns extends Query<RunPage> {
  constructor(
    readonly filter: RunFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListRuns)
export class ListRunsHandler implements IQueryHandler<ListRuns> {
  constructor(@InjectRepository(RunRow) private readonly rows: Repository<RunRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter, limit, cursor }: ListRuns): Promise<RunPage> {
    const query = this.rows.createQueryBuilder('run').where('true')
    for (const field of ['status', 'stamp', 'model', 'twin', 'subject', 'trial', 'cohort'] as const) {
      if (filter[field] !== undefined) query.andWhere(`run.${field} = :${field}`, { [field]: filter[field] })
    }
    const { subject, actor, site, trials } = filter.scope ?? {}
    if (subject !== undefined) query.andWhere('run.subject = :ownSubject', { ownSubject: subject })
    if (actor !== undefined) query.andWhere('run.actor = :actor', { actor })
    if (trials !== undefined) query.andWhere('run.trial = any(:trials)', { trials })
    if (site !== undefined) {
      query.andWhere(
        'exists (select from read.twin t where t.twin = run.twin and (t.owner = :site or t.controller = :site))',
        { site },
      )
    }
    if (cursor !== undefined) query.andWhere('run.requestedPosition < :before', { before: positionOf(cursor) })
    const found = await query
      .orderBy('run.requestedPosition', 'DESC')
      .limit(limit + 1)
      .getMany()
    const runs = found.slice(0, limit)
    return found.length > limit ? { runs, next: cursorAt(runs.at(-1)!.requestedPosition) } : { runs }
  }
}

function cursorAt(position: number): string {
  return Buffer.from(`s${position}`).toString('base64url')
}

function positionOf(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('latin1')
  if (!/^s\d{1,15}$/.test(text)) throw new InvalidRequest('cursor-invalid', 'The cursor is not one of a page of runs.')
  return Number(text.slice(1))
}
