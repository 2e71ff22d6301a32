/** The orders in which the trail can be read, and where the next page of each begins. */
import type { SelectQueryBuilder } from 'typeorm'
import type { AuditEntryRow } from './audit-entry.row.js'

/** What can be ordered by → column, and whether some entries have no value in it. */
const ORDERS = {
  position: { column: 'position', optional: false },
  recordedAt: { column: 'recordedAt', optional: false },
  occurredAt: { column: 'occurredAt', optional: true },
  type: { column: 'type', optional: false },
  actor: { column: 'actorId', optional: false },
  role: { column: 'actorRole', optional: false },
  purpose: { column: 'purpose', optional: true },
  reason: { column: 'reason', optional: true },
  subject: { column: 'subject', optional: true },
  trial: { column: 'trial', optional: true },
  stream: { column: 'stream', optional: false },
  correlation: { column: 'correlation', optional: false },
} as const satisfies Record<string, { column: keyof AuditEntryRow; optional: boolean }>

export type AuditOrderBy = keyof typeof ORDERS
export const AUDIT_ORDERS = Object.keys(ORDERS) as AuditOrderBy[]

/** Entries equal in the column follow their position, in the same direction; entries without a value come last. */
export interface AuditOrder {
  by: AuditOrderBy
  direction: 'asc' | 'desc'
}

/** The last entry of a page: its value in the ordered column, null when it has none, and its position. */
export interface Place {
  value: string | number | null
  position: number
}

export function placeOf(row: AuditEntryRow, { by }: AuditOrder): Place {
  return { value: row[ORDERS[by].column], position: row.position }
}

/**
 * Up to `limit` rows behind `after`. Entries with a value and those without are two queries, so that each is a range of
 * one index and a page deep in the trail costs what the first does.
 *
 * @param filteredQuery makes a fresh query over the alias `entry` with all its conditions
 */
export async function readInOrder(
  filteredQuery: () => SelectQueryBuilder<AuditEntryRow>,
  order: AuditOrder,
  limit: number,
  after?: Place,
): Promise<AuditEntryRow[]> {
  const rows: AuditEntryRow[] = []
  for (const part of partsOf(order)) {
    if (after && part === 'valued' && after.value === null) continue
    const begin = after && (after.value === null) === (part === 'empty') ? after : undefined
    rows.push(
      ...(await partQuery(filteredQuery(), order, part, begin)
        .limit(limit - rows.length)
        .getMany()),
    )
    if (rows.length === limit) break
  }
  return rows
}

type Part = 'valued' | 'empty'

const partsOf = ({ by }: AuditOrder): Part[] => (ORDERS[by].optional ? ['valued', 'empty'] : ['valued'])

function partQuery(query: SelectQueryBuilder<AuditEntryRow>, order: AuditOrder, part: Part, after?: Place) {
  const { column, optional } = ORDERS[order.by]
  const direction = order.direction === 'asc' ? 'ASC' : 'DESC'
  const beyond = order.direction === 'asc' ? '>' : '<'
  const byPosition = part === 'empty' || column === 'position'
  if (optional) query.andWhere(`entry.${column} is ${part === 'empty' ? '' : 'not '}null`)
  if (after && byPosition) query.andWhere(`entry.position ${beyond} :afterPosition`, { afterPosition: after.position })
  if (after && !byPosition) {
    query.andWhere(`(entry.${column}, entry.position) ${beyond} (:afterValue, :afterPosition)`, {
      afterValue: after.value,
      afterPosition: after.position,
    })
  }
  return byPosition
    ? query.orderBy('entry.position', direction)
    : query.orderBy(`entry.${column}`, direction).addOrderBy('entry.position', direction)
}
