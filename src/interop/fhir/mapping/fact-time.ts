/** FHIR dates and periods as the time of a fact; partial dates stay partial. */
import type { Period } from 'fhir/r4.js'
import type { ClinicalFact, FactTime } from '../../../twins/facts.js'

/** The time of a fact that has either a dateTime or a period. A period known only by its end is placed at its end. */
export function factTime(at: string | undefined, period?: Period): FactTime | undefined {
  if (at !== undefined) return { at }
  const start = period?.start ?? period?.end
  if (start === undefined) return undefined
  return period?.end === undefined ? { at: start } : { at: start, until: period.end }
}

/** Every date that a fact states. */
export function datesOf(fact: ClinicalFact): string[] {
  return timesOf(fact).flatMap((time) => (time.until === undefined ? [time.at] : [time.at, time.until]))
}

function timesOf(fact: ClinicalFact): FactTime[] {
  switch (fact.kind) {
    case 'observation':
    case 'genotype':
    case 'report':
      return [fact.effective].filter((time) => time !== undefined)
    case 'condition':
      return [fact.onset, fact.abated].filter((time) => time !== undefined)
    case 'medication':
      return [fact.period].filter((time) => time !== undefined)
    case 'procedure':
      return [fact.performed].filter((time) => time !== undefined)
    case 'evidence':
      return []
  }
}

/** True when year, month and day, as far as given, name a day of the calendar: `2023-02-30` does not, though FHIR's pattern allows it. */
export function isCalendarDate(date: string): boolean {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(date) ?? []
  if (year === undefined) return false
  if (month === undefined || day === undefined) return true
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
  return Number(day) <= lastDay
}
