/** Read model of data permits: what their decision model makes of the events, kept for lists. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import type { PermitEvent } from './events.js'
import { evolve, permitOfStream, UNKNOWN_PERMIT, type PermitState } from './permit.js'

interface StoredPermit {
  state: PermitState
  position: string
}

export class PermitProjection implements Projection {
  readonly name = 'data-permits'
  readonly version = 1
  readonly tables = ['data_permit'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events)
      if (event.header.type.startsWith('permit.') && event.data !== null) await applyOne(event, sql)
  }
}

async function applyOne({ header, data, position }: ProjectedEvent, sql: ProjectionSql): Promise<void> {
  const permit = permitOfStream(header.stream)
  const { rows } = await sql.query<StoredPermit>('select state, position from data_permit where permit = $1', [permit])
  if (rows[0] && Number(rows[0].position) >= position) return
  const state = evolve(rows[0]?.state ?? UNKNOWN_PERMIT, { type: header.type, data } as PermitEvent, header)
  await sql.query(
    `insert into data_permit (permit, state, revision, position) values ($1, $2, $3, $4)
     on conflict (permit) do update
        set state = excluded.state, revision = excluded.revision, position = excluded.position`,
    [permit, JSON.stringify(state), header.revision, position],
  )
}
