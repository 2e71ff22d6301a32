import { InvalidRequest } from '../../platform/errors.js'

/** Whole days since 1970-01-01. Dates are counted, never read from a clock. */
export type Day = number

const MS_PER_DAY = 86_400_000
const DAYS_PER_YEAR = 365.25

/** @throws InvalidRequest `generator-reference-date-invalid` unless the text is an existing date written YYYY-MM-DD. */
export function parseDay(text: string): Day {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  if (Number.isNaN(ms) || formatDay(ms / MS_PER_DAY) !== text) {
    throw new InvalidRequest(
      'generator-reference-date-invalid',
      'The reference date must be an existing date, YYYY-MM-DD.',
    )
  }
  return ms / MS_PER_DAY
}

/** YYYY-MM-DD */
export function formatDay(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}

/** FHIR instant at a local time of day, e.g. `2024-03-05T08:40:00+01:00`. */
export function formatInstant(day: Day, minuteOfDay: number, zone: string): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${formatDay(day)}T${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}:00${zone}`
}

/** Completed years of life on a day. */
export function ageOn(birth: Day, day: Day): number {
  const [birthYear, birthRest] = splitYear(birth)
  const [year, rest] = splitYear(day)
  return year - birthYear - (rest < birthRest ? 1 : 0)
}

/** Years between two days as a real number, for drift and onset. */
export function yearsBetween(from: Day, to: Day): number {
  return (to - from) / DAYS_PER_YEAR
}

export function yearsBefore(day: Day, years: number): Day {
  return Math.round(day - years * DAYS_PER_YEAR)
}

function splitYear(day: Day): [year: number, monthAndDay: string] {
  const text = formatDay(day)
  return [Number(text.slice(0, 4)), text.slice(5)]
}
