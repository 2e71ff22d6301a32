/** FHIR dates and dateTimes as the interval they can mean: `2019-04` is any moment of April 2019, wherever on Earth. */

/** Milliseconds since 1970, UTC. */
export interface Interval {
  earliest: number
  latest: number
}

const PARTIAL = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/
const HOUR = 3_600_000

/** The interval a FHIR date or dateTime stands for, a day counted from UTC+14 to UTC−12; null when it is not one (2019-13, 2019-02-30, "last week"). */
export function intervalOf(text: string): Interval | null {
  if (INSTANT.test(text)) {
    const instant = Date.parse(text)
    const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number]
    return Number.isNaN(instant) || !isCalendarDay(year, month, day) ? null : { earliest: instant, latest: instant }
  }
  const parts = PARTIAL.exec(text)
  if (!parts) return null
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)]
  if (!isCalendarDay(year, month, day)) return null
  const start = utc(year, month, day)
  const end = parts[3] ? start + 24 * HOUR : parts[2] ? utc(year, month + 1, 1) : utc(year + 1, 1, 1)
  return { earliest: start - 14 * HOUR, latest: end + 12 * HOUR - 1 }
}

/** True when the first certainly lies before the second. */
export function isBefore(one: Interval, other: Interval): boolean {
  return one.latest < other.earliest
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(utc(year, month, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** `Date.UTC` reads the years 0–99 as 1900–1999. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day)
}
