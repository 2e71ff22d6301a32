/** How the policy's table becomes a decision on a caller, an action and what it is about. Pure. */
import type { Action } from './actions.js'
import type { Caller } from './caller.js'
import {
  areCompatible,
  OPEN_IN_EMERGENCY,
  permission,
  PERSONAL_ACTS,
  PURPOSEFUL_USES,
  RECORD_READINGS,
  scopeConditions,
  type Permission,
  type ScopeCondition,
} from './policy.js'
import { purposesOfRequest } from './purpose-of-use.js'

/** How much of a record the caller may see: all of it, without identifiers, or event headers alone. */
export type Minimisation = 'full' | 'coded' | 'headers'

/** What the request is about, as far as scopes ask. What is not named is not in scope. */
export interface Resource {
  subject?: string
  twin?: string
  trial?: string
  /** The site that holds the record, or all sites that do. */
  site?: string | readonly string[]
  /** The organisation responsible: a trial's sponsor, a record's controller. */
  org?: string
  /** Actor id of whoever the entry is about. */
  actor?: string
  /** v3-ActReason code of the use that the action makes, or that consent was asked for. */
  purpose?: string
  /** That the consent room found this use covered. */
  consented?: boolean
  /** That the twin was drawn for a review that the caller carries out. */
  sampled?: boolean
  /** That the randomisation room found the arm open to the caller. */
  unblinded?: boolean
}

export type DenialCode =
  | 'action-not-permitted'
  | 'role-not-granted'
  | 'role-conflict'
  | 'service-account'
  | 'not-own-record'
  | 'not-own-act'
  | 'other-site'
  | 'other-trial'
  | 'other-organisation'
  | 'other-purpose'
  | 'use-not-consented'
  | 'twin-not-sampled'
  | 'ticket-missing'
  | 'arm-blinded'
  | 'consent-history-withheld'

export type Decision =
  { allowed: true; minimisation: Minimisation } | { allowed: false; code: DenialCode; reason: string }

/** Whether the caller's role can do the action at all, to something. Pure. */
export function decideByRole(caller: Caller, action: Action): Decision {
  if (!caller.roles.includes(caller.role))
    return denied('role-not-granted', 'No grant in force gives the caller this role where the token chooses it.')
  if (caller.role !== 'participant' && !caller.roles.every((held) => areCompatible(caller.role, held)))
    return denied('role-conflict', 'The caller holds roles that exclude each other.')
  if (caller.service === true && PERSONAL_ACTS.has(action))
    return denied('service-account', 'This is for persons; a service account never signs or decides.')
  if (caller.purpose !== undefined && purposesOfRequest(caller).length === 0)
    return denied('other-purpose', 'What the caller may use data for does not reach what this request is made for.')
  const cell = permission(caller.role, action)
  if (cell === 'deny') return denied('action-not-permitted', `The role ${caller.role} may not do ${action}.`)
  return { allowed: true, minimisation: minimisationOf(cell) }
}

/**
 * Whether the caller may do the action to the resource. Pure; whatever the resource does not say counts against the caller.
 *
 * @returns the decision; when allowed, how much of the record may be shown
 */
export function decide(caller: Caller, action: Action, resource: Resource = {}): Decision {
  const byRole = decideByRole(caller, action)
  if (!byRole.allowed) return byRole
  for (const condition of scopeConditions(caller.role, action)) {
    const check = CHECKS[condition]
    if (condition === 'site' && isOpenInEmergency(caller, action, resource)) continue
    if (!check.holds(caller, resource)) return denied(check.code, check.reason)
  }
  if (!hasPurpose(caller, action, resource))
    return denied('other-purpose', 'What the caller may use data for does not reach this.')
  return byRole
}

/**
 * Purpose limitation (GDPR Art 5(1)(b)). A use says what it is for, and so does a right that rests on consent. Reading a person's
 * record otherwise takes a purpose of the request that has its ground there.
 */
function hasPurpose(caller: Caller, action: Action, resource: Resource): boolean {
  const purposes: readonly string[] = purposesOfRequest(caller)
  const restsOnConsent = scopeConditions(caller.role, action).includes('consented')
  if (resource.purpose !== undefined && (restsOnConsent || PURPOSEFUL_USES.has(action)))
    return purposes.includes(resource.purpose)
  if (resource.subject === undefined || !RECORD_READINGS.has(action)) return true
  return isOpenInEmergency(caller, action, resource) || purposes.some((purpose) => hasGround(purpose, resource))
}

/** Research has its ground in consent, a trial's in the enrolment; what the other purposes need, the table asks. */
function hasGround(purpose: string, { trial, consented }: Resource): boolean {
  if (purpose === 'CLINTRCH') return trial !== undefined
  return purpose !== 'HRESCH' || consented === true
}

/**
 * Whether the caller may go through the records of many: what the list is of gives the ground, as each record does. Pure.
 *
 * @param trial whose participants alone are listed
 */
export function mayList(caller: Caller, action: Action, trial: string | undefined): boolean {
  if (!RECORD_READINGS.has(action)) return true
  const conditions = scopeConditions(caller.role, action)
  const ground: Resource = {
    trial: trial ?? (conditions.includes('trial') ? caller.trials?.[0] : undefined),
    consented: conditions.includes('consented'),
  }
  return purposesOfRequest(caller).some((purpose) => hasGround(purpose, ground))
}

/** Whether nothing but an emergency opens the record to the caller: it is held at other sites. */
export function opensByEmergency(caller: Caller, action: Action, resource: Resource): boolean {
  return isOpenInEmergency(caller, action, resource) && !CHECKS.site.holds(caller, resource)
}

function isOpenInEmergency({ emergencies = [] }: Caller, action: Action, { subject }: Resource): boolean {
  return OPEN_IN_EMERGENCY.has(action) && subject !== undefined && emergencies.includes(subject)
}

interface ScopeCheck {
  holds: (caller: Caller, resource: Resource) => boolean
  code: DenialCode
  reason: string
}

const CHECKS: Record<ScopeCondition, ScopeCheck> = {
  own: {
    holds: (caller, { subject }) => subject !== undefined && subject === caller.subject,
    code: 'not-own-record',
    reason: 'Only the own record is open to the caller.',
  },
  self: {
    holds: (caller, { actor }) => actor === caller.id,
    code: 'not-own-act',
    reason: 'Only what the caller did or is, is open to the caller.',
  },
  site: {
    holds: (caller, resource) => caller.site !== undefined && [resource.site].flat().includes(caller.site),
    code: 'other-site',
    reason: "The record is not held at the caller's site.",
  },
  trial: {
    holds: (caller, resource) => resource.trial !== undefined && (caller.trials ?? []).includes(resource.trial),
    code: 'other-trial',
    reason: 'The caller does not work on this trial.',
  },
  org: {
    holds: (caller, { org }) => org !== undefined && org === caller.org,
    code: 'other-organisation',
    reason: 'Another organisation is responsible for the record.',
  },
  consented: {
    holds: (_caller, resource) => resource.consented === true,
    code: 'use-not-consented',
    reason: 'No consent in force covers this use.',
  },
  sampled: {
    holds: (_caller, resource) => resource.sampled === true,
    code: 'twin-not-sampled',
    reason: 'The twin was not drawn for an open review of the caller.',
  },
  ticketed: {
    holds: ({ tickets = [] }, { twin }) => twin !== undefined && tickets.some((ticket) => ticket.twin === twin),
    code: 'ticket-missing',
    reason: 'No open ticket of the caller names this twin.',
  },
  unblinded: {
    holds: (_caller, resource) => resource.unblinded === true,
    code: 'arm-blinded',
    reason: 'The arm is not open to the caller.',
  },
}

function minimisationOf(cell: Exclude<Permission, 'deny'>): Minimisation {
  if (cell === 'allow') return 'full'
  if (cell.includes('headers-only')) return 'headers'
  return cell.includes('coded-only') ? 'coded' : 'full'
}

function denied(code: DenialCode, reason: string): Decision {
  return { allowed: false, code, reason }
}
