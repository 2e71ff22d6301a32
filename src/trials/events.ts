/**
 * What can have happened in a trial. Stream: `trial-<uuid>`; the trial's id is in every header.
 *
 * An enrolment carries the person's random id in its header, so that the trail of one person can be put together, and an
 * enrolment code in its payload. The code is random, is used in this trial alone, and is all that coded readers of the
 * trial are shown: with it nobody can tell that persons of two trials are one. See compliance/decisions/0031-enrolment-codes.md.
 */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'

/** The protocol as registered: an id of the sponsor's and its version. */
export interface Protocol {
  id: string
  version: string
}

/** Public protocol text and organisation ids; nothing about a person. */
export interface TrialDescription {
  /** The sponsor's short code of the trial, e.g. an EU CT number. */
  code: string
  title: string
  /** Organisation id of the sponsor. */
  sponsor: string
  protocol: Protocol
  phase?: TrialPhase
}

/** FHIR research-study-phase. */
export const TRIAL_PHASES = [
  'n-a',
  'early-phase-1',
  'phase-1',
  'phase-1-phase-2',
  'phase-2',
  'phase-2-phase-3',
  'phase-3',
  'phase-4',
] as const
export type TrialPhase = (typeof TRIAL_PHASES)[number]

export type TrialRegistered = DomainEvent<'trial.registered', TrialDescription>
export type TrialProtocolAmended = DomainEvent<'trial.protocol-amended', { protocol: Protocol }>
/** `country` is ISO 3166-1 alpha-2. */
export type TrialSiteOpened = DomainEvent<'trial.site-opened', { site: string; country: string }>
export type TrialSiteClosed = DomainEvent<'trial.site-closed', { site: string }>
export type TrialSubjectEnrolled = DomainEvent<'trial.subject-enrolled', { code: string; site: string }>
/** The reason is a code in the header. What was done with the person's data before stays valid (CTR Art. 28(3)). */
export type TrialSubjectWithdrawn = DomainEvent<'trial.subject-withdrawn', { code: string }>
export type TrialClosed = DomainEvent<'trial.closed', Record<string, never>>

export type TrialEvent =
  | TrialRegistered
  | TrialProtocolAmended
  | TrialSiteOpened
  | TrialSiteClosed
  | TrialSubjectEnrolled
  | TrialSubjectWithdrawn
  | TrialClosed

/** How each is sealed and read aloud. */
export const TRIAL_EVENT_TYPES = eventTypes<TrialEvent>({
  'trial.registered': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `Trial ${data.code} was registered by ${data.sponsor}: ${data.title}` : 'A trial was registered.',
  },
  'trial.protocol-amended': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The protocol was amended to ${data.protocol.id} version ${data.protocol.version}.`
        : 'The protocol was amended.',
  },
  'trial.site-opened': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `Site ${data.site} (${data.country}) was opened.` : 'A site was opened.'),
  },
  'trial.site-closed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `Site ${data.site} was closed.` : 'A site was closed.'),
  },
  'trial.subject-enrolled': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `A person was enrolled as ${data.code} at site ${data.site}.` : 'A person was enrolled in the trial.',
  },
  'trial.subject-withdrawn': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) =>
      `${data ? data.code : 'A person'} was withdrawn from the trial (${header.reason}); earlier use stays valid.`,
  },
  'trial.closed': {
    schema: 1,
    sealedUnder: null,
    describe: (_data, header) => `The trial was closed (${header.reason}).`,
  },
})
