/** Read model of signatures: which record, whose, where. Whether one still holds is computed when it is shown. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import type { SignatureMade } from './events.js'

export class SignatureProjection implements Projection {
  readonly name = 'signatures'
  readonly version = 1
  readonly tables = ['signature'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    const rows = events
      .filter(({ header, data }) => header.type === 'signature.made' && data !== null)
      .map(({ header, position, data }) => {
        const { signature, record, meaning } = data as SignatureMade['data']
        return {
          signature,
          stream: record.stream,
          revision: record.revision,
          record_position: record.position,
          record_event_id: record.eventId,
          signer: header.actor.id,
          meaning,
          event_id: header.id,
          position,
        }
      })
    if (rows.length === 0) return
    await sql.query(
      `insert into signature (signature, stream, revision, record_position, record_event_id, signer, meaning, event_id, position)
       select signature, stream, revision, record_position, record_event_id, signer, meaning, event_id, position
         from json_populate_recordset(null::signature, $1::json)
       on conflict (signature) do nothing`,
      [JSON.stringify(rows)],
    )
  }
}
