/** Who may come in, as what, since when and by whose word. One stream for all: the rules look at people together. */
import type { GrantScope } from '../identity/grants.js'
import type { Role } from '../identity/roles.js'
import type { DomainEvent } from '../journal/event-type.js'

/** Random, fixed for ever. */
export const ROSTER_STREAM = 'roster-5e0b8f5a-4c57-4b86-9d0e-6a2f6c1b7d11'
/** The name of one person, apart from the roster so that reading the roster opens nothing sealed. */
export const staffStream = (actor: string): string => `staff-${actor}`

/** The words behind an emergency access, apart because they are sealed. */
export const emergencyStream = (emergency: string): string => `emergency-${emergency}`

/** The words behind a ticket. */
export const ticketStream = (ticket: string): string => `identity-ticket-${ticket}`

/** What a granted role is bounded by. Times are RFC 3339; `until` is exclusive. */
export interface GrantTerms {
  role: Role
  scope: GrantScope
  from: string
  until?: string
}

/** `actor`: the pseudonymous id under which a person's acts are recorded. */
interface About {
  actor: string
}
interface AboutGrant extends About {
  grant: string
}

export type AccessRevoked = DomainEvent<'roster.access-revoked', About>
export type AccessReinstated = DomainEvent<'roster.access-reinstated', About>

/** The first people, whom nobody inside could have approved: named by the operator's configuration, or made up for evaluation. */
export type RosterOpened = DomainEvent<
  'roster.opened',
  { basis: 'configuration' | 'evaluation'; people: readonly (AboutGrant & Pick<GrantTerms, 'role' | 'scope'>)[] }
>
export type PersonRegistered = DomainEvent<
  'roster.person-registered',
  About & { kind: 'person' | 'service'; owner?: string }
>
export type PersonRetired = DomainEvent<'roster.person-retired', About>
/** Sealed under the person's own key, on `staff-<actor>`. */
export type PersonNamed = DomainEvent<'roster.person-named', { name: string }>
export type TrainingRecorded = DomainEvent<
  'roster.training-recorded',
  About & { role: Role; completedOn: string; validUntil: string }
>
/** `statement`: code and version of the text the person agreed to. */
export type AttestationRecorded = DomainEvent<'roster.attestation-recorded', About & { statement: string }>

export type GrantRequested = DomainEvent<'roster.grant-requested', AboutGrant & GrantTerms>
export type GrantApproved = DomainEvent<'roster.grant-approved', AboutGrant>
export type GrantDeclined = DomainEvent<'roster.grant-declined', AboutGrant>
export type GrantExecuted = DomainEvent<'roster.grant-executed', AboutGrant>
export type GrantReviewed = DomainEvent<
  'roster.grant-reviewed',
  AboutGrant & { finding: 'confirmed' | 'to-be-revoked' }
>
export type GrantRevoked = DomainEvent<'roster.grant-revoked', AboutGrant>

/** Too many failures of a factor that only the person could have been asked for. */
export type SignInLocked = DomainEvent<'roster.sign-in-locked', About & { factor: string; failures: number }>
export type SignInUnlocked = DomainEvent<'roster.sign-in-unlocked', About>

/** The header's reason says why in a code; its subject is whose record was opened. */
export type EmergencyOpened = DomainEvent<
  'roster.emergency-opened',
  About & { emergency: string; subject: string; twin: string; until: string }
>
/** Sealed under the subject's key, on `emergency-<id>`. */
export type EmergencyExplained = DomainEvent<'roster.emergency-explained', { explanation: string }>
export type EmergencyClosed = DomainEvent<'roster.emergency-closed', About & { emergency: string }>
export type EmergencyReviewed = DomainEvent<
  'roster.emergency-reviewed',
  About & { emergency: string; finding: 'justified' | 'not-justified' }
>
export type EmergencyReviewOverdue = DomainEvent<'roster.emergency-review-overdue', About & { emergency: string }>

/** Somebody asks to see who one twin stands for, for so many hours; the header's reason says why in a code. */
export type TicketRequested = DomainEvent<
  'roster.ticket-requested',
  About & { ticket: string; subject: string; twin: string; hours: number }
>
/** Sealed under the subject's key, on `identity-ticket-<id>`. */
export type TicketExplained = DomainEvent<'roster.ticket-explained', { explanation: string }>
/** By somebody else. Its event id is the cause of every reading under the ticket. */
export type TicketApproved = DomainEvent<'roster.ticket-approved', About & { ticket: string; until: string }>
export type TicketDeclined = DomainEvent<'roster.ticket-declined', About & { ticket: string }>
export type TicketRevoked = DomainEvent<'roster.ticket-revoked', About & { ticket: string }>
/** By its holder, before its time. */
export type TicketReturned = DomainEvent<'roster.ticket-returned', About & { ticket: string }>
export type TicketEvent = TicketRequested | TicketApproved | TicketDeclined | TicketRevoked | TicketReturned

export type RosterEvent =
  | AccessRevoked
  | AccessReinstated
  | RosterOpened
  | PersonRegistered
  | PersonRetired
  | TrainingRecorded
  | AttestationRecorded
  | GrantRequested
  | GrantApproved
  | GrantDeclined
  | GrantExecuted
  | GrantReviewed
  | GrantRevoked
  | SignInLocked
  | SignInUnlocked
  | EmergencyOpened
  | EmergencyClosed
  | EmergencyReviewed
  | EmergencyReviewOverdue
  | TicketEvent
