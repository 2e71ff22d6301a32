import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { TwinRow } from '../twin.row.js'

/** A person none of whose twins is in use any more. */
export interface Withdrawal {
  subject: string
  /** When anything was last recorded on them, which is the withdrawal or later. */
  withdrawnAt: Date
}

export type WithdrawalFilter = { subjects: readonly string[] } | { before: Date }

/** Persons whose twins were all withdrawn; one that was merged lives on in another. */
export class ListWithdrawals extends Query<Withdrawal[]> {
  constructor(readonly filter: WithdrawalFilter) {
    super()
  }
}

@QueryHandler(ListWithdrawals)
export class ListWithdrawalsHandler implements IQueryHandler<ListWithdrawals> {
  constructor(@InjectRepository(TwinRow) private readonly rows: Repository<TwinRow>) {}

  execute({ filter }: ListWithdrawals): Promise<Withdrawal[]> {
    const query = this.rows
      .createQueryBuilder('twin')
      .select('twin.subject', 'subject')
      .addSelect('max(twin.last_recorded_at)', 'withdrawnAt')
      .groupBy('twin.subject')
      .having(`bool_and(twin.status <> 'active') and bool_or(twin.status = 'withdrawn')`)
    if ('subjects' in filter) query.where('twin.subject = any(:subjects)', { subjects: filter.subjects })
    else query.andHaving('max(twin.last_recorded_at) < :before', filter)
    return query.getRawMany<Withdrawal>()
  }
}
