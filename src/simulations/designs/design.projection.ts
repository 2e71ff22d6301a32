/** Read model of designs: headers and codes; parameters and outputs are read from the ledger. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../../projections/projection.js'
import { designOfStream, statusOf, type DesignOutcome } from './design.js'
import type { DesignReplayed } from './events.js'

export class DesignProjection implements Projection {
  readonly name = 'designs'
  readonly version = 1
  readonly tables = ['design'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    const mine = events.filter(({ header, data }) => header.type.startsWith('design.') && data !== null)
    await insertEnded(
      mine.filter(({ header }) => header.type !== 'design.replayed'),
      sql,
    )
    for (const event of mine) if (event.header.type === 'design.replayed') await countReplay(event, sql)
  }
}

async function insertEnded(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ header, position, data }) => {
    const outcome = { type: header.type, data } as DesignOutcome
    return {
      design: designOfStream(header.stream),
      status: statusOf(outcome),
      model: outcome.data.model,
      version: outcome.data.version,
      codes: codesOf(outcome),
      replays: 0,
      replays_differing: 0,
      actor: header.actor.id,
      org: header.actor.org ?? null,
      ended_position: position,
      position,
      ended_at: header.recordedAt,
    }
  })
  await sql.query(
    `insert into design (design, status, model, version, codes, replays, replays_differing, actor, org, ended_position,
                         position, ended_at)
     select design, status, model, version, codes, replays, replays_differing, actor, org, ended_position, position, ended_at
       from json_populate_recordset(null::design, $1::json)
     on conflict (design) do nothing`,
    [JSON.stringify(rows)],
  )
}

function codesOf(outcome: DesignOutcome): readonly string[] {
  if (outcome.type === 'design.failed') return [outcome.data.code]
  return outcome.type === 'design.refused' ? outcome.data.reasons.map(({ input, code }) => `${input}:${code}`) : []
}

/** One that was applied before has a position that the row has passed, and counts nothing twice. */
async function countReplay({ header, position, data }: ProjectedEvent, sql: ProjectionSql): Promise<void> {
  const differing = (data as DesignReplayed['data']).equal ? 0 : 1
  await sql.query(
    `update design set replays = replays + 1, replays_differing = replays_differing + $3, position = $2
      where design = $1 and position < $2`,
    [designOfStream(header.stream), position, differing],
  )
}
