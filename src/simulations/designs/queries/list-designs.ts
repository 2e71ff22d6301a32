import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { LessThan, Repository, type FindOptionsWhere } from 'typeorm'
import { DesignRow } from '../design.row.js'

export interface DesignFilter {
  model?: string
  status?: DesignRow['status']
  /** Computed by somebody of this organisation. */
  org?: string
}

/** Designs, newest first, refused and failed ones too. */
export class ListDesigns extends Query<DesignRow[]> {
  constructor(
    readonly filter: DesignFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    /** `endedPosition` of the last one seen. */
    readonly before?: number,
  ) {
    super()
  }
}

@QueryHandler(ListDesigns)
export class ListDesignsHandler implements IQueryHandler<ListDesigns> {
  constructor(@InjectRepository(DesignRow) private readonly rows: Repository<DesignRow>) {}

  execute({ filter, limit, before }: ListDesigns): Promise<DesignRow[]> {
    const { model, status, org } = filter
    const where: FindOptionsWhere<DesignRow> = {
      ...(model !== undefined && { model }),
      ...(status !== undefined && { status }),
      ...(org !== undefined && { org }),
      ...(before !== undefined && { endedPosition: LessThan(before) }),
    }
    return this.rows.find({ where, order: { endedPosition: 'DESC' }, take: limit })
  }
}
