import type { DiagnosticReport, Observation } from 'fhir/r4.js'
import { round } from './analytes.js'
import { clamp, type Person } from './person.js'
import { observation, quantity, type Setting } from './observations.js'
import type { Random } from './random.js'
import type { Attendance, Chart } from './record.js'
import { diagnosticReport } from './reports.js'
import { concept, IMAGING, loinc, SYSTEM } from './terminology.js'

const MEASURE = {
  ejectionFraction: { code: loinc('10230-1', 'Left ventricular Ejection fraction'), unit: '%', decimals: 0 },
  cavity: { code: loinc('29436-3', 'Left ventricle Internal End Diastolic Dimension'), unit: 'cm', decimals: 1 },
  septum: { code: loinc('18154-5', 'Interventricular Septum Diastolic Thickness'), unit: 'cm', decimals: 1 },
  posteriorWall: {
    code: loinc('18152-9', 'Left Ventricle Posterior Wall Diastolic Thickness'),
    unit: 'cm',
    decimals: 1,
  },
} as const

const CARDIAC_ULTRASOUND = concept(SYSTEM.diagnosticServiceSection, 'CUS', 'Cardiac Ultrasound')

type Echocardiogram = Record<keyof typeof MEASURE, number>

/** Linear left-ventricular dimensions in cm and the ejection fraction in %, with their report. */
export function echoResources(
  random: Random,
  chart: Chart,
  attendance: Attendance,
  person: Person,
): { observations: Observation[]; report: DiagnosticReport } {
  const setting: Setting = { ...attendance, delay: 'laboratory' }
  const values = ventricle(random, person)
  const measured = (key: keyof typeof MEASURE): Observation => {
    const { code, unit, decimals } = MEASURE[key]
    return {
      ...observation(chart, setting, IMAGING, code),
      valueQuantity: quantity(round(values[key], decimals), { unit }),
    }
  }
  const observations: [Observation, ...Observation[]] = [
    measured('ejectionFraction'),
    measured('cavity'),
    measured('septum'),
    measured('posteriorWall'),
  ]
  const report = diagnosticReport(chart, setting, CARDIAC_ULTRASOUND, loinc('42148-7', 'US Heart'), observations)
  return { observations, report }
}

/** The cavity follows body size, the walls follow pressure, and an infarction widens the one and weakens both. */
function ventricle(random: Random, person: Person): Echocardiogram {
  const infarction = person.onset.priorEvent !== undefined
  const size = (person.heightCm - 170) * 0.018 + (person.sex === 'male' ? 0.2 : -0.2)
  const thickening = (person.onset.hypertension === undefined ? 0 : 0.15) + 0.004 * (person.age - 50)
  const wall = 0.88 + thickening + (person.sex === 'male' ? 0.07 : 0) + random.normal(0, 0.08)
  return {
    ejectionFraction: clamp(random.normal(infarction ? 46 : 62, infarction ? 7 : 4), 25, 75),
    cavity: clamp(4.7 + size + (infarction ? 0.45 : 0) + random.normal(0, 0.3), 3.6, 6.8),
    septum: clamp(wall + 0.04, 0.6, 1.7),
    posteriorWall: clamp(wall, 0.6, 1.6),
  }
}
