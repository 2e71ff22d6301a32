/**
 * When the clock of the server was wrong (FDA guidance on electronic systems, 2024-10; EU GMP Annex 11). Stream:
 * `clock-<uuid>`, one for each instance.
 */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'

/** What the server's clock is held against: the last time of the log, and the clock of the database. */
export const CLOCK_REFERENCES = ['log', 'database'] as const
export type ClockReference = (typeof CLOCK_REFERENCES)[number]

export interface ClockReading {
  against: ClockReference
  /** Whole milliseconds; negative: the server's clock stands behind. It can stand ahead of the log and nothing is wrong. */
  differenceMs: number
  /** The difference may be wrong by this much: half the round trip of the question. */
  uncertaintyMs: number
  /** Alarm above this. */
  limitMs: number
  /** The server's clock, RFC 3339. The recorded time of the event is never before the log's last one. */
  measuredAt: string
}

export type ClockDriftBegan = DomainEvent<'clock.drift-began', ClockReading & { instance: string }>
/** `largestMs`: the largest difference seen meanwhile, without its sign. */
export type ClockDriftEnded = DomainEvent<'clock.drift-ended', ClockReading & { instance: string; largestMs: number }>
export type ClockEvent = ClockDriftBegan | ClockDriftEnded

const REFERENCE_NAMES: Readonly<Record<ClockReference, string>> = {
  log: 'the last time of the log',
  database: 'the clock of the database',
}

export const CLOCK_EVENT_TYPES = eventTypes<ClockEvent>({
  'clock.drift-began': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The clock of ${data.instance} was found ${Math.abs(data.differenceMs)} ms ${data.differenceMs < 0 ? 'behind' : 'ahead of'} ${REFERENCE_NAMES[data.against]}, more than the ${data.limitMs} ms allowed.`
        : 'The clock of the server was found wrong.',
  },
  'clock.drift-ended': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The clock of ${data.instance} agrees again with ${REFERENCE_NAMES[data.against]}; the largest difference was ${data.largestMs} ms.`
        : 'The clock of the server is right again.',
  },
})
