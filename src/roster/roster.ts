/** Pure: who may come in, as what, and what may follow. */
import { isReviewOverdue } from '../identity/emergency-review.js'
import type { Role } from '../identity/roles.js'
import type { Decider } from '../journal/decider.js'
import { Conflict, NotFound, Unprocessable } from '../platform/errors.js'
import { requireEmergency, requireNoneOpen, requireReviewable } from './emergencies/emergency-rules.js'
import type { GrantTerms, RosterEvent, RosterOpened } from './events.js'
import {
  isPending,
  requireAnotherPerson,
  requireApprover,
  requireCompatible,
  requireGrant,
  requirePending,
  requirePerson,
  requireSoundTerms,
  requireTraining,
} from './grant-rules.js'
import { EMPTY, evolve, type RosterState } from './roster-state.js'
import { decideTicket, type TicketCommand } from './tickets/decide-ticket.js'
import { isOpen } from './time-boxed.js'

/** Who asks, and in which role. */
export interface By {
  by: string
  role: Role
}

export type RosterCommand =
  | ({ do: 'open' } & RosterOpened['data'])
  | { do: 'register'; actor: string; kind: 'person' | 'service'; owner?: string }
  | { do: 'retire'; actor: string; by: string }
  | { do: 'train'; actor: string; by: string; role: Role; completedOn: string; validUntil: string }
  | { do: 'attest'; actor: string; statement: string }
  | { do: 'request-grant'; grant: string; actor: string; by: string; terms: GrantTerms }
  | ({ do: 'approve-grant' | 'decline-grant'; grant: string } & By)
  | { do: 'execute-grant' | 'revoke-grant'; grant: string; by: string }
  | { do: 'review-grant'; grant: string; by: string; finding: 'confirmed' | 'to-be-revoked' }
  | { do: 'revoke' | 'reinstate' | 'unlock'; actor: string; by: string }
  | { do: 'open-emergency'; emergency: string; actor: string; subject: string; twin: string; until: string }
  | { do: 'close-emergency'; emergency: string; by: string }
  /** By those who review such access, whoever opened it. */
  | { do: 'end-emergency'; emergency: string }
  | { do: 'review-emergency'; emergency: string; by: string; finding: 'justified' | 'not-justified' }
  | { do: 'report-overdue'; emergency: string }
  | TicketCommand
  | { do: 'lock'; actor: string; factor: string; failures: number }

/** @param at RFC 3339, when it is decided; no part of the command, so that a repeated request is the same command */
export const rosterAt = (at: string): Decider<RosterState, RosterCommand, RosterEvent> => ({
  initial: EMPTY,
  evolve,
  decide: (state, command) => decide(state, command, at),
})

/** @throws Conflict, NotFound and Unprocessable with the codes named at the rules below and in grant-rules.ts */
function decide(state: RosterState, command: RosterCommand, at: string): readonly RosterEvent[] {
  switch (command.do) {
    case 'open':
      return open(state, command)
    case 'register':
      return register(state, command)
    case 'retire':
      notOneself(command)
      requirePerson(state, command.actor)
      return [{ type: 'roster.person-retired', data: { actor: command.actor } }]
    case 'train': {
      const { actor, by, role, completedOn, validUntil } = command
      requirePerson(state, actor)
      if (actor === by) throw new Conflict('own-training', 'Nobody records their own training.')
      if (validUntil <= completedOn || at.slice(0, 10) < completedOn)
        throw new Unprocessable('training-invalid', 'A training was completed by today and is valid for some time.')
      return [{ type: 'roster.training-recorded', data: { actor, role, completedOn, validUntil } }]
    }
    case 'attest': {
      const { actor, statement } = command
      const { kind, attestations } = requirePerson(state, actor)
      if (kind === 'service') throw new Conflict('not-a-person', 'A service account attests to nothing.')
      if (attestations.some((made) => made.statement === statement)) return []
      return [{ type: 'roster.attestation-recorded', data: { actor, statement } }]
    }
    case 'revoke':
    case 'reinstate':
      return decideAccess(state, command)
    case 'lock': {
      const { actor, factor, failures } = command
      return state.people.get(actor)?.locked
        ? []
        : [{ type: 'roster.sign-in-locked', data: { actor, factor, failures } }]
    }
    case 'unlock':
      notOneself(command)
      if (!state.people.get(command.actor)?.locked)
        throw new NotFound('account-not-locked', 'The account is not locked.')
      return [{ type: 'roster.sign-in-unlocked', data: { actor: command.actor } }]
    case 'open-emergency':
    case 'close-emergency':
    case 'end-emergency':
    case 'review-emergency':
    case 'report-overdue':
      return decideEmergency(state, command, at)
    case 'request-ticket':
    case 'approve-ticket':
    case 'decline-ticket':
    case 'revoke-ticket':
    case 'return-ticket':
      return decideTicket(state, command, at)
    default:
      return decideGrant(state, command, at)
  }
}

type EmergencyCommand = Extract<RosterCommand, { emergency: string }>

function decideEmergency(state: RosterState, command: EmergencyCommand, at: string): readonly RosterEvent[] {
  if (command.do === 'open-emergency') {
    const { do: _do, ...data } = command
    requireNoneOpen(state, data, at)
    return [{ type: 'roster.emergency-opened', data }]
  }
  const known = requireEmergency(state, command.emergency)
  const data = { actor: known.actor, emergency: known.emergency }
  const closed: RosterEvent[] = isOpen(known, at) ? [{ type: 'roster.emergency-closed', data }] : []
  switch (command.do) {
    case 'close-emergency':
      if (known.actor !== command.by) throw new Conflict('emergency-of-another', 'Only who opened it closes it early.')
      return closed
    case 'end-emergency':
      return closed
    case 'review-emergency': {
      requireReviewable(known, command.by)
      const reviewed: RosterEvent = { type: 'roster.emergency-reviewed', data: { ...data, finding: command.finding } }
      // What was not justified is open to nobody any longer.
      return command.finding === 'not-justified' ? [reviewed, ...closed] : [reviewed]
    }
    case 'report-overdue': {
      const reported = known.overdueReported || !isReviewOverdue(known, at)
      return reported ? [] : [{ type: 'roster.emergency-review-overdue', data }]
    }
  }
}

type GrantCommand = Extract<RosterCommand, { grant: string }>

function decideGrant(state: RosterState, command: GrantCommand, at: string): readonly RosterEvent[] {
  const { grant: id, by } = command
  if (command.do === 'request-grant') {
    const { actor, terms } = command
    const asked = { ...terms, actor }
    requireAnotherPerson(by, asked)
    requirePerson(state, actor)
    requireSoundTerms(terms)
    requireCompatible(state, asked, at)
    return [{ type: 'roster.grant-requested', data: { grant: id, ...asked } }]
  }
  const grant = requireGrant(state, id)
  const data = { grant: id, actor: grant.actor }
  switch (command.do) {
    case 'approve-grant':
      requirePending(grant)
      requireAnotherPerson(by, grant, grant.requested)
      requireApprover(grant, command.role)
      return [{ type: 'roster.grant-approved', data }]
    case 'decline-grant':
      requirePending(grant)
      requireAnotherPerson(by, grant)
      requireApprover(grant, command.role)
      return [{ type: 'roster.grant-declined', data }]
    case 'execute-grant':
      if (!isPending(grant) || !grant.approved)
        throw new Conflict(
          'grant-not-approved',
          'Only a grant that was approved and not yet executed is put into force.',
        )
      requireAnotherPerson(by, grant, grant.requested, grant.approved)
      requireTraining(requirePerson(state, grant.actor), grant.role, at)
      requireCompatible(state, grant, at)
      return [{ type: 'roster.grant-executed', data }]
    case 'review-grant':
      if (!grant.executed) throw new Conflict('grant-not-approved', 'Only a grant that was put into force is reviewed.')
      requireAnotherPerson(by, grant, grant.requested, grant.approved, grant.executed)
      return [{ type: 'roster.grant-reviewed', data: { ...data, finding: command.finding } }]
    case 'revoke-grant':
      if (grant.actor === by) throw new Conflict('own-grant', 'Nobody has a hand in their own grant.')
      if (grant.revoked || grant.declined) throw new Conflict('grant-ended', 'The grant ended before.')
      return [{ type: 'roster.grant-revoked', data }]
  }
}

/** Evaluation accounts are added where they are missing; the people of a configuration come once, into an empty roster. */
function open({ people: known }: RosterState, { basis, people }: RosterOpened['data']): readonly RosterEvent[] {
  if (basis === 'configuration' && known.size > 0) return []
  const missing = people.filter(({ actor }) => known.get(actor)?.registeredAt === undefined)
  return missing.length === 0 ? [] : [{ type: 'roster.opened', data: { basis, people: missing } }]
}

/** @throws Conflict `id-taken`, `id-retired` (21 CFR 11.100: never used again); Unprocessable `owner-unfit` */
function register(
  state: RosterState,
  { actor, kind, owner }: Extract<RosterCommand, { do: 'register' }>,
): RosterEvent[] {
  const known = state.people.get(actor)
  if (known?.retiredAt !== undefined) throw new Conflict('id-retired', 'This id was retired and is never used again.')
  if (known?.registeredAt !== undefined) throw new Conflict('id-taken', 'Somebody is registered under this id already.')
  if (kind === 'person') return [{ type: 'roster.person-registered', data: { actor, kind } }]
  if (owner === undefined || requirePerson(state, owner).kind !== 'person')
    throw new Unprocessable('owner-unfit', 'A service account has a registered person who answers for it.')
  return [{ type: 'roster.person-registered', data: { actor, kind, owner } }]
}

/** @throws Conflict `access-revoked-already`, `own-access`; NotFound `access-not-revoked` */
function decideAccess({ people }: RosterState, command: { do: string; actor: string; by: string }): RosterEvent[] {
  notOneself(command)
  const { actor } = command
  const revoked = people.get(actor)?.revoked ?? false
  if (command.do === 'revoke') {
    if (revoked) throw new Conflict('access-revoked-already', 'The access was revoked already.')
    return [{ type: 'roster.access-revoked', data: { actor } }]
  }
  if (!revoked) throw new NotFound('access-not-revoked', 'The access is not revoked.')
  return [{ type: 'roster.access-reinstated', data: { actor } }]
}

/** @throws Conflict `own-access` (nobody locks out or lets in themselves) */
function notOneself({ actor, by }: { actor: string; by: string }): void {
  if (actor === by) throw new Conflict('own-access', 'Nobody decides on their own access.')
}
