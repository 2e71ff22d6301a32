import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { pageCursor, positionOfCursor } from '../../platform/http/page-cursor.js'
import { AllocationRow } from '../randomisation.rows.js'

export interface AllocationFilter {
  site?: string
  /** Narrows to one person: for those who may see their own alone. */
  subject?: string
}

/** An allocation as readers of a trial see it: the code, never the person's id, and no arm. */
export type ShownAllocation = Omit<AllocationRow, 'subject' | 'trial'>

export interface AllocationPage<Allocation = ShownAllocation> {
  allocations: Allocation[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Who was randomised, under codes and numbers, in order, a page at a time. */
export class ListAllocations extends Query<AllocationPage> {
  constructor(
    readonly trial: string,
    readonly filter: AllocationFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListAllocations)
export class ListAllocationsHandler implements IQueryHandler<ListAllocations> {
  constructor(@InjectRepository(AllocationRow) private readonly rows: Repository<AllocationRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ trial, filter, limit, cursor }: ListAllocations): Promise<AllocationPage> {
    const query = this.rows.createQueryBuilder('allocation').where('allocation.trial = :trial', { trial })
    for (const field of ['site', 'subject'] as const)
      if (filter[field] !== undefined) query.andWhere(`allocation.${field} = :${field}`, { [field]: filter[field] })
    if (cursor !== undefined) query.andWhere('allocation.position > :after', { after: positionOfCursor(cursor) })
    const found = await query
      .orderBy('allocation.position')
      .limit(limit + 1)
      .getMany()
    const allocations = found.slice(0, limit).map(({ subject: _subject, trial: _trial, ...shown }) => shown)
    return found.length > limit ? { allocations, next: pageCursor(allocations.at(-1)!.position) } : { allocations }
  }
}
