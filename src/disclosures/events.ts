/**
 * Disclosures that happened outside of this service (stream `disclosures-<subject>`), who recipients are
 * (`disclosure-recipient-<uuid>`), and accountings that an agency suspended (`disclosure-suspension-<uuid>`). The stream of a
 * suspension has an id of its own and its header names no person, so that it is in no trail the person may read.
 */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'

/** 45 CFR 164.528(b)(2): to whom, where they are, what, and for which purpose. */
export interface OutsideDisclosure {
  /** RFC 3339, UTC. */
  at: string
  recipient: string
  address: string | null
  description: string
  purpose: string
}

/** 45 CFR 164.528(a)(2): a written statement sets the time; an oral one holds for 30 days at the most. */
export const STATEMENTS = ['written', 'oral'] as const
export type Statement = (typeof STATEMENTS)[number]

export interface Suspension {
  /** Whose accounting. A random id. */
  subject: string
  /** Organisation id of the agency. */
  agency: string
  statement: Statement
  /** RFC 3339, UTC. */
  until: string
}

export type DisclosureRecorded = DomainEvent<'disclosure.recorded', OutsideDisclosure>
/** Public data of an organisation. */
export type RecipientDescribed = DomainEvent<
  'disclosure.recipient-described',
  { org: string; name: string; address: string }
>
export type AccountingSuspended = DomainEvent<'disclosure.accounting-suspended', Suspension>
export type SuspensionEnded = DomainEvent<'disclosure.suspension-ended', { agency: string }>

export type SuspensionEvent = AccountingSuspended | SuspensionEnded
export type DisclosureEvent = DisclosureRecorded | RecipientDescribed | SuspensionEvent

/** How each is sealed and read aloud. */
export const DISCLOSURE_EVENT_TYPES = eventTypes<DisclosureEvent>({
  'disclosure.recorded': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'A disclosure outside of this service was recorded.',
  },
  'disclosure.recipient-described': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The recipient ${data.org} was described: ${data.name}, ${data.address}.` : 'A recipient was described.',
  },
  'disclosure.accounting-suspended': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The accounting of disclosures to ${data.agency} was suspended until ${data.until} (${data.statement} statement).`
        : 'An accounting of disclosures was suspended.',
  },
  'disclosure.suspension-ended': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `The suspension for ${data.agency} was ended early.` : 'A suspension was ended early.'),
  },
})
