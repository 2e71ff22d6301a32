/** Read models of trials, their sites and enrolments. */
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import type { TrialEvent } from './events.js'
import { trialOfStream } from './trial-state.js'

type Type = TrialEvent['type']
type Recorded<T extends Type = Type> = ProjectedEvent & { data: Extract<TrialEvent, { type: T }>['data'] }
type Step<T extends Type> = (events: readonly Recorded<T>[], sql: ProjectionSql) => Promise<unknown>

export class TrialProjection implements Projection {
  readonly name = 'trials'
  readonly version = 1
  readonly tables = ['trial', 'trial_site', 'enrolment'] as const

  /** Neighbours of one type are applied in one statement: an import enrols thousands in a row. */
  async apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    const mine = events.filter((event): event is Recorded => event.header.type in STEPS && event.data !== null)
    for (const run of runsOfOneType(mine)) {
      await (STEPS[run[0]!.header.type as Type] as Step<Type>)(run, sql)
      await advance(run, sql)
    }
  }
}

const STEPS: { readonly [T in Type]: Step<T> } = {
  'trial.registered': (events, sql) =>
    sql.query(
      `insert into trial (trial, code, title, sponsor, protocol_id, protocol_version, phase, status, revision, position,
                          registered_position, registered_at)
       select trial, code, title, sponsor, protocol_id, protocol_version, phase, 'open', 0, position, position, at
         from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[],
                     $9::timestamptz[])
              as r (trial, code, title, sponsor, protocol_id, protocol_version, phase, position, at)`,
      columns(events, ({ header, data, position }) => [
        trialOfStream(header.stream),
        data.code,
        data.title,
        data.sponsor,
        data.protocol.id,
        data.protocol.version,
        data.phase ?? null,
        position,
        header.recordedAt,
      ]),
    ),
  'trial.protocol-amended': each(
    'update trial set protocol_id = $2, protocol_version = $3 where trial = $1',
    ({ data }) => [data.protocol.id, data.protocol.version],
  ),
  'trial.site-opened': each(
    `insert into trial_site (trial, site, country, status, opened_at) values ($1, $2, $3, 'open', $4)
     on conflict (trial, site) do update set country = excluded.country, status = 'open', closed_at = null`,
    ({ data, header }) => [data.site, data.country, header.recordedAt],
  ),
  'trial.site-closed': each(
    `update trial_site set status = 'closed', closed_at = $3 where trial = $1 and site = $2`,
    ({ data, header }) => [data.site, header.recordedAt],
  ),
  'trial.subject-enrolled': async (events, sql) => {
    await sql.query(
      `insert into enrolment (trial, code, subject, site, status, enrolled_at, position)
       select trial, code, subject, site, 'enrolled', at, position
         from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[], $6::bigint[])
              as e (trial, code, subject, site, at, position)`,
      columns(events, ({ header, data, position }) => [
        trialOfStream(header.stream),
        data.code,
        header.subject,
        data.site,
        header.recordedAt,
        position,
      ]),
    )
    await count('enrolled', events, sql)
  },
  'trial.subject-withdrawn': async (events, sql) => {
    await sql.query(
      `update enrolment set status = 'withdrawn', withdrawn_at = w.at, withdrawal_reason = w.reason
         from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[]) as w (trial, code, at, reason)
        where enrolment.trial = w.trial and enrolment.code = w.code`,
      columns(events, ({ header, data }) => [
        trialOfStream(header.stream),
        data.code,
        header.recordedAt,
        header.reason ?? null,
      ]),
    )
    await count('withdrawn', events, sql)
  },
  'trial.closed': each(
    `update trial set status = 'closed', closed_at = $2, closing_reason = $3 where trial = $1`,
    ({ header }) => [header.recordedAt, header.reason ?? null],
  ),
}

/** A step of rare events: one statement each, whose first value is the trial. */
function each<T extends Type>(statement: string, values: (event: Recorded<T>) => unknown[]): Step<T> {
  return async (events, sql) => {
    for (const event of events) await sql.query(statement, [trialOfStream(event.header.stream), ...values(event)])
  }
}

function count(column: 'enrolled' | 'withdrawn', events: readonly Recorded[], sql: ProjectionSql) {
  return sql.query(
    `update trial set ${column} = trial.${column} + c.n
       from (select t, count(*) as n from unnest($1::uuid[]) as t group by t) c where trial.trial = c.t`,
    [events.map(({ header }) => trialOfStream(header.stream))],
  )
}

function advance(events: readonly Recorded[], sql: ProjectionSql) {
  const last = new Map(events.map((event) => [trialOfStream(event.header.stream), event]))
  return sql.query(
    `update trial set revision = l.revision, position = l.position
       from unnest($1::uuid[], $2::integer[], $3::bigint[]) as l (trial, revision, position) where trial.trial = l.trial`,
    columns([...last], ([trial, { header, position }]) => [trial, header.revision, position]),
  )
}

function runsOfOneType(events: readonly Recorded[]): Recorded[][] {
  const runs: Recorded[][] = []
  for (const event of events) {
    const run = runs.at(-1)
    if (run?.[0]!.header.type === event.header.type) run.push(event)
    else runs.push([event])
  }
  return runs
}

/** Rows turned into one array a column, as `unnest` takes them. */
function columns<Row>(rows: readonly Row[], cells: (row: Row) => unknown[]): unknown[][] {
  const table = rows.map(cells)
  return (table[0] ?? []).map((_, column) => table.map((row) => row[column]))
}
