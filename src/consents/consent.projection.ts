/** Read model of consents and of uses under them: codes and ids, nothing that was sealed. */
import { applyAroundErasures } from '../projections/around-erasures.js'
import type { ProjectedEvent, Projection, ProjectionSql } from '../projections/projection.js'
import type { KeyClass } from '../vault/key-class.js'
import type { ConsentEvent, ConsentGiven, ConsentRequested, ConsentUseAuthorised, ConsentUseRefused } from './events.js'

type Applied<Event extends ConsentEvent> = { header: ProjectedEvent['header']; position: number; data: Event['data'] }

export class ConsentProjection implements Projection {
  readonly name = 'consents'
  readonly version = 2
  readonly tables = ['consent', 'consent_use'] as const

  apply(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
    return applyAroundErasures(
      events,
      (part) => applyConsents(part, sql),
      (subject, classes) => eraseScopes(subject, classes, sql),
    )
  }
}

async function applyConsents(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  await startConsents(events, sql)
  await giveConsents(events, sql)
  await endConsents(events, sql)
  await insertUses(events, sql)
}

/**
 * That there was a consent, when, to whom and for which purposes proves itself (Art 7(1)); which diseases' research it was
 * limited to and which kinds of data tells of health, and goes with it. An empty limit lets nothing through.
 */
async function eraseScopes(subject: string, classes: readonly KeyClass[], sql: ProjectionSql): Promise<void> {
  if (!classes.includes('optional-research')) return
  await sql.query(`update consent set duo = '{}', model_classes = '{}', data_categories = '{}' where subject = $1`, [
    subject,
  ])
  await sql.query(`update consent_use set data_categories = '{}' where subject = $1`, [subject])
}

/** A consent becomes known by a request, or by being given unasked. */
async function startConsents(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const first = new Map<string, Applied<ConsentRequested> & { status: 'requested' | 'given' }>()
  for (const event of ofTypes<ConsentRequested>(events, 'consent.requested', 'consent.given')) {
    const { consent } = event.data
    const status = event.header.type === 'consent.requested' ? 'requested' : 'given'
    if (!first.has(consent)) first.set(consent, { ...event, status })
  }
  if (first.size === 0) return
  const rows = [...first.values()].map(({ header, position, data: { consent, scope, notice, expiresAt }, status }) => ({
    consent,
    subject: header.subject,
    status,
    ...scopeColumns(scope),
    notice_id: notice.id,
    notice_version: notice.version,
    notice_language: notice.language,
    requested_at: status === 'requested' ? header.recordedAt : null,
    expires_at: expiresAt ?? null,
    first_position: position,
    position,
  }))
  await sql.query(
    `insert into consent (consent, subject, status, purposes, duo, model_classes, trials, data_categories, controller,
                          notice_id, notice_version, notice_language, requested_at, expires_at, first_position, position)
     select consent, subject, status, purposes, duo, model_classes, trials, data_categories, controller,
            notice_id, notice_version, notice_language, requested_at, expires_at, first_position, position
       from ${rowsOf('consent')}
     on conflict (consent) do nothing`,
    [JSON.stringify(rows)],
  )
}

async function giveConsents(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const given = ofTypes<ConsentGiven>(events, 'consent.given')
  if (given.length === 0) return
  const rows = given.map(({ position, data: { consent, scope, notice, method, by, givenAt, expiresAt } }) => ({
    consent,
    ...scopeColumns(scope),
    notice_id: notice.id,
    notice_version: notice.version,
    notice_language: notice.language,
    method,
    given_by: by,
    given_at: givenAt,
    expires_at: expiresAt ?? null,
    position,
  }))
  await sql.query(
    `update consent set status = 'given', purposes = g.purposes, duo = g.duo, model_classes = g.model_classes,
            trials = g.trials, data_categories = g.data_categories, controller = g.controller, notice_id = g.notice_id,
            notice_version = g.notice_version, notice_language = g.notice_language, method = g.method,
            given_by = g.given_by, given_at = g.given_at, expires_at = g.expires_at, position = g.position
       from ${rowsOf('consent')} g
      where consent.consent = g.consent and consent.position <= g.position`,
    [JSON.stringify(rows)],
  )
}

const ENDS = {
  'consent.refused': 'refused',
  'consent.withdrawn': 'withdrawn',
  'consent.expired': 'expired',
} as const
type End = Extract<ConsentEvent, { type: keyof typeof ENDS }>

/** Nothing follows an end, so the order within a batch does not matter here. */
async function endConsents(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const ended = ofTypes<End>(events, ...(Object.keys(ENDS) as End['type'][]))
  if (ended.length === 0) return
  const rows = ended.map(({ header, position, data }) => ({
    consent: data.consent,
    status: ENDS[header.type as End['type']],
    method: 'method' in data ? data.method : null,
    given_by: 'by' in data ? data.by : null,
    ended_at: header.recordedAt,
    position,
  }))
  await sql.query(
    `update consent set status = e.status, ended_at = e.ended_at, position = e.position,
            method = coalesce(consent.method, e.method), given_by = coalesce(consent.given_by, e.given_by)
       from ${rowsOf('consent')} e
      where consent.consent = e.consent and consent.position <= e.position`,
    [JSON.stringify(rows)],
  )
}

async function insertUses(events: readonly ProjectedEvent[], sql: ProjectionSql): Promise<void> {
  const uses = ofTypes<ConsentUseAuthorised | ConsentUseRefused>(
    events,
    'consent.use-authorised',
    'consent.use-refused',
  )
  if (uses.length === 0) return
  const rows = uses.map(({ header, position, data }) => ({
    use: header.id,
    subject: header.subject,
    outcome: 'codes' in data ? 'refused' : 'authorised',
    consent: 'consent' in data ? data.consent : null,
    permit: 'permit' in data ? (data.permit ?? null) : null,
    purpose: data.use.purpose,
    model: data.use.model ?? null,
    trial: data.use.trial ?? null,
    data_categories: data.use.dataCategories ?? [],
    codes: 'codes' in data ? data.codes : [],
    reference: data.reference ?? null,
    actor: header.actor.id,
    actor_role: header.actor.role,
    actor_org: header.actor.org ?? null,
    position,
    recorded_at: header.recordedAt,
  }))
  await sql.query(
    `insert into consent_use (use, subject, outcome, consent, permit, purpose, model, trial, data_categories, codes, reference,
                              actor, actor_role, actor_org, position, recorded_at)
     select use, subject, outcome, consent, permit, purpose, model, trial, data_categories, codes, reference,
            actor, actor_role, actor_org, position, recorded_at
       from ${rowsOf('consent_use')}
     on conflict (use) do nothing`,
    [JSON.stringify(rows)],
  )
}

/** The first parameter, a JSON array, as rows of a table's type: PostgreSQL turns JSON arrays into its own. */
function rowsOf(table: 'consent' | 'consent_use'): string {
  return `json_populate_recordset(null::${table}, $1::json)`
}

function scopeColumns(scope: ConsentGiven['data']['scope']) {
  return {
    purposes: scope.purposes,
    duo: scope.duo,
    model_classes: scope.modelClasses === 'any' ? null : scope.modelClasses,
    trials: scope.trials ?? null,
    data_categories: scope.dataCategories === 'any' ? null : scope.dataCategories,
    controller: scope.controller,
  }
}

function ofTypes<Event extends ConsentEvent>(
  events: readonly ProjectedEvent[],
  ...types: readonly string[]
): Applied<Event>[] {
  return events.filter(({ header, data }) => types.includes(header.type) && data !== null) as Applied<Event>[]
}
