import { exp } from '../../models/numerics/elementary.js'
import type { AnalyteKey, VitalSignKey } from './analytes.js'
import { type Day, yearsBetween } from './calendar.js'
import { clamp, type Person } from './person.js'
import { creatinineFromFiltration } from './renal.js'
import { isTaking, type Therapy, takenOn } from './therapies.js'

/** The true value of every quantity on one day, in the units of analytes.ts; calculated quantities are left to the laboratory. */
export type Physiology = Record<Exclude<AnalyteKey | VitalSignKey, 'ldl' | 'egfr' | 'bmi'>, number>

/** The facts about a person on one day that several quantities depend on. */
interface Moment {
  person: Person
  therapies: readonly Therapy[]
  day: Day
  age: number
  bmi: number
  filtration: number
  diabetes: boolean
  hypertension: boolean
}

/** Coefficients are round figures that give the level, spread and drift of a Western general population; none is a model. */
export function physiologyOn(day: Day, reference: Day, person: Person, therapies: readonly Therapy[]): Physiology {
  const ahead = yearsBetween(reference, day)
  const begun = (onset?: Day) => onset !== undefined && onset < day
  const moment: Moment = {
    person,
    therapies,
    day,
    age: person.age + ahead,
    bmi: clamp(person.bmi + person.bmiPerYear * ahead, 17, 46),
    filtration: clamp(person.filtration + person.filtrationPerYear * ahead, 20, 128),
    diabetes: begun(person.onset.diabetes),
    hypertension: begun(person.onset.hypertension),
  }
  const glycation = hba1c(moment)
  return {
    ...haemodynamics(moment),
    ...lipids(moment),
    ...kidney(moment),
    ...blood(moment),
    height: person.heightCm,
    weight: moment.bmi * (person.heightCm / 100) * (person.heightCm / 100),
    hba1c: glycation,
    // The ADAG line (10.2337/dc08-0545), lowered because the sample is taken fasting.
    glucose: 0.88 * (28.7 * glycation - 46.7),
    inr: isTaking(therapies, 'anticoagulant', day) ? 2.5 : 1,
  }
}

function haemodynamics({ person, therapies, day, age, bmi, hypertension }: Moment) {
  const untreated = 114 + 0.36 * (age - 40) + 0.5 * (bmi - 25) + 8 * person.traits.pressure + (hypertension ? 19 : 0)
  // 9.1 + 0.10 (P - 154) mmHg for each standard dose, one after another (10.1136/bmj.b1665).
  const systolic = takenOn(therapies, 'antihypertensive', day).reduce(
    (pressure) => pressure - (9.1 + 0.1 * (pressure - 154)),
    untreated,
  )
  return {
    systolic,
    diastolic: 76 + 0.42 * (systolic - 125) - 0.24 * Math.max(0, age - 58),
    heartRate: 69 + 0.35 * (bmi - 25) + (person.smoking === 'current' ? 4 : 0) + 3 * person.traits.inflammation,
  }
}

function lipids({ person, therapies, day, age, bmi, diabetes }: Moment) {
  const { sex, traits, smoking } = person
  const untreatedLdl =
    122 + 0.45 * (Math.min(age, 62) - 50) + 25 * traits.lipids + (sex === 'female' && age > 52 ? 7 : 0)
  const reduction = takenOn(therapies, 'statin', day)[0]?.ldlReduction ?? 0
  const hdl =
    (sex === 'female' ? 59 : 49) +
    9 * traits.hdl -
    0.9 * (bmi - 25) -
    (smoking === 'current' ? 4 : 0) -
    (diabetes ? 3 : 0)
  const triglycerides =
    112 * exp(0.34 * traits.triglycerides + 0.035 * (bmi - 25) + (diabetes ? 0.15 : 0) - 0.4 * reduction)
  return {
    hdl: Math.max(hdl, 24),
    triglycerides,
    // Friedewald's relation, so that the calculated LDL comes out again (10.1093/clinchem/18.6.499).
    totalCholesterol: Math.max(untreatedLdl, 60) * (1 - reduction) + Math.max(hdl, 24) + triglycerides / 5,
  }
}

function hba1c({ person, therapies, day, age, bmi, diabetes }: Moment): number {
  const healthy = 5.25 + 0.007 * (age - 40) + 0.018 * (bmi - 25)
  if (!diabetes) return Math.min(healthy, 6.3)
  const untreated = healthy + 2.1 + 0.6 * person.traits.adiposity
  return Math.max(untreated - (isTaking(therapies, 'glucose-lowering', day) ? 1.1 : 0), 6.1)
}

function kidney({ person, filtration, age, diabetes, hypertension }: Moment) {
  const lost = 90 - filtration
  const albuminuria = 2 + 0.8 * person.traits.albuminuria + (diabetes ? 0.9 : 0) + (hypertension ? 0.3 : 0)
  return {
    creatinine: creatinineFromFiltration(filtration, age, person.sex),
    uacr: exp(albuminuria + 0.012 * Math.max(0, lost)),
    urea: 5.2 + 0.055 * lost,
    potassium: 4.25 + 0.006 * Math.max(0, lost),
    sodium: 140,
  }
}

function blood({ person, age, bmi, filtration, diabetes }: Moment) {
  const { traits, sex, smoking } = person
  const smokes = smoking === 'current' ? 1 : 0
  const renalAnaemia = 0.025 * Math.max(0, 60 - filtration)
  return {
    haemoglobin: (sex === 'male' ? 14.9 : 13.5) + 0.7 * traits.erythrocytes - renalAnaemia,
    albumin: 4.35 - 0.006 * (age - 45) - 0.1 * traits.inflammation,
    crp: exp(0.35 + 0.8 * traits.inflammation + 0.05 * (bmi - 25) + 0.4 * smokes),
    lymphocytes: 30.5 - 0.07 * (age - 50) + 6 * traits.lymphocytes - 1.5 * traits.inflammation,
    mcv: 90 + 3.8 * traits.erythrocytes + 1.5 * smokes,
    rdw: 13.1 + 0.016 * (age - 50) + 0.35 * traits.inflammation - 0.3 * traits.erythrocytes + (diabetes ? 0.2 : 0),
    alkalinePhosphatase: 68 + 0.2 * (age - 50) + 15 * traits.alkalinePhosphatase + 3 * traits.inflammation,
    leukocytes: 6.5 + 0.8 * traits.inflammation + 1.2 * smokes + 0.04 * (bmi - 25),
  }
}
