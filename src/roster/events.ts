/** Who lost access to the service and who got it back. One stream for all: revocations are few and are read as a whole. */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'

/** Random, fixed for ever. */
export const ROSTER_STREAM = 'roster-5e0b8f5a-4c57-4b86-9d0e-6a2f6c1b7d11'

/** `actor`: the pseudonymous id under which a person's acts are recorded. */
export type AccessRevoked = DomainEvent<'roster.access-revoked', { actor: string }>
export type AccessReinstated = DomainEvent<'roster.access-reinstated', { actor: string }>

export type RosterEvent = AccessRevoked | AccessReinstated

export const ROSTER_EVENT_TYPES = eventTypes<RosterEvent>({
  'roster.access-revoked': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) =>
      data ? `Access of ${data.actor} was revoked (${header.reason}).` : 'Access of somebody was revoked.',
  },
  'roster.access-reinstated': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) =>
      data ? `Access of ${data.actor} was reinstated (${header.reason}).` : 'Access of somebody was reinstated.',
  },
})
