import type { Observation } from 'fhir/r4.js'
import type { Operation } from './procedures.js'
import type { Person } from './person.js'
import type { Random } from './random.js'
import type { Chart } from './record.js'
import { quantity } from './observations.js'
import { LABORATORY, loinc } from './terminology.js'
import { DRUG, type Therapy } from './therapies.js'

const SHARE_OF_OPERATIONS = 0.35
const TROUGH = loinc('4092-3', 'Vancomycin [Mass/volume] in Serum or Plasma --trough')

/** A wound infection treated with vancomycin, with the trough levels that guided it. */
export interface VancomycinCourse {
  therapy: Therapy
  troughs: Observation[]
}

/** A week of vancomycin after some operations; the trough falls as the kidneys clear more. */
export function vancomycinCourses(
  random: Random,
  chart: Chart,
  person: Person,
  operations: readonly Operation[],
): VancomycinCourse[] {
  return operations
    .filter(() => random.chance(SHARE_OF_OPERATIONS))
    .map(({ day }) => {
      const since = day + random.integer(3, 9)
      const level = (18 * 70) / Math.max(person.filtration, 35)
      const troughs = [2, 5].map((dayOfCourse) => trough(chart, since + dayOfCourse, level * random.between(0.8, 1.2)))
      return { therapy: { drug: DRUG.vancomycin, since, until: since + 7 }, troughs }
    })
}

function trough(chart: Chart, day: number, level: number): Observation {
  const beforeMorningDose = 7 * 60 + 30
  return {
    resourceType: 'Observation',
    id: chart.newId(),
    status: 'final',
    category: [LABORATORY],
    code: TROUGH,
    subject: chart.subject,
    effectiveDateTime: chart.at(day, beforeMorningDose),
    issued: chart.at(day, beforeMorningDose + 120),
    performer: [chart.organization],
    valueQuantity: quantity(Number(level.toFixed(1)), { unit: 'mg/L' }),
  }
}
