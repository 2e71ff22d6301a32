/** The roster as its events tell it: people, what they were granted, and who had a hand in it. Pure. */
import type { Role } from '../identity/roles.js'
import type { EventMetadata } from '../journal/decider.js'
import type { GrantTerms, RosterEvent } from './events.js'
import type { TimeBoxed } from './time-boxed.js'

export interface Person {
  readonly actor: string
  readonly kind: 'person' | 'service'
  /** Of a service account: who answers for it. */
  readonly owner?: string
  /** Absent: never registered, and known for a revocation or a lock alone. */
  readonly registeredAt?: string
  readonly retiredAt?: string
  readonly revoked: boolean
  readonly locked: boolean
  readonly trainings: readonly { role: Role; completedOn: string; validUntil: string }[]
  readonly attestations: readonly { statement: string; at: string }[]
}

/** Who did a step, and when. */
export interface Act {
  readonly by: string
  readonly role: string
  readonly at: string
}

export interface Grant extends GrantTerms {
  readonly grant: string
  readonly actor: string
  readonly basis: 'request' | 'configuration' | 'evaluation'
  readonly requested: Act
  readonly approved?: Act
  readonly declined?: Act
  /** In force since, unless `from` is later. */
  readonly executed?: Act
  readonly revoked?: Act
  readonly reviews: readonly (Act & { finding: 'confirmed' | 'to-be-revoked' })[]
}

/** One person's record, opened to somebody who has no other right to it. */
export interface Emergency extends TimeBoxed {
  readonly emergency: string
  readonly actor: string
  readonly subject: string
  readonly twin: string
  /** Code. */
  readonly reason?: string
  readonly openedAt: string
  readonly until: string
  readonly closedAt?: string
  readonly review?: Act & { finding: 'justified' | 'not-justified' }
  readonly overdueReported?: true
}

/** Leave to see who one twin stands for. */
export interface Ticket extends TimeBoxed {
  readonly ticket: string
  readonly actor: string
  readonly subject: string
  readonly twin: string
  readonly hours: number
  /** Code. */
  readonly reason?: string
  readonly requestedAt: string
  readonly approved?: Act
  /** Id of the event that approved it. */
  readonly approval?: string
  readonly declined?: Act
}

export interface RosterState {
  readonly people: ReadonlyMap<string, Person>
  readonly grants: ReadonlyMap<string, Grant>
  readonly emergencies: ReadonlyMap<string, Emergency>
  readonly tickets: ReadonlyMap<string, Ticket>
}

export const EMPTY: RosterState = { people: new Map(), grants: new Map(), emergencies: new Map(), tickets: new Map() }

/**
 * A grant carries rights from its execution and its `from` on, until its end or its revocation; as of `at`.
 *
 * @param at RFC 3339 in UTC with milliseconds, as the log writes times
 */
export function isInForce({ executed, revoked, from, until }: Grant, at: string): boolean {
  return executed !== undefined && revoked === undefined && from <= at && (until === undefined || at < until)
}

/** Whether grants of this person give anything at all, leaving their terms aside. */
export function isActive(person: Person | undefined, { people }: Pick<RosterState, 'people'>): boolean {
  if (!person || person.revoked || person.retiredAt !== undefined) return false
  if (person.kind === 'person') return true
  const owner = people.get(person.owner!)
  return owner?.kind === 'person' && isActive(owner, { people })
}

export function evolve(
  state: RosterState,
  event: RosterEvent,
  { id, recordedAt, actor, reason }: EventMetadata,
): RosterState {
  const act: Act = { by: actor.id, role: actor.role, at: recordedAt }
  switch (event.type) {
    case 'roster.opened': {
      const { basis, people } = event.data
      const opened = people.map(({ actor: id }) => registered(state, { actor: id, kind: 'person' }, recordedAt))
      const granted = people.map((first): Grant => {
        const { grant, actor: id, role, scope } = first
        const terms = { role, scope, from: recordedAt }
        return { ...terms, grant, actor: id, basis, requested: act, approved: act, executed: act, reviews: [] }
      })
      return {
        ...state,
        people: new Map([...state.people, ...opened.map((person) => [person.actor, person] as const)]),
        grants: new Map([...state.grants, ...granted.map((grant) => [grant.grant, grant] as const)]),
      }
    }
    case 'roster.person-registered':
      return withPerson(state, registered(state, event.data, recordedAt))
    case 'roster.person-retired':
      return changed(state, event.data.actor, () => ({ retiredAt: recordedAt }))
    case 'roster.access-revoked':
      return changed(state, event.data.actor, () => ({ revoked: true }))
    case 'roster.access-reinstated':
      return changed(state, event.data.actor, () => ({ revoked: false }))
    case 'roster.sign-in-locked':
      return changed(state, event.data.actor, () => ({ locked: true }))
    case 'roster.sign-in-unlocked':
      return changed(state, event.data.actor, () => ({ locked: false }))
    case 'roster.training-recorded': {
      const { actor: id, ...training } = event.data
      return changed(state, id, ({ trainings }) => ({ trainings: [...trainings, training] }))
    }
    case 'roster.attestation-recorded': {
      const { actor: id, statement } = event.data
      return changed(state, id, ({ attestations }) => ({
        attestations: [...attestations, { statement, at: recordedAt }],
      }))
    }
    case 'roster.grant-requested':
      return withGrant(state, { ...event.data, basis: 'request', requested: act, reviews: [] })
    case 'roster.grant-approved':
      return changedGrant(state, event.data.grant, { approved: act })
    case 'roster.grant-declined':
      return changedGrant(state, event.data.grant, { declined: act })
    case 'roster.grant-executed':
      return changedGrant(state, event.data.grant, { executed: act })
    case 'roster.grant-revoked':
      return changedGrant(state, event.data.grant, { revoked: act })
    case 'roster.grant-reviewed': {
      const { grant, finding } = event.data
      return changedGrant(state, grant, { reviews: [...(state.grants.get(grant)?.reviews ?? []), { ...act, finding }] })
    }
    case 'roster.emergency-opened':
      return withEmergency(state, { ...event.data, openedAt: recordedAt, ...(reason !== undefined && { reason }) })
    case 'roster.emergency-closed':
      return changedEmergency(state, event.data.emergency, { closedAt: recordedAt })
    case 'roster.emergency-reviewed':
      return changedEmergency(state, event.data.emergency, { review: { ...act, finding: event.data.finding } })
    case 'roster.ticket-requested':
      return withTicket(state, { ...event.data, requestedAt: recordedAt, ...(reason !== undefined && { reason }) })
    case 'roster.ticket-approved':
      return changedTicket(state, event.data.ticket, { approved: act, approval: id, until: event.data.until })
    case 'roster.ticket-declined':
      return changedTicket(state, event.data.ticket, { declined: act })
    case 'roster.ticket-revoked':
    case 'roster.ticket-returned':
      return changedTicket(state, event.data.ticket, { closedAt: recordedAt })
    case 'roster.emergency-review-overdue':
      return changedEmergency(state, event.data.emergency, { overdueReported: true })
  }
}

/** Access can be revoked, and a sign-in locked, of somebody who was never registered: a participant, for one. */
function known({ people }: RosterState, actor: string): Person {
  return people.get(actor) ?? { actor, kind: 'person', revoked: false, locked: false, trainings: [], attestations: [] }
}

function registered(state: RosterState, who: Pick<Person, 'actor' | 'kind' | 'owner'>, registeredAt: string): Person {
  return { ...known(state, who.actor), ...who, registeredAt }
}

function withPerson(state: RosterState, person: Person): RosterState {
  return { ...state, people: new Map(state.people).set(person.actor, person) }
}

function changed(state: RosterState, actor: string, change: (person: Person) => Partial<Person>): RosterState {
  const person = known(state, actor)
  return withPerson(state, { ...person, ...change(person) })
}

function withGrant(state: RosterState, grant: Grant): RosterState {
  return { ...state, grants: new Map(state.grants).set(grant.grant, grant) }
}

function changedGrant(state: RosterState, grant: string, change: Partial<Grant>): RosterState {
  const before = state.grants.get(grant)
  return before ? withGrant(state, { ...before, ...change }) : state
}

function withEmergency(state: RosterState, emergency: Emergency): RosterState {
  return { ...state, emergencies: new Map(state.emergencies).set(emergency.emergency, emergency) }
}

function changedEmergency(state: RosterState, emergency: string, change: Partial<Emergency>): RosterState {
  const before = state.emergencies.get(emergency)
  return before ? withEmergency(state, { ...before, ...change }) : state
}

function withTicket(state: RosterState, ticket: Ticket): RosterState {
  return { ...state, tickets: new Map(state.tickets).set(ticket.ticket, ticket) }
}

function changedTicket(state: RosterState, ticket: string, change: Partial<Ticket>): RosterState {
  const before = state.tickets.get(ticket)
  return before ? withTicket(state, { ...before, ...change }) : state
}
