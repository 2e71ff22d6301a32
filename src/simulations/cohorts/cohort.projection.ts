/** Read model of cohorts: what was asked, how far it is, how it ended. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../../projections/projection.js'
import { cohortOfStream } from './cohort.js'
import type { CohortPartFinished, CohortReplayed, CohortReplayRequested, CohortRequested } from './events.js'

export class CohortProjection implements Projection {
  readonly name = 'cohorts'
  readonly version = 1
  readonly tables = ['cohort'] as const

  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    for (const event of events) {
      const { header, position, data } = event
      if (!header.type.startsWith('cohort.') || data === null) continue
      if (header.type === 'cohort.requested') await insert(event, data as CohortRequested['data'], sql)
      else await update(cohortOfStream(header.stream), position, changeBy(event, data), sql)
    }
  }
}

async function insert(
  { header, position }: ProjectedEvent,
  { order, version, size, parts }: CohortRequested['data'],
  sql: ProjectionSql,
): Promise<void> {
  await sql.query(
    `insert into cohort (cohort, status, model, version, purpose, trial, size, parts, parts_finished, completed, refused,
                         failed, cancelled, not_run, replays, replays_differing, actor, requested_position, position,
                         requested_at, permit)
     values ($1, 'running', $2, $3, $4, $5, $6, $7, 0, 0, 0, 0, 0, 0, 0, 0, $8, $9, $9, $10, $11)
     on conflict (cohort) do nothing`,
    [
      cohortOfStream(header.stream),
      order.model,
      version,
      order.purpose,
      order.trial ?? null,
      size,
      parts,
      header.actor.id,
      position,
      header.recordedAt,
      order.permit ?? null,
    ],
  )
}

/** What an event adds to the numbers of a cohort, and the status it leads to. */
interface Change {
  status?: 'cancelling' | 'ended'
  endedAt?: string
  /** Of the replay that is under way from then on; null: none. */
  replaying?: string | null
  add?: Partial<Record<(typeof COUNTED)[number], number>>
}

const COUNTED = [
  'parts_finished',
  'completed',
  'refused',
  'failed',
  'cancelled',
  'not_run',
  'opted_out',
  'replays',
  'replays_differing',
] as const

function changeBy({ header }: ProjectedEvent, data: object): Change {
  switch (header.type) {
    case 'cohort.part-finished': {
      const { notRun, optedOut = 0, ...outcomes } = (data as CohortPartFinished['data']).outcomes
      return { add: { parts_finished: 1, ...outcomes, not_run: notRun, opted_out: optedOut } }
    }
    case 'cohort.cancelled':
      return { status: 'cancelling' }
    case 'cohort.finished':
      return { status: 'ended', endedAt: header.recordedAt }
    case 'cohort.replay-requested':
      return { replaying: (data as CohortReplayRequested['data']).replay }
    case 'cohort.replay-cancelled':
      return { replaying: null }
    case 'cohort.replayed':
      return {
        replaying: null,
        add: { replays: 1, replays_differing: Number((data as CohortReplayed['data']).differing > 0) },
      }
    default:
      return {}
  }
}

/** An event that was applied before lies at a position that the row has passed, and counts nothing twice. */
async function update(
  cohort: string,
  position: number,
  { status, endedAt, replaying, add = {} }: Change,
  sql: ProjectionSql,
) {
  const sums = COUNTED.map((name, index) => `${name} = ${name} + $${index + 7}`)
  await sql.query(
    `update cohort set position = $2, ended_at = coalesce($4, ended_at),
            status = case $3 when 'cancelling' then 'cancelling'
                             when 'ended' then case status when 'cancelling' then 'cancelled' else 'finished' end
                             else status end,
            replaying = case when $5 then $6::uuid else replaying end, ${sums.join(', ')}
      where cohort = $1 and position < $2`,
    [
      cohort,
      position,
      status ?? null,
      endedAt ?? null,
      replaying !== undefined,
      replaying ?? null,
      ...COUNTED.map((name) => add[name] ?? 0),
    ],
  )
}
