/**
 * What can have happened to retention periods (stream `retention-schedule-<uuid>`) and to a person's records whose period ended
 * (stream `retention-<subject>`). Codes and random ids only.
 */
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import type { KeyClass } from '../vault/key-class.js'
import type { PeriodReason, RecordClass } from './record-classes.js'

/** One class of a person's data whose period ended. */
export interface Expired {
  /** Derived from person, class and end: the same end is one case. */
  case: string
  keyClass: KeyClass
  recordClasses: readonly RecordClass[]
  /** When the last of the periods ended. RFC 3339, UTC. */
  until: string
}

export type PeriodSet = DomainEvent<
  'retention.period-set',
  { recordClass: RecordClass; years: number; reason: PeriodReason }
>
/** The period ended and a legal hold keeps the data all the same. */
export type ExpiryHeldBack = DomainEvent<'retention.expiry-held-back', Expired & { holds: readonly string[] }>
/** The period ended: persons decide on the erasure. */
export type CaseOpened = DomainEvent<'retention.case-opened', Expired>
export type CaseDecided = DomainEvent<'retention.case-decided', { case: string; erasure: string }>

export type ScheduleEvent = PeriodSet
export type RetentionCaseEvent = ExpiryHeldBack | CaseOpened | CaseDecided

const day = (time: string) => time.slice(0, 10)

/** How each is read aloud. */
export const RETENTION_EVENT_TYPES = eventTypes<ScheduleEvent | RetentionCaseEvent>({
  'retention.period-set': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Records of the class ${data.recordClass} are kept for ${data.years} year(s) from now on (${data.reason}).`
        : 'A retention period was set.',
  },
  'retention.expiry-held-back': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The period of ${data.keyClass} ended on ${day(data.until)}; ${data.holds.length} legal hold(s) keep the data.`
        : 'A retention period ended; a legal hold keeps the data.',
  },
  'retention.case-opened': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The period of ${data.keyClass} ended on ${day(data.until)} (${data.recordClasses.join(', ')}): its erasure is to be decided.`
        : 'A retention period ended: an erasure is to be decided.',
  },
  'retention.case-decided': {
    schema: 1,
    sealedUnder: null,
    describe: () =>
      'The erasure of data whose retention period ended was decided; two more persons confirm and execute it.',
  },
})
