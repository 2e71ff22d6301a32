import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { LessThan, Repository, type FindOptionsWhere } from 'typeorm'
import { pageCursor, positionOfCursor } from '../../../platform/http/page-cursor.js'
import { DesignRow } from '../design.row.js'

export interface DesignFilter {
  model?: string
  status?: DesignRow['status']
  /** Computed by somebody of this organisation. */
  org?: string
}

export interface DesignPage {
  designs: DesignRow[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Designs, newest first, refused and failed ones too. */
export class ListDesigns extends Query<DesignPage> {
  constructor(
    readonly filter: DesignFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListDesigns)
export class ListDesignsHandler implements IQueryHandler<ListDesigns> {
  constructor(@InjectRepository(DesignRow) private readonly rows: Repository<DesignRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter, limit, cursor }: ListDesigns): Promise<DesignPage> {
    const { model, status, org } = filter
    const where: FindOptionsWhere<DesignRow> = {
      ...(model !== undefined && { model }),
      ...(status !== undefined && { status }),
      ...(org !== undefined && { org }),
      ...(cursor !== undefined && { endedPosition: LessThan(positionOfCursor(cursor)) }),
    }
    const found = await this.rows.find({ where, order: { endedPosition: 'DESC' }, take: limit + 1 })
    const designs = found.slice(0, limit)
    return found.length > limit ? { designs, next: pageCursor(designs.at(-1)!.endedPosition) } : { designs }
  }
}
