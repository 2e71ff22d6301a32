/** When the thing an event tells of happened, as against when it was recorded (the C of ALCOA: contemporaneous). */

/** RFC 3339, or a FHIR partial date; PostgreSQL and JavaScript agree on these from the year 1 on. */
const MOMENT = /^(?!0000)(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?)?)?$/

/** Recorded later than this after it happened, an entry is marked as late. */
export const CONTEMPORANEOUS_WITHIN_HOURS = 24

/** What the payload says of when it happened; `lagSeconds` is negative for what is dated after it was recorded. */
export interface Occurrence {
  /** As the source wrote it, maybe a partial date. */
  at: string
  /** From the end of the time stated, at its precision, to the recording. */
  lagSeconds: number
  /** Not contemporaneous: later than the limit, or dated in the future. */
  late: boolean
}

/** The time stated in a payload: `occurredAt`, or the time of the clinical fact it holds. Null when there is none. */
export function occurrenceIn(data: object): string | null {
  const fact = 'replacement' in data && isObject(data.replacement) ? data.replacement : data
  const { occurredAt, effective, performed, onset, period } = fact as Record<string, unknown>
  for (const candidate of [occurredAt, ...[effective, performed, onset, period].map(startOf)]) {
    if (typeof candidate === 'string' && !Number.isNaN(momentOf(candidate))) return candidate
  }
  return null
}

/** Unix milliseconds of the beginning of what is stated; NaN when it is no time. */
export function momentOf(stated: string): number {
  return MOMENT.test(stated) ? Date.parse(stated) : Number.NaN
}

export function occurrence(at: string, recordedAt: string): Occurrence {
  const lagSeconds = Math.round((Date.parse(recordedAt) - endOf(at, Date.parse(recordedAt))) / 1000)
  return { at, lagSeconds, late: lagSeconds < 0 || lagSeconds > CONTEMPORANEOUS_WITHIN_HOURS * 3600 }
}

/** A partial date is taken at its latest moment, but not past the recording when that lies within it. */
function endOf(stated: string, recordedMs: number): number {
  const [, year, month, day] = MOMENT.exec(stated)!
  const begin = Date.parse(stated)
  if (stated.includes('T')) return begin
  const end = day
    ? begin + 86_400_000
    : month
      ? Date.UTC(Number(year), Number(month), 1)
      : Date.UTC(Number(year) + 1, 0, 1)
  return recordedMs >= begin ? Math.min(end, recordedMs) : begin
}

function startOf(time: unknown): unknown {
  return isObject(time) && 'at' in time ? time.at : undefined
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
