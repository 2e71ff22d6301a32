/** Read model of the legal register: what its decision model makes of the events, kept for lists. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../../projections/projection.js'
import type { LegalEntryEvent } from './events.js'
import { evolve, idOfStream, UNKNOWN_ENTRY, type LegalEntryState } from './legal-entry.js'

interface StoredEntry {
  state: LegalEntryState
  position: string
}

export class LegalEntryProjection implements Projection {
  readonly name = 'legal-register'
  readonly version = 1
  readonly tables = ['legal_entry'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events)
      if (event.header.type.startsWith('legal-entry.') && event.data !== null) await applyOne(event, sql)
  }
}

async function applyOne({ header, data, position }: ProjectedEvent, sql: ProjectionSql): Promise<void> {
  const stream = idOfStream(header.stream)
  const { rows } = await sql.query<StoredEntry>('select state, position from legal_entry where stream = $1', [stream])
  if (rows[0] && Number(rows[0].position) >= position) return
  const state = evolve(rows[0]?.state ?? UNKNOWN_ENTRY, { type: header.type, data } as LegalEntryEvent, header)
  await sql.query(
    `insert into legal_entry (stream, state, revision, position) values ($1, $2, $3, $4)
     on conflict (stream) do update
        set state = excluded.state, revision = excluded.revision, position = excluded.position`,
    [stream, JSON.stringify(state), header.revision, position],
  )
}
