/** Read model of the data queries: codes, random ids and times alone. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import { dataQueryOfStream } from './data-query-state.js'
import type { DataQueryEvent } from './events.js'

type Type = DataQueryEvent['type']
type Recorded<T extends Type> = ProjectedEvent & { data: Extract<DataQueryEvent, { type: T }>['data'] }
type Change = readonly [text: string, values: unknown[]]

export class DataQueryProjection implements Projection {
  readonly name = 'data-queries'
  readonly version = 1
  readonly tables = ['data_query'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events) {
      const step = STEPS[event.header.type as Type] as ((event: Recorded<Type>) => Change) | undefined
      if (step && event.data !== null) await sql.query(...step(event as Recorded<Type>))
    }
  }
}

const STEPS: { readonly [T in Type]?: (event: Recorded<T>) => Change } = {
  'data-query.raised': ({ header, position, data }) => [
    `insert into data_query
       (query, subject, twin, fact, field, trial, site, reason, status, asked_by, raised_at, asked_at, raised_position)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10, $10, $11)`,
    [
      dataQueryOfStream(header.stream),
      header.subject,
      data.twin,
      data.fact,
      data.field,
      header.trial ?? null,
      data.site,
      header.reason,
      header.actor.role,
      header.recordedAt,
      position,
    ],
  ],
  'data-query.answered': (event) =>
    update(
      event,
      `status = 'answered', answered_at = $2, correction = $3`,
      event.header.recordedAt,
      event.data.correction ?? null,
    ),
  'data-query.re-queried': (event) =>
    update(event, `status = 'open', asked_at = $2, answered_at = null, correction = null`, event.header.recordedAt),
  'data-query.closed': (event) => update(event, `status = 'closed', ended_at = $2`, event.header.recordedAt),
  'data-query.cancelled': (event) =>
    update(
      event,
      `status = 'cancelled', ended_at = $2, cancellation = $3`,
      event.header.recordedAt,
      event.header.reason,
    ),
}

const update = ({ header }: ProjectedEvent, set: string, ...values: unknown[]): Change => [
  `update data_query set ${set} where query = $1`,
  [dataQueryOfStream(header.stream), ...values],
]
