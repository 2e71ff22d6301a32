import type { CodeableConcept, Condition } from 'fhir/r4.js'
import { type Day, formatDay } from './calendar.js'
import type { Card } from './deck.js'
import type { Operation } from './procedures.js'
import type { Person } from './person.js'
import type { Random } from './random.js'
import type { Chart } from './record.js'
import { concept, DISORDER, SYSTEM } from './terminology.js'
import type { Visit } from './visits.js'

/** Days after which an acute event counts as resolved. */
const ACUTE_DAYS = 28

export interface ClinicalCourse {
  person: Person
  card: Card
  visits: readonly Visit[]
  operations: readonly Operation[]
}

/** Problem-list entries for every disorder of the person; acute events are resolved, chronic ones stay active. */
export function conditionResources(
  random: Random,
  chart: Chart,
  { person, card, visits, operations }: ClinicalCourse,
): Condition[] {
  const { onset } = person
  const firstVisit = (visits[0] as Visit).day
  const chronic = (code: CodeableConcept, day: Day | undefined) => (day === undefined ? [] : [active(chart, code, day)])
  const type2 = random.chance(0.8) ? DISORDER.type2Diabetes : DISORDER.diabetes
  const diabetes = card.type1Diabetes ? DISORDER.type1Diabetes : type2
  const event = card.priorEvent === 'stroke' ? DISORDER.stroke : DISORDER.myocardialInfarction
  return [
    ...chronic(diabetes, onset.diabetes),
    ...chronic(DISORDER.hypertension, onset.hypertension),
    ...chronic(DISORDER.hyperlipidaemia, onset.hyperlipidaemia),
    ...chronic(DISORDER.atrialFibrillation, onset.atrialFibrillation),
    ...chronic(DISORDER.obesity, person.bmi >= 32 ? firstVisit : undefined),
    ...chronic(DISORDER.chronicKidneyDisease, person.filtration < 52 ? firstVisit : undefined),
    ...(onset.priorEvent === undefined ? [] : [resolved(chart, event, onset.priorEvent)]),
    ...operations.map(({ indication, day }) => active(chart, indication, day - random.integer(20, 200))),
  ]
}

function active(chart: Chart, code: CodeableConcept, onset: Day): Condition {
  return {
    resourceType: 'Condition',
    id: chart.newId(),
    clinicalStatus: concept(SYSTEM.conditionClinical, 'active', 'Active'),
    verificationStatus: concept(SYSTEM.conditionVerification, 'confirmed', 'Confirmed'),
    category: [concept(SYSTEM.conditionCategory, 'problem-list-item', 'Problem List Item')],
    code,
    subject: chart.subject,
    onsetDateTime: formatDay(onset),
    recordedDate: formatDay(onset),
  }
}

function resolved(chart: Chart, code: CodeableConcept, onset: Day): Condition {
  return {
    ...active(chart, code, onset),
    clinicalStatus: concept(SYSTEM.conditionClinical, 'resolved', 'Resolved'),
    abatementDateTime: formatDay(onset + ACUTE_DAYS),
  }
}
