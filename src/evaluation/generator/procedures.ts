import type { CodeableConcept, Procedure } from 'fhir/r4.js'
import type { Day } from './calendar.js'
import type { Card } from './deck.js'
import type { Person } from './person.js'
import type { Random } from './random.js'
import type { Chart } from './record.js'
import { DISORDER, SURGERY } from './terminology.js'
import type { Visit } from './visits.js'

/** An operation and the disorder it was done for. */
export interface Operation {
  procedure: CodeableConcept
  indication: CodeableConcept
  day: Day
  durationMinutes: number
}

type OperationKind = Omit<Operation, 'day'>

const ELECTIVE: readonly (readonly [OperationKind, number])[] = [
  [{ procedure: SURGERY.hipReplacement, indication: DISORDER.hipOsteoarthritis, durationMinutes: 95 }, 4],
  [{ procedure: SURGERY.kneeReplacement, indication: DISORDER.kneeOsteoarthritis, durationMinutes: 90 }, 3],
  [{ procedure: SURGERY.colectomy, indication: DISORDER.colonCancer, durationMinutes: 190 }, 3],
  [{ procedure: SURGERY.cholecystectomy, indication: DISORDER.gallstones, durationMinutes: 65 }, 2],
]
const BYPASS: OperationKind = {
  procedure: SURGERY.coronaryBypass,
  indication: DISORDER.coronaryDisease,
  durationMinutes: 240,
}

/** The operations of a person: one that the card asks for, and a bypass soon after the infarction that led to it. */
export function planOperations(random: Random, card: Card, person: Person, visits: readonly Visit[]): Operation[] {
  const operations: Operation[] = []
  if (card.surgery) operations.push({ ...random.weighted(ELECTIVE), day: betweenVisits(random, visits) })
  if (card.priorEvent === 'infarction-with-bypass' && person.onset.priorEvent !== undefined) {
    operations.push({ ...BYPASS, day: person.onset.priorEvent + random.integer(6, 60) })
  }
  return operations
}

export function procedureResources(chart: Chart, operations: readonly Operation[]): Procedure[] {
  const start = 9 * 60
  return operations.map(({ procedure, day, durationMinutes }) => ({
    resourceType: 'Procedure',
    id: chart.newId(),
    status: 'completed',
    code: procedure,
    subject: chart.subject,
    performedPeriod: { start: chart.at(day, start), end: chart.at(day, start + durationMinutes) },
    performer: [{ actor: chart.organization }],
  }))
}

/** After the first and before the last visit, so that the values before and after the operation are known. */
function betweenVisits(random: Random, visits: readonly Visit[]): Day {
  const [first, last] = [visits[0] as Visit, visits[visits.length - 1] as Visit]
  return random.integer(first.day + 10, last.day - 30)
}
