/** Read model of the breach register: codes and times alone. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import { breachOfStream } from './breach-state.js'
import type { BreachAssessed, BreachEvent, BreachRecorded } from './events.js'

type Change = readonly [assignments: string, value: string]

export class BreachProjection implements Projection {
  readonly name = 'breaches'
  readonly version = 1
  readonly tables = ['breach'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events) {
      const { header, position } = event
      if (header.type === 'breach.recorded') await insert(event, sql)
      const change = changeOf(event)
      if (!change) continue
      const [assignments, value] = change
      await sql.query(`update breach set ${assignments}, position = $2 where breach = $1`, [
        breachOfStream(header.stream),
        position,
        value,
      ])
    }
  }
}

function insert({ header, data, position }: ProjectedEvent, sql: ProjectionSql) {
  const { awareAt, dueAt } = data as BreachRecorded['data']
  return sql.query(
    `insert into breach (breach, status, aware_at, due_at, first_position, position) values ($1, 'open', $2, $3, $4, $4)`,
    [breachOfStream(header.stream), awareAt, dueAt, position],
  )
}

function changeOf({ header, data }: ProjectedEvent): Change | null {
  switch (header.type as BreachEvent['type']) {
    case 'breach.assessed': {
      const { risk } = data as BreachAssessed['data']
      return risk === undefined ? null : ['risk = $3', risk]
    }
    case 'breach.authority-notified':
    case 'breach.notification-waived':
      return ['settled_at = coalesce(settled_at, $3::timestamptz)', header.recordedAt]
    case 'breach.overdue':
      return ['overdue_at = $3::timestamptz', header.recordedAt]
    case 'breach.closed':
      return [`status = 'closed', closed_at = $3::timestamptz`, header.recordedAt]
    default:
      return null
  }
}
