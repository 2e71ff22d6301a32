/** What of a person is to be kept until when. Pure. */
import { KEY_CLASSES, type KeyClass } from '../vault/key-class.js'
import { CTR_COUNTRIES, recordClass, RECORD_CLASS_CODES, type ClockStart, type RecordClass } from './record-classes.js'
import type { Schedule } from './schedule.js'

/** What the clocks of one person start from. */
export interface RetentionFacts {
  trials: readonly { country: string; countries: readonly string[]; closedAt: Date | null }[]
  /** Undefined: never consented. Null: a consent is in force. */
  authorisedUntil?: Date | null
  /** Undefined: a twin is in use, or there never was one. */
  withdrawnAt?: Date
}

/** One reason to keep one class of data. `until` is null while the clock has not started. */
export interface Duty {
  recordClass: RecordClass
  keyClass: KeyClass
  until: Date | null
  /** Whether the law forbids to erase before. */
  byLaw: boolean
}

/** The duties of one class of data taken together: the longest counts. */
export interface Term {
  keyClass: KeyClass
  recordClasses: readonly RecordClass[]
  until: Date | null
  byLaw: boolean
}

const STARTS: Readonly<Record<RecordClass, (facts: RetentionFacts) => readonly (Date | null)[]>> = {
  'eu-trial-record': ({ trials }) =>
    trials.filter(({ countries }) => countries.some((country) => CTR_COUNTRIES.has(country))).map(ended),
  'us-investigation-record': ({ trials }) => trials.filter(({ countries }) => countries.includes('US')).map(ended),
  'trial-record-elsewhere': ({ trials }) => trials.filter(({ countries }) => countries.some(isElsewhere)).map(ended),
  'us-authorisation': ({ trials, authorisedUntil }) =>
    authorisedUntil !== undefined && trials.some(({ country }) => country === 'US') ? [authorisedUntil] : [],
  'research-record': ({ withdrawnAt }) => (withdrawnAt ? [withdrawnAt] : []),
}

const isElsewhere = (country: string): boolean => country !== 'US' && !CTR_COUNTRIES.has(country)

const ended = ({ closedAt }: { closedAt: Date | null }): Date | null => closedAt

/** Every reason to keep something of a person, by when its clock started and the period that is set. */
export function dutiesOf(facts: RetentionFacts, schedule: Schedule): Duty[] {
  return RECORD_CLASS_CODES.flatMap((code) => {
    const { keyClasses, minimumYears } = recordClass(code)
    return STARTS[code](facts).flatMap((start) =>
      keyClasses.map((keyClass) => ({
        recordClass: code,
        keyClass,
        until: start && yearsAfter(start, schedule[code]),
        byLaw: minimumYears > 0,
      })),
    )
  })
}

/** By class of data, in the order of the classes; those nobody has to keep are absent. */
export function termsOf(duties: readonly Duty[]): Term[] {
  return KEY_CLASSES.flatMap((keyClass) => {
    const own = duties.filter((duty) => duty.keyClass === keyClass)
    if (own.length === 0) return []
    const ends = own.map(({ until }) => until)
    return {
      keyClass,
      recordClasses: [...new Set(own.map(({ recordClass: code }) => code))],
      until: ends.some((until) => until === null) ? null : new Date(Math.max(...ends.map(Number))),
      byLaw: own.some(({ byLaw }) => byLaw),
    }
  })
}

export const isOver = ({ until }: Term, now: Date): boolean => until !== null && until <= now

/** What the law keeps at this moment. */
export const keptByLaw = (duties: readonly Duty[], now: Date): Term[] =>
  termsOf(duties.filter(({ byLaw }) => byLaw)).filter((term) => !isOver(term, now))

/** The clock of a class starts with one event: what that is, in words for a list. */
export const CLOCKS: Readonly<Record<ClockStart, string>> = {
  'trial-closed': 'the end of the trial',
  'authorisation-ended': 'the day on which consent was last in force',
  'twin-withdrawn': 'the withdrawal of the twin',
}

/** The same day so many years on; 1 March where that year has no 29 February, so that nothing ends early. */
function yearsAfter(start: Date, years: number): Date {
  const end = new Date(start)
  end.setUTCFullYear(start.getUTCFullYear() + years)
  return end
}
