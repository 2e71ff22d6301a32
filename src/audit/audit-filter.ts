/** Which entries of the trail are asked for, and which the caller may see at all. */
import type { SelectQueryBuilder } from 'typeorm'
import type { Scope } from '../identity/policy.service.js'
import { isUuid } from '../ledger/event-header.js'
import { Forbidden } from '../platform/errors.js'
import type { AuditEntryRow } from './audit-entry.row.js'
import { SubjectSiteRow } from './subject-site.row.js'

/** Every field that is given must match. */
export interface AuditFilter {
  subject?: string
  actor?: string
  role?: string
  trial?: string
  /** With `trial`: the person enrolled there under this code; it takes effect through the scope (see `within`). */
  enrolmentCode?: string
  /** Exact event types; a prefix is written out by `typesMatching`. */
  types?: readonly string[]
  purpose?: string
  reason?: string
  stream?: string
  correlation?: string
  /** Event id: what it caused, such as the readings under a ticket that it approved. */
  causation?: string
  /** Recorded at or after this time. */
  from?: string
  /** Recorded before this time. */
  to?: string
  fromPosition?: number
  /** Exclusive. */
  toPosition?: number
  /** The trail as it was when the log held this many events. */
  asOfPosition?: number
}

/**
 * What a caller may see of the trail. `veiled` readers work within trials, or on their own runs, and must not be able to
 * tell that persons of two trials are one: they get the trial's enrolment code and never a subject's id, nor anything else
 * that is the same for one person everywhere (streams named after a person or twin, key ids).
 */
export interface AuditScope extends Pick<Scope, 'minimisation' | 'subject' | 'actor' | 'site' | 'trials'> {
  veiled: boolean
  /** Given for a person who reads their own trail: organisations whose acts they are not told of now. */
  untold?: readonly string[]
}

/** Type of the event that a disclosure outside of this service leaves. */
export const DISCLOSED_ELSEWHERE = 'disclosure.recorded'

/** Ids of a token that are none of ours open nothing. */
export function auditScope({ minimisation, subject, actor, site, trials }: Scope): AuditScope {
  return {
    minimisation,
    actor,
    site,
    trials: trials?.filter(isUuid),
    subject: subject === undefined || isUuid(subject) ? subject : NOBODY,
    veiled: actor !== undefined || trials !== undefined,
  }
}

/** The scope narrowed to one person; to nobody, when there is no such person or the scope does not hold them. */
export function within(scope: AuditScope, subject: string | null): AuditScope {
  const outside = subject === null || (scope.subject !== undefined && scope.subject !== subject)
  return { ...scope, subject: outside ? NOBODY : subject }
}

/** No subject has the nil UUID: what is narrowed to it is empty. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

const WITHHELD_FIELDS = ['subject', 'stream']
const WITHHELD_ORDERS = [...WITHHELD_FIELDS, 'actor']

/** Whether the caller is not to learn whom an entry is about, nor which participant acted. */
const withholdsPeople = ({ veiled, minimisation }: AuditScope): boolean => veiled || minimisation === 'headers'

/**
 * What is withheld can neither be filtered nor ordered by, or the answers would tell it after all. By who acts can be filtered, which
 * then finds no participant (see `filtered`), and not ordered: a participant's entries would stand together.
 *
 * @param fields names of filter fields
 * @throws Forbidden `audit-field-withheld`
 */
export function requireShownFields(scope: AuditScope, fields: readonly string[], orderedBy = 'position'): void {
  if (!withholdsPeople(scope)) return
  const field =
    fields.find((name) => WITHHELD_FIELDS.includes(name)) ?? WITHHELD_ORDERS.find((name) => name === orderedBy)
  if (field !== undefined)
    throw new Forbidden('audit-field-withheld', 'This field is withheld from the caller, and cannot be asked by.', {
      field,
    })
}

/** The known event types that a pattern names: `twin.registered`, or `twin.*` for all that begin so. */
export function typesMatching(pattern: string, known: readonly string[]): string[] {
  if (!pattern.endsWith('*')) return [pattern]
  return known.filter((type) => type.startsWith(pattern.slice(0, -1)))
}

/** Adds filter and scope to a query over `read.audit_entry` under the alias `entry`. */
export function filtered(
  query: SelectQueryBuilder<AuditEntryRow>,
  filter: AuditFilter,
  scope: AuditScope,
): SelectQueryBuilder<AuditEntryRow> {
  for (const [field, column] of EQUALITIES) {
    if (filter[field] !== undefined) query.andWhere(`entry.${column} = :${field}`, { [field]: filter[field] })
  }
  for (const [field, comparison] of BOUNDS) {
    if (filter[field] !== undefined) query.andWhere(`entry.${comparison} :${field}`, { [field]: filter[field] })
  }
  if (filter.types?.length === 1) query.andWhere('entry.type = :type', { type: filter.types[0] })
  else if (filter.types) query.andWhere('entry.type = any (:types)', { types: filter.types })
  if (filter.actor !== undefined && withholdsPeople(scope)) query.andWhere("entry.actorRole <> 'participant'")
  return narrowed(query, scope)
}

const EQUALITIES = [
  ['subject', 'subject'],
  ['actor', 'actorId'],
  ['role', 'actorRole'],
  ['trial', 'trial'],
  ['purpose', 'purpose'],
  ['reason', 'reason'],
  ['stream', 'stream'],
  ['correlation', 'correlation'],
  ['causation', 'causation'],
] as const satisfies readonly (readonly [keyof AuditFilter, keyof AuditEntryRow])[]

const BOUNDS = [
  ['from', 'recordedAt >='],
  ['to', 'recordedAt <'],
  ['fromPosition', 'position >='],
  ['toPosition', 'position <'],
  ['asOfPosition', 'position <'],
] as const satisfies readonly (readonly [keyof AuditFilter, string])[]

function narrowed(
  query: SelectQueryBuilder<AuditEntryRow>,
  { subject, actor, site, trials, untold = [] }: AuditScope,
): SelectQueryBuilder<AuditEntryRow> {
  if (subject !== undefined) query.andWhere('entry.subject = :ownSubject', { ownSubject: subject })
  if (untold.length > 0)
    // What was disclosed elsewhere is sealed: whether it was to one of them, the trail cannot tell.
    query.andWhere(
      `(entry.actorOrg is null or not entry.actorOrg = any (:untold)) and entry.type <> '${DISCLOSED_ELSEWHERE}'`,
      { untold },
    )
  if (actor !== undefined) query.andWhere('entry.actorId = :ownActor', { ownActor: actor })
  if (trials !== undefined)
    // What an inspector looks at is no business of the inspected.
    query.andWhere(`entry.trial = any (:ownTrials) and entry.actorRole <> 'regulator'`, { ownTrials: trials })
  if (site !== undefined) {
    const held = query.subQuery().select('held.subject').from(SubjectSiteRow, 'held').where('held.site = :ownSite')
    query.andWhere(`entry.subject in ${held.getQuery()}`, { ownSite: site })
  }
  return query
}
