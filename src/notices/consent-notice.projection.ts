/** Read model of the notices: what their decision model makes of the events, kept for lists and for those who are asked. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import { evolve, UNKNOWN_NOTICE, uuidOfStream, type ConsentNoticeState } from './consent-notice.js'
import type { ConsentNoticeEvent } from './events.js'
import { outlineOf } from './published-notice.js'

interface StoredNotice {
  state: ConsentNoticeState
  position: string
}

export class ConsentNoticeProjection implements Projection {
  readonly name = 'consent-notices'
  readonly version = 2
  readonly tables = ['notice_register'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events)
      if (event.header.type.startsWith('consent-notice.') && event.data !== null) await applyOne(event, sql)
  }
}

async function applyOne({ header, data, position }: ProjectedEvent, sql: ProjectionSql): Promise<void> {
  const stream = uuidOfStream(header.stream)
  const { rows } = await sql.query<StoredNotice>('select state, position from notice_register where stream = $1', [
    stream,
  ])
  if (rows[0] && Number(rows[0].position) >= position) return
  const state = evolve(rows[0]?.state ?? UNKNOWN_NOTICE, { type: header.type, data } as ConsentNoticeEvent, header)
  await sql.query(
    `insert into notice_register (stream, notice, state, outline, revision, position) values ($1, $2, $3, $4, $5, $6)
     on conflict (stream) do update
        set state = excluded.state, outline = excluded.outline, revision = excluded.revision, position = excluded.position`,
    [stream, state.notice, JSON.stringify(state), JSON.stringify(outlineOf(state)), header.revision, position],
  )
}
