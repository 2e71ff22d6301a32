import { type QuantityKey, QUANTITY, round } from './analytes.js'
import { ageOn, type Day } from './calendar.js'
import type { Card } from './deck.js'
import { clamp, type Person } from './person.js'
import { physiologyOn } from './physiology.js'
import type { Random } from './random.js'
import { filtrationFromCreatinine } from './renal.js'
import { isTaking, type Therapy } from './therapies.js'
import type { Visit } from './visits.js'

/** What one visit measured, in the units of analytes.ts. */
export interface VisitMeasurements {
  visit: Visit
  values: Partial<Record<QuantityKey, number>>
}

type Panel = readonly QuantityKey[]

const VITALS: Panel = ['systolic', 'diastolic', 'heartRate', 'height', 'weight']
const CORE: Panel = ['totalCholesterol', 'hdl', 'triglycerides', 'creatinine', 'hba1c', 'glucose']
const METABOLIC: Panel = ['sodium', 'potassium', 'urea']
const COUNT: Panel = ['haemoglobin', 'leukocytes', 'mcv', 'rdw']
/** What a full PhenoAge input set needs beyond the core and the blood count; ordered for nobody else. */
const PHENO_AGE: Panel = ['albumin', 'crp', 'lymphocytes', 'alkalinePhosphatase']

/** Measures the person at every visit: true value, day-to-day variation, rounding, then what laboratories calculate. */
export function measureVisits(
  random: Random,
  { person, therapies, card, visits, reference }: MeasuredCourse,
): VisitMeasurements[] {
  const ordered = choosePanels(random.stream('panels'), person, card)
  return visits.map((visit, index) => {
    const truth = physiologyOn(visit.day, reference, person, therapies)
    const noise = random.stream(`visit-${index}`)
    const values: VisitMeasurements['values'] = {}
    const panel = isTaking(therapies, 'anticoagulant', visit.day) ? [...ordered, 'inr' as const] : ordered
    for (const key of panel) {
      const { variation, low, high, decimals } = QUANTITY[key]
      const trueValue = truth[key as keyof typeof truth]
      values[key] = round(clamp(trueValue * (1 + variation * noise.normal()), low, high), decimals)
    }
    return { visit, values: { ...values, ...calculate(values, person, visit.day) } }
  })
}

export interface MeasuredCourse {
  person: Person
  therapies: readonly Therapy[]
  card: Card
  visits: readonly Visit[]
  reference: Day
}

function choosePanels(random: Random, person: Person, card: Card): Panel {
  const full = card.phenoAgeInputs === true
  const metabolic = full || card.surgery === true || random.chance(0.5)
  const count = full || card.surgery === true || random.chance(0.4)
  const albuminuria = person.onset.diabetes !== undefined || random.chance(0.15)
  return [
    ...VITALS,
    ...CORE,
    ...(metabolic ? METABOLIC : []),
    ...(count ? COUNT : []),
    ...(full ? PHENO_AGE : []),
    ...(albuminuria ? (['uacr'] as const) : []),
  ]
}

/** LDL by Friedewald, eGFR by CKD-EPI 2021 and BMI come from the rounded values, as in a real report. */
function calculate(values: VisitMeasurements['values'], person: Person, day: Day): VisitMeasurements['values'] {
  const { totalCholesterol = 0, hdl = 0, triglycerides = 0, creatinine = 0, weight = 0, height = 0 } = values
  const ldl = totalCholesterol - hdl - triglycerides / 5
  const egfr = filtrationFromCreatinine(creatinine, ageOn(person.birth, day), person.sex)
  const metres = height / 100
  const within = (key: 'ldl' | 'egfr' | 'bmi', value: number) =>
    round(clamp(value, QUANTITY[key].low, QUANTITY[key].high), QUANTITY[key].decimals)
  return { ldl: within('ldl', ldl), egfr: within('egfr', egfr), bmi: within('bmi', weight / (metres * metres)) }
}
