/** Read model of the overview of advances. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../../projections/projection.js'
import { advanceOfStream } from './advance.js'
import type { AdvanceEntry, AdvanceReview } from './events.js'

export class AdvanceProjection implements Projection {
  readonly name = 'advances'
  readonly version = 1
  readonly tables = ['advance'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events) {
      if (event.data === null) continue
      if (event.header.type === 'advance.proposed') await propose(event, sql)
      else if (event.header.type === 'advance.reviewed') await review(event, sql)
      else if (event.header.type === 'advance.superseded') await supersede(event, sql)
    }
  }
}

function propose({ header, data, position }: ProjectedEvent, sql: ProjectionSql) {
  return sql.query(
    `insert into advance (stream, entry, status, revision, position, proposed_position)
     values ($1, $2, 'proposed', $3, $4, $4)
     on conflict (stream) do update
        set entry = excluded.entry, status = 'proposed', revision = excluded.revision, position = excluded.position
      where advance.position < excluded.position`,
    [advanceOfStream(header.stream), JSON.stringify(data as AdvanceEntry), header.revision, position],
  )
}

function review({ header, data, position }: ProjectedEvent, sql: ProjectionSql) {
  const { outcome, checkedOn } = data as AdvanceReview
  return sql.query(
    `update advance set status = $2, entry = jsonb_set(entry, '{lastChecked}', to_jsonb($3::text)), revision = $4, position = $5
      where stream = $1 and position < $5`,
    [
      advanceOfStream(header.stream),
      outcome === 'accepted' ? 'reviewed' : 'returned',
      checkedOn,
      header.revision,
      position,
    ],
  )
}

function supersede({ header, data, position }: ProjectedEvent, sql: ProjectionSql) {
  return sql.query(
    `update advance set status = 'superseded', superseded_by = $2, revision = $3, position = $4
      where stream = $1 and position < $4`,
    [advanceOfStream(header.stream), (data as { by: string }).by, header.revision, position],
  )
}
