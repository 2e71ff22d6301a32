/**
 * Disclosures that happened outside of this service (stream `disclosures-<subject>`), who recipients are
 * (`disclosure-recipient-<uuid>`), who is to be told of an erasure (`disclosure-notifiable-<uuid>`), and accountings that an agency
 * suspended (`disclosure-suspension-<uuid>`). The streams of the last two have ids of their own and their headers name no person, so
 * that they are in no trail the person may read: the organisation may be the agency.
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

/** An outside disclosure as it is recorded: with the organisation's id, where it has one, it can be told of an erasure. */
export interface NewDisclosure extends OutsideDisclosure {
  org?: string
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
/** An organisation that data of a person were handed to; it outlives the key that the disclosure is sealed under. */
export type RecipientNoted = DomainEvent<'disclosure.recipient-noted', { org: string }>
/** Public data of an organisation. */
export type RecipientDescribed = DomainEvent<
  'disclosure.recipient-described',
  { org: string; name: string; address: string }
>
export type AccountingSuspended = DomainEvent<'disclosure.accounting-suspended', Suspension>
export type SuspensionEnded = DomainEvent<'disclosure.suspension-ended', { agency: string }>

export type SuspensionEvent = AccountingSuspended | SuspensionEnded
export type DisclosureEvent = DisclosureRecorded | RecipientNoted | RecipientDescribed | SuspensionEvent

/** How each is sealed and read aloud. */
export const DISCLOSURE_EVENT_TYPES = eventTypes<DisclosureEvent>({
  'disclosure.recorded': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'A disclosure outside of this service was recorded.',
  },
  'disclosure.recipient-noted': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `${data.org} is to be told when the data handed to it are erased.` : 'A recipient was noted.',
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
