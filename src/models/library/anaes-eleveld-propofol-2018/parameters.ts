import { exp, pow } from '../../numerics/elementary.js'
import { coefficients as c } from './coefficients.js'

export interface AnaesthesiaPatient {
  readonly age: number
  readonly weight_kg: number
  readonly height_cm: number
  readonly sex: 'female' | 'male'
  /** Opioids are given as well. */
  readonly opioids: boolean
}

/** Volumes in L, clearances in L/min, ke0 in 1/min, Ce50 in µg/mL, fat-free mass in kg. */
export interface PropofolParameters {
  readonly V1: number
  readonly V2: number
  readonly V3: number
  readonly CL: number
  readonly Q2: number
  readonly Q3: number
  readonly ke0: number
  readonly Ce50: number
  readonly ffm: number
}

const referenceMass = fatFreeMass({ ...c.reference, sex: 'male' })
const referenceWeeks = postmenstrualWeeks(c.reference.age)

/** Population parameters of a patient. */
export function typicalParameters(patient: AnaesthesiaPatient): PropofolParameters {
  const { age, weight_kg, sex, opioids } = patient
  const size = weight_kg / c.reference.weight_kg
  const years = age - c.reference.age
  const withOpioids = (perYear: number): number => (opioids ? exp(perYear * age) : 1)
  const allometric = (ratio: number): number => pow(ratio, c.allometricExponent)
  const weeks = postmenstrualWeeks(age)

  const ffm = fatFreeMass(patient)
  const V2 = c.V2 * size * exp(c.V2Ageing * years)
  const V3 = c.V3 * (ffm / referenceMass) * withOpioids(c.opioidsOnV3)
  const clearance = sex === 'male' ? c.clearanceMale : c.clearanceFemale
  const maturity = clearanceMaturity(weeks) / clearanceMaturity(referenceWeeks)
  return {
    V1: c.V1 * (saturation(weight_kg, c.V1HalfWeight) / saturation(c.reference.weight_kg, c.V1HalfWeight)),
    V2,
    V3,
    CL: clearance * allometric(size) * maturity * withOpioids(c.opioidsOnClearance),
    Q2: c.Q2 * allometric(V2 / c.V2) * (1 + c.Q2Immaturity * (1 - saturation(weeks, c.Q3MaturationHalf))),
    Q3:
      c.Q3 *
      allometric(V3 / c.V3) *
      (saturation(weeks, c.Q3MaturationHalf) / saturation(referenceWeeks, c.Q3MaturationHalf)),
    ke0: c.ke0 * pow(size, c.ke0Exponent),
    Ce50: c.Ce50 * exp(c.Ce50Ageing * years),
    ffm,
  }
}

/** Al-Sallami's fat-free mass in kg. */
export function fatFreeMass({ age, weight_kg, height_cm, sex }: Omit<AnaesthesiaPatient, 'opioids'>): number {
  const { adult, young, halfAge, exponent, offset, perBmi } = c.fatFreeMass[sex]
  const height_m = height_cm / 100
  const bmi = weight_kg / (height_m * height_m)
  const maturity = adult + young / (1 + pow(age / halfAge, exponent))
  return (maturity * c.fatFreeMass.scale * weight_kg) / (offset + perBmi * bmi)
}

/** Bispectral index at an effect-site concentration in µg/mL. */
export function bispectralIndex(Ce: number, Ce50: number): number {
  const slope = Ce <= Ce50 ? c.slope.below : c.slope.above
  const drive = pow(Math.max(Ce, 0) / Ce50, slope)
  return c.baselineBIS / (1 + drive)
}

function postmenstrualWeeks(age: number): number {
  return age * c.weeksInYear + c.gestationWeeks
}

function clearanceMaturity(weeks: number): number {
  const { half, exponent } = c.clearanceMaturation
  const grown = pow(weeks / half, exponent)
  return grown / (1 + grown)
}

function saturation(amount: number, half: number): number {
  return amount / (amount + half)
}
