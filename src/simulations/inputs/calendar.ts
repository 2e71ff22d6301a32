/** Days as `YYYY-MM-DD`, compared as text. Partial FHIR dates stand for the earliest day they can mean. */

/** The earliest day of a FHIR date or dateTime, as written by its sender; null when it is not one. */
export function earliestDay(date: string): string | null {
  const [, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:$|T)/.exec(date) ?? []
  return year === undefined ? null : `${year}-${month}-${day}`
}

/** True when a FHIR date or dateTime names its day. */
export const namesDay = (date: string): boolean => /^\d{4}-\d{2}-\d{2}(?:$|T)/.test(date)

/**
 * The day that lies a duration before another; the last of a shorter month where that day does not exist.
 *
 * @param duration ISO 8601, in years, months or days: `P5Y`, `P6M`, `P14D`
 * @throws RangeError another duration
 */
export function before(day: string, duration: string): string {
  if (known.day !== day) known = { day, before: new Map() }
  const found = known.before.get(duration) ?? dayBefore(day, duration)
  known.before.set(duration, found)
  return found
}

/** Of the day asked for last: all runs of a cohort ask for the same. */
let known: { day: string; before: Map<string, string> } = { day: '', before: new Map() }

function dayBefore(day: string, duration: string): string {
  const [, count, unit] = /^P(\d+)([YMD])$/.exec(duration) ?? []
  if (count === undefined) throw new RangeError(`${duration} is no duration in years, months or days.`)
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  if (unit === 'D') return new Date(Date.UTC(year, month - 1, date - Number(count))).toISOString().slice(0, 10)
  const months = year * 12 + (month - 1) - Number(count) * (unit === 'Y' ? 12 : 1)
  const last = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate()
  return [
    String(Math.floor(months / 12)).padStart(4, '0'),
    String((months % 12) + 1).padStart(2, '0'),
    String(Math.min(date, last)).padStart(2, '0'),
  ].join('-')
}

/** Completed years; somebody born on 29 February comes of age on 1 March. */
export function completedYears(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}
