/** Read model of the reviews of the audit trail: where each stands and when it is due. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../../projections/projection.js'
import type { ReviewEvent, ReviewPlan, TwinsSampled } from './events.js'

type Step = (event: ProjectedEvent, review: string, sql: ProjectionSql) => Promise<unknown>

export class ReviewProjection implements Projection {
  readonly name = 'audit-reviews'
  readonly version = 2
  readonly tables = ['audit_review', 'audit_review_twin'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events) {
      const step = STEPS[event.header.type as ReviewEvent['type']]
      if (step) await step(event, event.header.stream.slice('audit-review-'.length), sql)
    }
  }
}

const STEPS: Partial<Record<ReviewEvent['type'], Step>> = {
  'audit-review.planned': ({ data, position }, review, sql) => {
    const { trial, from, to, dueAt } = data as ReviewPlan
    return sql.query(
      `insert into audit_review (review, status, trial, period_from, period_to, due_at, findings, planned_position)
       values ($1, 'planned', $2, $3, $4, $5, 0, $6) on conflict (review) do nothing`,
      [review, trial ?? null, from, to, dueAt, position],
    )
  },
  'audit-review.taken-up': ({ header }, review, sql) =>
    sql.query("update audit_review set status = 'under-way', reviewer = $2 where review = $1", [
      review,
      header.actor.id,
    ]),
  'audit-review.twins-sampled': ({ header, data }, review, sql) =>
    sql.query(
      `insert into audit_review_twin (review, trial, code) select $1, $2, unnest($3::text[]) on conflict do nothing`,
      [review, header.trial, (data as TwinsSampled['data']).codes],
    ),
  'audit-review.finding-recorded': (_event, review, sql) =>
    sql.query('update audit_review set findings = findings + 1 where review = $1', [review]),
  'audit-review.concluded': (_event, review, sql) =>
    sql.query("update audit_review set status = 'concluded' where review = $1", [review]),
  'audit-review.closed': (_event, review, sql) =>
    sql.query("update audit_review set status = 'closed' where review = $1", [review]),
}
