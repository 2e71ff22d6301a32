/** Read model of simulation runs: headers and clear codes, nothing that was sealed. */
import { applyAroundErasures } from '../projections/around-erasures.js'
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import type { KeyClass } from '../vault/key-class.js'
import {
  keyClassOf,
  type SimulationFailed,
  type SimulationRefused,
  type SimulationReplayed,
  type SimulationRequested,
} from './events.js'
import { runOfStream, type RunStatus } from './simulation.js'

export class RunProjection implements Projection {
  readonly name = 'simulation-runs'
  readonly version = 3
  readonly tables = ['simulation_run'] as const

  apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    return applyAroundErasures(
      events,
      (part) => applyRuns(part, sql),
      (subject, classes) => eraseReasons(subject, classes, sql),
    )
  }
}

async function applyRuns(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const mine = events.filter(({ header }) => header.type.startsWith('simulation.'))
  await insertRequested(mine, sql)
  await endRuns(mine, sql)
  await countReplays(mine, sql)
}

/** Why a run was refused or failed tells of the inputs; it goes with the class that seals the run's values. */
async function eraseReasons(subject: string, classes: readonly KeyClass[], sql: ProjectionSql): Promise<void> {
  await sql.query(
    `update simulation_run set codes = '{}'
      where subject = $1 and case when trial is null then $2::boolean else $3::boolean end`,
    [subject, classes.includes(keyClassOf({})), classes.includes(keyClassOf({ trial: 'any' }))],
  )
}

async function insertRequested(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const rows = events
    .filter(({ header, data }) => header.type === 'simulation.requested' && data !== null)
    .map(({ header, position, data }) => {
      const { model, version, twin, twinRevision, purpose, use, cohort } = data as SimulationRequested['data']
      return {
        run: runOfStream(header.stream),
        status: 'requested',
        model,
        version,
        twin,
        twin_revision: twinRevision,
        subject: header.subject,
        trial: header.trial ?? null,
        purpose,
        stamp: use.stamp,
        codes: [],
        replays: 0,
        replays_differing: 0,
        actor: header.actor.id,
        requested_position: position,
        position,
        requested_at: header.recordedAt,
        cohort: cohort ?? null,
      }
    })
  if (rows.length === 0) return
  await sql.query(
    `insert into simulation_run (run, status, model, version, twin, twin_revision, subject, trial, purpose, stamp, codes, replays,
                                 replays_differing, actor, requested_position, position, requested_at, cohort)
     select run, status, model, version, twin, twin_revision, subject, trial, purpose, stamp, codes, replays,
            replays_differing, actor, requested_position, position, requested_at, cohort
       from json_populate_recordset(null::simulation_run, $1::json)
     on conflict (run) do nothing`,
    [JSON.stringify(rows)],
  )
}

const ENDS: Readonly<Record<string, RunStatus>> = {
  'simulation.completed': 'completed',
  'simulation.refused': 'refused',
  'simulation.failed': 'failed',
  'simulation.cancelled': 'cancelled',
}

async function endRuns(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const rows = events
    .filter(({ header }) => header.type in ENDS)
    .map(({ header, position, data }) => ({
      run: runOfStream(header.stream),
      status: ENDS[header.type],
      codes: codesOf(header.type, data),
      position,
      ended_at: header.recordedAt,
    }))
  if (rows.length === 0) return
  await sql.query(
    `update simulation_run set status = e.status, codes = e.codes, position = e.position, ended_at = e.ended_at
       from json_populate_recordset(null::simulation_run, $1::json) e
      where simulation_run.run = e.run and simulation_run.position < e.position`,
    [JSON.stringify(rows)],
  )
}

function codesOf(type: string, data: object | null): readonly string[] {
  if (data === null) return []
  if (type === 'simulation.failed') return [(data as SimulationFailed['data']).code]
  if (type !== 'simulation.refused') return []
  const refusal = data as SimulationRefused['data']
  return refusal.stage !== 'inputs' ? refusal.codes : refusal.reasons.map(({ input, code }) => `${input}:${code}`)
}

/** A batch that was applied before has positions that the row has passed, and counts nothing twice. */
async function countReplays(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const rows = events
    .filter(({ header, data }) => header.type === 'simulation.replayed' && data !== null)
    .map(({ header, position, data }) => ({
      run: runOfStream(header.stream),
      position,
      differing: Number(!(data as SimulationReplayed['data']).equal),
    }))
  if (rows.length === 0) return
  await sql.query(
    `update simulation_run set replays = simulation_run.replays + r.replays, position = r.position,
            replays_differing = simulation_run.replays_differing + r.differing
       from (select n.run, count(*)::int as replays, sum(n.differing)::int as differing, max(n.position) as position
               from json_to_recordset($1::json) as n (run uuid, position bigint, differing int)
               join simulation_run s on s.run = n.run and s.position < n.position group by n.run) r
      where simulation_run.run = r.run`,
    [JSON.stringify(rows)],
  )
}
