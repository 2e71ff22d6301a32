/** Read model of who is out of secondary use: one line a person while the opt-out is in force. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'

export class OptOutProjection implements Projection {
  readonly name = 'opt-outs'
  readonly version = 1
  readonly tables = ['opt_out'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const { header, position } of events) {
      const { type, subject, recordedAt } = header
      if (type === 'consent.opted-out')
        await sql.query(
          `insert into opt_out (subject, since, position) values ($1, $2, $3)
           on conflict (subject) do update set since = excluded.since, position = excluded.position
           where opt_out.position < excluded.position`,
          [subject, recordedAt, position],
        )
      if (type === 'consent.opt-out-reversed')
        await sql.query('delete from opt_out where subject = $1 and position < $2', [subject, position])
    }
  }
}
