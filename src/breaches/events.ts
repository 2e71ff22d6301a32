/**
 * What can have happened to a breach of personal data (GDPR Art 33 and 34). Stream: `breach-<uuid>`. Codes and numbers in the clear;
 * what somebody wrote is sealed under a key of the breach's own, whose id stands where a person's would.
 */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import type {
  BreachNature,
  BreachRisk,
  CommunicationChannel,
  CommunicationException,
  Detection,
  RecordCategory,
  SubjectCategory,
} from './codes.js'

/** What Art 33(3)(a) asks for in categories and approximate numbers, and the risk for persons. */
export interface BreachFacts {
  natures: readonly BreachNature[]
  subjectCategories: readonly SubjectCategory[]
  recordCategories: readonly RecordCategory[]
  /** Approximate numbers. */
  subjects: number
  records: number
  risk: BreachRisk
}

/** In words: what happened, and Art 33(3)(b) to (d). */
export interface BreachTexts {
  description: string
  contact: string
  consequences: string
  measures: string
}

export const BREACH_FACT_NAMES = [
  'natures',
  'subjectCategories',
  'recordCategories',
  'subjects',
  'records',
  'risk',
] as const satisfies readonly (keyof BreachFacts)[]
export const BREACH_TEXT_NAMES = [
  'description',
  'contact',
  'consequences',
  'measures',
] as const satisfies readonly (keyof BreachTexts)[]

/** All that a notification holds; of the reasons for a delay, only when it is late. */
export type BreachFact = keyof BreachFacts | keyof BreachTexts | 'reasonsForDelay'

/** Times are RFC 3339, UTC. The 72 hours of Art 33(1) run from `awareAt`. */
export type BreachRecorded = DomainEvent<
  'breach.recorded',
  { detection: Detection; detectedAt: string; awareAt: string; dueAt: string }
>
/** What is known now; facts come in phases (Art 33(4)), and later ones replace earlier ones. */
export type BreachAssessed = DomainEvent<'breach.assessed', Partial<BreachFacts>>
export type BreachDescribed = DomainEvent<'breach.described', Partial<BreachTexts>>
/** `missing`: what follows in a later phase. */
export type AuthorityNotified = DomainEvent<
  'breach.authority-notified',
  { authority: string; late: boolean; missing: readonly BreachFact[] }
>
export type DelayExplained = DomainEvent<'breach.delay-explained', { text: string }>
/** Art 33(1): unlikely to result in a risk for persons. */
export type NotificationWaived = DomainEvent<'breach.notification-waived', { because: 'risk-unlikely' }>
export type SubjectsInformed = DomainEvent<
  'breach.subjects-informed',
  { channel: CommunicationChannel; persons: number }
>
export type CommunicationExempted = DomainEvent<'breach.communication-exempted', { exception: CommunicationException }>
/** The 72 hours passed without a notification; this is when that was noticed. */
export type BreachOverdue = DomainEvent<'breach.overdue', { dueAt: string }>
export type BreachClosed = DomainEvent<'breach.closed', Record<string, never>>

export type BreachEvent =
  | BreachRecorded
  | BreachAssessed
  | BreachDescribed
  | AuthorityNotified
  | DelayExplained
  | NotificationWaived
  | SubjectsInformed
  | CommunicationExempted
  | BreachOverdue
  | BreachClosed

/** How each is sealed and read aloud. */
export const BREACH_EVENT_TYPES = eventTypes<BreachEvent>({
  'breach.recorded': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `A breach of personal data was recorded (${data.detection}); the authority is to be notified by ${data.dueAt}.`
        : 'A breach of personal data was recorded.',
  },
  'breach.assessed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The breach was assessed: ${Object.keys(data).join(', ')}.` : 'The breach was assessed.',
  },
  'breach.described': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'What happened, its consequences or the measures taken were described.',
  },
  'breach.authority-notified': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The authority ${data.authority} was notified${data.late ? ', after more than 72 hours' : ''}${data.missing.length > 0 ? `; to follow: ${data.missing.join(', ')}` : ''}.`
        : 'The authority was notified.',
  },
  'breach.delay-explained': {
    schema: 1,
    sealedUnder: 'identity',
    describe: () => 'The reasons for the delay of the notification were given.',
  },
  'breach.notification-waived': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'The authority need not be notified: a risk for persons is unlikely (Art 33(1)).',
  },
  'breach.subjects-informed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The persons concerned were informed (${data.channel}, about ${data.persons}).`
        : 'The persons concerned were informed.',
  },
  'breach.communication-exempted': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The persons concerned need not be informed (Art ${data.exception}).`
        : 'The persons concerned need not be informed.',
  },
  'breach.overdue': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `The authority was not notified by ${data.dueAt}: the breach is overdue.` : 'The breach is overdue.',
  },
  'breach.closed': { schema: 1, sealedUnder: null, describe: () => 'The breach was closed.' },
})
