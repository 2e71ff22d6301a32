/** How the events of the roster are stored and read aloud. */
import { eventTypes } from '../journal/event-type.js'
import type { EventHeader } from '../ledger/event.js'
import type { EmergencyExplained, PersonNamed, RosterEvent, TicketExplained } from './events.js'

/** Codes and pseudonymous ids, so nothing is sealed; a payload that is gone leaves the event's plain name. */
function clear<Data extends object>(name: string, sentence: (data: Data, header: EventHeader) => string) {
  const describe = (data: Data | null, header: EventHeader) => (data === null ? `${name}.` : sentence(data, header))
  return { schema: 1, sealedUnder: null, describe }
}

export const ROSTER_EVENT_TYPES = eventTypes<RosterEvent | PersonNamed | EmergencyExplained | TicketExplained>({
  'roster.access-revoked': clear(
    'The access of somebody was revoked',
    ({ actor }, { reason }) => `Access of ${actor} was revoked (${reason}).`,
  ),
  'roster.access-reinstated': clear(
    'The access of somebody was reinstated',
    ({ actor }, { reason }) => `Access of ${actor} was reinstated (${reason}).`,
  ),
  'roster.opened': clear(
    'The roster was opened',
    ({ people, basis }) =>
      `The roster was opened with ${people.length} people, on the word of ${
        basis === 'configuration' ? "the operator's configuration" : 'evaluation mode'
      }: ${people.map(({ actor, role }) => `${actor} as ${role}`).join(', ')}.`,
  ),
  'roster.person-registered': clear('Somebody was registered', ({ actor, kind, owner }) =>
    kind === 'service'
      ? `The service account ${actor} was registered; ${owner} answers for it.`
      : `The person ${actor} was registered.`,
  ),
  'roster.person-retired': clear(
    'Somebody was retired',
    ({ actor }) => `${actor} was retired; the id is never used again.`,
  ),
  'roster.person-named': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'The name of a person of the roster was recorded.',
  },
  'roster.training-recorded': clear(
    'A training was recorded',
    ({ actor, role, completedOn, validUntil }) =>
      `${actor} completed the training for ${role} on ${completedOn}; it is valid until ${validUntil}.`,
  ),
  'roster.attestation-recorded': clear(
    'Somebody attested',
    ({ actor, statement }) => `${actor} attested to the statement ${statement}.`,
  ),
  'roster.grant-requested': clear(
    'A role was asked for',
    ({ actor, role, until }) => `The role ${role} was asked for ${actor}${until ? `, until ${until}` : ''}.`,
  ),
  'roster.grant-approved': clear(
    'A grant was approved',
    ({ actor, grant }) => `Grant ${grant} for ${actor} was approved.`,
  ),
  'roster.grant-declined': clear(
    'A grant was declined',
    ({ actor, grant }, { reason }) => `Grant ${grant} for ${actor} was declined (${reason}).`,
  ),
  'roster.grant-executed': clear(
    'A grant was put into force',
    ({ actor, grant }) => `Grant ${grant} for ${actor} was put into force.`,
  ),
  'roster.grant-reviewed': clear(
    'A grant was reviewed',
    ({ actor, grant, finding }) =>
      `Grant ${grant} of ${actor} was reviewed: ${finding === 'confirmed' ? 'it stands' : 'it is to be revoked'}.`,
  ),
  'roster.grant-revoked': clear(
    'A grant was revoked',
    ({ actor, grant }, { reason }) => `Grant ${grant} of ${actor} was revoked (${reason}).`,
  ),
  'roster.sign-in-locked': clear(
    'An account was locked',
    ({ actor, factor, failures }) => `${actor} was locked after ${failures} failures of ${factor}.`,
  ),
  'roster.sign-in-unlocked': clear('An account was unlocked', ({ actor }) => `${actor} was unlocked.`),
  'roster.emergency-opened': clear(
    'A record was opened in an emergency',
    ({ actor, twin, until }, { reason }) =>
      `The record of twin ${twin} was opened to ${actor} in an emergency (${reason}), until ${until}.`,
  ),
  'roster.emergency-explained': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'The emergency access was explained.',
  },
  'roster.emergency-closed': clear(
    'An emergency access ended',
    ({ actor }) => `The emergency access of ${actor} ended.`,
  ),
  'roster.emergency-reviewed': clear(
    'An emergency access was reviewed',
    ({ actor, finding }) => `The emergency access of ${actor} was reviewed: ${finding}.`,
  ),
  'roster.ticket-requested': clear(
    'It was asked to see who a twin stands for',
    ({ actor, twin, hours }, { reason }) =>
      `${actor} asked to see who twin ${twin} stands for, for ${hours} hour(s) (${reason}).`,
  ),
  'roster.ticket-explained': { schema: 1, sealedUnder: 'identity', describe: () => 'The ticket was explained.' },
  'roster.ticket-approved': clear(
    'A ticket to see an identity was approved',
    ({ actor, ticket, until }) => `Ticket ${ticket} of ${actor} was approved; it opens the identity until ${until}.`,
  ),
  'roster.ticket-declined': clear(
    'A ticket to see an identity was refused',
    ({ actor, ticket }, { reason }) => `Ticket ${ticket} of ${actor} was refused (${reason}).`,
  ),
  'roster.ticket-revoked': clear(
    'A ticket to see an identity was revoked',
    ({ actor, ticket }, { reason }) => `Ticket ${ticket} of ${actor} was revoked (${reason}).`,
  ),
  'roster.ticket-returned': clear(
    'A ticket to see an identity was given back',
    ({ actor, ticket }) => `${actor} gave ticket ${ticket} back.`,
  ),
  'roster.emergency-review-overdue': clear(
    'The review of an emergency access is overdue',
    ({ actor }) => `The review of the emergency access of ${actor} is overdue.`,
  ),
})
