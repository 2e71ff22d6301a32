import type { Bundle } from 'fhir/r4.js'
import { ageOn, formatDay, type Day } from './calendar.js'
import { transactionBundle } from './bundle.js'
import { conditionResources } from './conditions.js'
import { type Card, drawCard } from './deck.js'
import { plantDefect } from './defects.js'
import { echoResources } from './echo.js'
import { genotypeResources } from './genotypes.js'
import { laboratoryResults } from './laboratory.js'
import { measureVisits, type VisitMeasurements } from './measurements.js'
import { medicationResources } from './medications.js'
import { birthSex, smokingStatus, vitalSigns } from './observations.js'
import { encounterResources, organizationResource, patientResource } from './patient.js'
import { createPerson, type Person } from './person.js'
import { type Operation, planOperations, procedureResources } from './procedures.js'
import type { PatientProfile } from './profile.js'
import type { Random } from './random.js'
import { phenoAgeObstacles, preventObstacles } from './readiness.js'
import { type Attendance, Chart, type PatientRecord } from './record.js'
import { prescribe, type Therapy } from './therapies.js'
import { planCourses, vancomycinResources, type VancomycinCourse } from './vancomycin.js'
import { scheduleVisits, type Visit } from './visits.js'

const SHARE_SI = 0.3
const SHARE_GENOTYPED = 0.2
const SHARE_ECHO = 0.2

/** A person with everything that happened to them, before any of it is written down. */
interface Life {
  card: Card
  person: Person
  visits: Visit[]
  therapies: Therapy[]
  operations: Operation[]
  courses: VancomycinCourse[]
  measurements: VisitMeasurements[]
  genotyped: boolean
  echocardiogram: boolean
}

/** Patient `index` (from 0): lives the life, writes the chart, plants the defect, bundles. */
export function assemblePatient(
  root: Random,
  index: number,
  reference: Day,
): { bundle: Bundle; profile: PatientProfile } {
  const random = root.stream(`patient-${index}`)
  const chart = new Chart(random.stream('ids'), random.stream('zone').pick(['Z', '+01:00', '-05:00', '+05:30']))
  const life = live(random, drawCard(root, index), reference)
  const record = writeChart(random, chart, life, recordNumber(root, index))
  const { defect } = life.card
  const recorded = defect === undefined ? record : plantDefect(defect, record, { chart, reference })
  const timestamp = chart.at(reference, 0)
  return {
    bundle: transactionBundle(chart.newId(), timestamp, recorded),
    profile: profileOf(life, index + 1, reference),
  }
}

/** Differs from seed to seed, so that two data sets in one ledger are not taken for the same people. */
function recordNumber(root: Random, index: number): string {
  const dataSet = root.stream('mrn').uuid().slice(0, 6).toUpperCase()
  return `TL-${dataSet}-${String(index + 1).padStart(4, '0')}`
}

function live(random: Random, card: Card, reference: Day): Life {
  const person = createPerson(random.stream('person'), card, reference)
  const visits = scheduleVisits(random.stream('visits'), card, reference)
  const therapies = prescribe(random.stream('therapies'), person, card, visits)
  const operations = planOperations(random.stream('operations'), card, person, visits)
  const course = { person, therapies, card, visits, reference }
  const needsGenotype = card.atrialFibrillation === true || card.priorEvent !== undefined
  return {
    card,
    person,
    visits,
    therapies,
    operations,
    courses: planCourses(random.stream('vancomycin'), person, operations),
    measurements: measureVisits(random.stream('measurements'), course),
    genotyped: needsGenotype || random.stream('genotyped').chance(SHARE_GENOTYPED),
    echocardiogram: card.priorEvent !== undefined || random.stream('echocardiogram').chance(SHARE_ECHO),
  }
}

function writeChart(random: Random, chart: Chart, life: Life, mrn: string): PatientRecord {
  const { person, visits, operations, courses } = life
  const { encounters, attendances } = encounterResources(chart, visits)
  const therapies = [...life.therapies, ...courses.map(({ therapy }) => therapy)]
  const results = writeResults(random, chart, life, attendances)
  const treated = courses.map((course) => vancomycinResources(chart, person, course))
  return {
    organization: organizationResource(chart),
    patient: patientResource(random.stream('demographics'), chart, person, mrn),
    encounters,
    conditions: conditionResources(random.stream('conditions'), chart, life),
    medications: [...medicationResources(chart, therapies), ...treated.flatMap(({ given }) => given)],
    procedures: procedureResources(chart, operations),
    observations: [...results.observations, ...treated.flatMap(({ observations }) => observations)],
    reports: results.reports,
  }
}

/** Observations and reports, oldest visit first. */
function writeResults(
  random: Random,
  chart: Chart,
  life: Life,
  attendances: readonly Attendance[],
): Pick<PatientRecord, 'observations' | 'reports'> {
  const { person, measurements } = life
  const units = random.stream('units').chance(SHARE_SI) ? 'si' : 'conventional'
  const [first, last] = [attendances[0] as Attendance, attendances[attendances.length - 1] as Attendance]
  const echo = life.echocardiogram ? echoResources(random.stream('echo'), chart, last, person) : undefined
  const perVisit = attendances.map((attendance, index) => {
    const measured = measurements[index] as VisitMeasurements
    const laboratory = laboratoryResults(chart, attendance, measured, units)
    const bedside = [...vitalSigns(chart, attendance, measured), smokingStatus(chart, attendance, person)]
    return { observations: [...bedside, ...laboratory.observations], reports: laboratory.reports }
  })
  return {
    observations: [
      birthSex(chart, first, person),
      ...perVisit.flatMap(({ observations }) => observations),
      ...(life.genotyped ? genotypeResources(random.stream('genotypes'), chart, last) : []),
      ...(echo?.observations ?? []),
    ],
    reports: [...perVisit.flatMap(({ reports }) => reports), ...(echo ? [echo.report] : [])],
  }
}

function profileOf({ card, person, measurements, ...life }: Life, number: number, reference: Day): PatientProfile {
  const age = ageOn(person.birth, reference)
  return {
    number,
    sex: person.sex,
    age,
    defects: card.defect === undefined ? [] : [card.defect],
    priorCardiovascularEvent: card.priorEvent !== undefined,
    genotyped: life.genotyped,
    echocardiogram: life.echocardiogram,
    surgery: life.operations.length > 0,
    type1Diabetes: card.type1Diabetes === true,
    otherDiabetes: card.type1Diabetes !== true && person.onset.diabetes !== undefined,
    lastVisit: formatDay((life.visits.at(-1) as Visit).day),
    ...vancomycinLevelOf(life),
    preventObstacles: preventObstacles({ card, age, measurements }),
    phenoAgeObstacles: phenoAgeObstacles({ card, age, measurements }),
  }
}

function vancomycinLevelOf({ courses }: Pick<Life, 'courses'>): Pick<PatientProfile, 'vancomycinLevel'> {
  const level = courses.at(-1)?.troughs.at(-1)
  return level === undefined ? {} : { vancomycinLevel: formatDay(level.day) }
}
