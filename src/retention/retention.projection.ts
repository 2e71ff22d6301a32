/** Read model of cases of expired records: codes and ids alone. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import type { CaseDecided, CaseOpened, ExpiryHeldBack } from './events.js'

export class RetentionProjection implements Projection {
  readonly name = 'retention'
  readonly version = 1
  readonly tables = ['retention_case'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events) {
      const { header, data, position } = event
      if (data === null) continue
      if (header.type === 'retention.expiry-held-back') {
        const held = data as ExpiryHeldBack['data']
        await put(event, held, 'held', held.holds, sql)
      } else if (header.type === 'retention.case-opened') await put(event, data as CaseOpened['data'], 'open', [], sql)
      else if (header.type === 'retention.case-decided') {
        const { case: id, erasure } = data as CaseDecided['data']
        await sql.query(
          `update retention_case set status = 'decided', erasure = $2, position = $3 where retention_case = $1`,
          [id, erasure, position],
        )
      }
    }
  }
}

function put(
  { header, position }: ProjectedEvent,
  expired: CaseOpened['data'],
  status: 'held' | 'open',
  holds: readonly string[],
  sql: ProjectionSql,
) {
  const { case: id, keyClass, recordClasses, until } = expired
  return sql.query(
    `insert into retention_case
       (retention_case, subject, key_class, record_classes, status, until, holds, first_position, position)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
     on conflict (retention_case) do update
        set status = excluded.status, holds = excluded.holds, position = excluded.position`,
    [id, header.subject, keyClass, recordClasses, status, until, holds, position],
  )
}
