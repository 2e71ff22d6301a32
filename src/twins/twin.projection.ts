/** Read model of the twins and of their data-quality findings: headers and clear codes, nothing that was sealed. */
import { applyAroundErasures } from '../projections/around-erasures.js'
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import type { KeyClass } from '../vault/key-class.js'
import type { Custody, TwinAbsorbed, TwinMergedInto, TwinRegistered } from './events.js'
import type { QualityFinding } from './quality/finding.js'
import { twinOfStream } from './twin-state.js'

/** What a batch changes in one twin's row. */
interface TwinChange {
  twin: string
  /** Revision of the first event of the batch: one that was applied before is not applied again. */
  first: number
  revision: number
  position: number
  lastRecordedAt: string
  facts: number
  corrections: number
  status?: 'active' | 'withdrawn' | 'merged'
  custody?: Custody
  survivor?: string
}

const FACT = /^twin\.(observation|condition|medication|procedure|genotype|report)-recorded$|^twin\.evidence-attached$/
const CORRECTION = new Set(['twin.fact-corrected', 'twin.demographics-corrected'])

export class TwinProjection implements Projection {
  readonly name = 'twins'
  readonly version = 2
  readonly tables = ['twin', 'twin_finding'] as const

  apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    return applyAroundErasures(
      events,
      (part) => applyTwins(part, sql),
      (subject, classes) => eraseFindings(subject, classes, sql),
    )
  }
}

async function applyTwins(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const mine = events.filter(({ header }) => header.type.startsWith('twin.'))
  if (mine.length === 0) return
  await insertRegistered(mine, sql)
  await updateTwins(mine, sql)
  await insertFindings(mine, sql)
  await resolveFindings(mine, sql)
  await countOpenFindings(mine, sql)
}

/** What was wrong with a value tells what the value was about: it goes with the facts. */
async function eraseFindings(subject: string, classes: readonly KeyClass[], sql: ProjectionSql): Promise<void> {
  if (!classes.includes('trial-record')) return
  await sql.query('delete from twin_finding where subject = $1', [subject])
  await sql.query('update twin set open_findings = 0, open_errors = 0 where subject = $1', [subject])
}

async function insertRegistered(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const registered = ofType<TwinRegistered>(events, 'twin.registered')
  if (registered.length === 0) return
  await sql.query(
    `insert into twin (twin, subject, status, controller, owner, source, revision, position,
                       registered_position, registered_at, last_recorded_at)
     select twin, subject, 'active', controller, owner, source, -1, position, position, at, at
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[])
            as r (twin, subject, controller, owner, source, position, at)
     on conflict (twin) do nothing`,
    columns(registered, ({ header, data, position }) => [
      twinOfStream(header.stream),
      header.subject,
      data.controller,
      data.owner,
      data.source,
      position,
      header.recordedAt,
    ]),
  )
}

async function updateTwins(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  await sql.query(
    `update twin set
       revision = c.revision, position = c.position, last_recorded_at = c.at,
       facts = twin.facts + c.facts, corrections = twin.corrections + c.corrections,
       status = coalesce(c.status, twin.status), survivor = coalesce(c.survivor, twin.survivor),
       controller = coalesce(c.controller, twin.controller), owner = coalesce(c.owner, twin.owner)
     from unnest($1::uuid[], $2::int[], $3::int[], $4::bigint[], $5::timestamptz[], $6::int[], $7::int[],
                 $8::text[], $9::uuid[], $10::text[], $11::text[])
          as c (twin, first, revision, position, at, facts, corrections, status, survivor, controller, owner)
     where twin.twin = c.twin and twin.revision < c.first`,
    columns(changesOf(events), (change) => [
      change.twin,
      change.first,
      change.revision,
      change.position,
      change.lastRecordedAt,
      change.facts,
      change.corrections,
      change.status ?? null,
      change.survivor ?? null,
      change.custody?.controller ?? null,
      change.custody?.owner ?? null,
    ]),
  )
}

function changesOf(events: readonly ProjectedEvent[]): TwinChange[] {
  const changes = new Map<string, TwinChange>()
  for (const { header, position, data } of events) {
    const { stream, revision, recordedAt: lastRecordedAt, type } = header
    const known = changes.get(stream) ?? { twin: twinOfStream(stream), first: revision, facts: 0, corrections: 0 }
    changes.set(stream, {
      ...known,
      revision,
      position,
      lastRecordedAt,
      facts: known.facts + Number(FACT.test(type)),
      corrections: known.corrections + Number(CORRECTION.has(type)),
      ...consequence(type, data),
    })
  }
  return [...changes.values()]
}

function consequence(type: string, data: object | null): Pick<TwinChange, 'status' | 'custody' | 'survivor'> {
  switch (type) {
    case 'twin.withdrawn-from-use':
      return { status: 'withdrawn' }
    case 'twin.returned-to-use':
      return { status: 'active' }
    case 'twin.merged-into':
      return { status: 'merged', survivor: (data as TwinMergedInto['data']).survivor }
    case 'twin.custody-changed':
      return { custody: data as Custody }
    default:
      return {}
  }
}

async function insertFindings(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const found = ofType<{ type: string; data: QualityFinding }>(events, 'twin.quality-finding-recorded')
  if (found.length === 0) return
  await sql.query(
    `insert into twin_finding (finding, twin, subject, dimension, severity, rule, rule_set, target, code, position, recorded_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[],
                          $9::text[], $10::bigint[], $11::timestamptz[])
     on conflict (finding) do nothing`,
    columns(found, ({ header, data, position }) => [
      header.id,
      twinOfStream(header.stream),
      header.subject ?? null,
      data.dimension,
      data.severity,
      data.rule,
      data.ruleSet,
      data.target ?? null,
      data.code ?? null,
      position,
      header.recordedAt,
    ]),
  )
}

async function resolveFindings(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const resolved = ofType<{ type: string; data: { finding: string } }>(events, 'twin.quality-finding-resolved')
  if (resolved.length === 0) return
  await sql.query(
    `update twin_finding set resolved_at = r.at from unnest($1::uuid[], $2::timestamptz[]) as r (finding, at)
     where twin_finding.finding = r.finding and twin_finding.resolved_at is null`,
    columns(resolved, ({ header, data }) => [data.finding, header.recordedAt]),
  )
}

/** A merge moves the other twin's findings to the survivor, who can settle them. */
async function countOpenFindings(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const absorbed = ofType<TwinAbsorbed>(events, 'twin.absorbed')
  if (absorbed.length > 0) {
    await sql.query(
      `update twin_finding set twin = a.survivor from unnest($1::uuid[], $2::uuid[]) as a (merged, survivor)
       where twin_finding.twin = a.merged`,
      columns(absorbed, ({ header, data }) => [data.merged, twinOfStream(header.stream)]),
    )
  }
  const merged = absorbed.map(({ data }) => data.merged)
  const twins = new Set([...events.map(({ header }) => twinOfStream(header.stream)), ...merged])
  await sql.query(
    `update twin set open_findings = f.open, open_errors = f.errors
       from (select t.twin, count(o.finding) as open, count(o.finding) filter (where o.severity = 'error') as errors
               from unnest($1::uuid[]) as t (twin)
               left join twin_finding o on o.twin = t.twin and o.resolved_at is null group by t.twin) f
      where twin.twin = f.twin and (twin.open_findings, twin.open_errors) is distinct from (f.open, f.errors)`,
    [[...twins]],
  )
}

type Readable<Event extends { data: object }> = ProjectedEvent & { data: Event['data'] }

function ofType<Event extends { type: string; data: object }>(
  events: readonly ProjectedEvent[],
  type: Event['type'],
): Readable<Event>[] {
  return events.filter((event): event is Readable<Event> => event.header.type === type && event.data !== null)
}

/** Rows turned into one array a column, as `unnest` takes them. */
function columns<Row>(rows: readonly Row[], cells: (row: Row) => unknown[]): unknown[][] {
  const table = rows.map(cells)
  return (table[0] ?? []).map((_, column) => table.map((row) => row[column]))
}
