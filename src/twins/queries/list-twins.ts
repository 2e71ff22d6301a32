import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { InvalidRequest } from '../../platform/errors.js'
import { TwinRow } from '../twin.row.js'
import { filtered, type TwinFilter } from './twin-filter.js'

export interface TwinPage {
  twins: TwinRow[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Twins in the order of their registration, a page at a time. Headers only: nothing personal is opened. */
export class ListTwins extends Query<TwinPage> {
  constructor(
    readonly filter: TwinFilter = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListTwins)
export class ListTwinsHandler implements IQueryHandler<ListTwins> {
  constructor(@InjectRepository(TwinRow) private readonly rows: Repository<TwinRow>) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter, limit, cursor }: ListTwins): Promise<TwinPage> {
    const query = filtered(this.rows.createQueryBuilder('twin').where('true'), filter)
    if (cursor !== undefined) query.andWhere('twin.registeredPosition > :after', { after: positionOf(cursor) })
    const found = await query
      .orderBy('twin.registeredPosition')
      .limit(limit + 1)
      .getMany()
    const twins = found.slice(0, limit)
    return found.length > limit ? { twins, next: cursorAt(twins.at(-1)!.registeredPosition) } : { twins }
  }
}

function cursorAt(position: number): string {
  return Buffer.from(`r${position}`).toString('base64url')
}

function positionOf(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('latin1')
  if (!/^r\d{1,15}$/.test(text)) throw new InvalidRequest('cursor-invalid', 'The cursor is not one of a page of twins.')
  return Number(text.slice(1))
}
