import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm'
import { pageCursor, positionOfCursor } from '../../platform/http/page-cursor.js'

/** A page of rows, and where the next one starts; absent on the last. */
export interface Page<Row> {
  items: Row[]
  next?: string
}

/**
 * Rows in the order of their first event, a page at a time.
 *
 * @param alias of the query; its rows have a column `by`
 * @throws InvalidRequest `cursor-invalid`
 */
export async function pageOf<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  by: string & keyof Row,
  limit: number,
  cursor?: string,
): Promise<Page<Row>> {
  if (cursor !== undefined) query.andWhere(`${query.alias}.${by} < :before`, { before: positionOfCursor(cursor) })
  const found = await query
    .orderBy(`${query.alias}.${by}`, 'DESC')
    .limit(limit + 1)
    .getMany()
  const items = found.slice(0, limit)
  return found.length > limit ? { items, next: pageCursor(items.at(-1)![by] as number) } : { items }
}
