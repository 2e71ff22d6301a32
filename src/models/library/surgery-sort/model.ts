import { defineModel } from '../../model.js'
import { expit } from '../../numerics/logistic.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { inputs, type SortInput } from './input.js'

/** Risks between 0 and 1. Morbidity is that of the Postoperative Morbidity Survey (POMS) on the day named. */
export interface SortOutput {
  readonly mortLogit: number
  /** Death within 30 days */
  readonly mort30: number
  readonly morbLogit: number
  /** Whether the morbidity equations were made for this patient: elective inpatients only. */
  readonly morbidityApplicable: boolean
  readonly pomsD7: number
  readonly pomsLowD7: number
  readonly pomsHighD7: number
  readonly pomsD14: number
  readonly pomsD21: number
  readonly pomsD28: number
  /** Death within 30 days when the clinician's own estimate lies in the band of percent named. */
  readonly mortWithClinician_lt1: number
  readonly 'mortWithClinician_1_2.5': number
  readonly 'mortWithClinician_2.6_5': number
  readonly 'mortWithClinician_5.1_10': number
  readonly 'mortWithClinician_10.1_50': number
  readonly mortWithClinician_gt50: number
}

/** SORT: death and morbidity after surgery, with the published recovery curve over four weeks. */
export const sort = defineModel<SortInput, SortOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'mortLogit', quantity: 'Log-odds of death within 30 days', unit: '1' },
    { name: 'mort30', quantity: '30-day mortality', unit: '1' },
    { name: 'morbLogit', quantity: 'Log-odds of morbidity on day 7', unit: '1' },
    { name: 'morbidityApplicable', quantity: 'Morbidity equations apply (elective inpatient)' },
    { name: 'pomsD7', quantity: 'Morbidity on day 7', unit: '1' },
    { name: 'pomsLowD7', quantity: 'Low-grade morbidity on day 7', unit: '1' },
    { name: 'pomsHighD7', quantity: 'High-grade morbidity on day 7', unit: '1' },
    { name: 'pomsD14', quantity: 'Morbidity on day 14', unit: '1' },
    { name: 'pomsD21', quantity: 'Morbidity on day 21', unit: '1' },
    { name: 'pomsD28', quantity: 'Morbidity on day 28', unit: '1' },
    { name: 'mortWithClinician_lt1', quantity: '30-day mortality, clinician estimates below 1 %', unit: '1' },
    { name: 'mortWithClinician_1_2.5', quantity: '30-day mortality, clinician estimates 1-2.5 %', unit: '1' },
    { name: 'mortWithClinician_2.6_5', quantity: '30-day mortality, clinician estimates 2.6-5 %', unit: '1' },
    { name: 'mortWithClinician_5.1_10', quantity: '30-day mortality, clinician estimates 5.1-10 %', unit: '1' },
    { name: 'mortWithClinician_10.1_50', quantity: '30-day mortality, clinician estimates 10.1-50 %', unit: '1' },
    { name: 'mortWithClinician_gt50', quantity: '30-day mortality, clinician estimates above 50 %', unit: '1' },
  ],
  card,
  coefficients,
  compute(input) {
    const mortLogit = mortalityLogit(input)
    const mort30 = expit(mortLogit)
    const morbLogit = morbidityLogit(input)
    const { recovery, clinician } = coefficients
    const recalibrated = ([slope, intercept]: readonly [number, number]): number => expit(slope * morbLogit + intercept)
    const combined = (band: keyof typeof clinician.bands): number =>
      expit(clinician.intercept + clinician.perSortPercent * (100 * mort30) + clinician.bands[band])
    return {
      mortLogit,
      mort30,
      morbLogit,
      morbidityApplicable: input.urgency === 'Ele',
      pomsD7: expit(morbLogit),
      pomsLowD7: recalibrated(recovery.lowGradeDay7),
      pomsHighD7: recalibrated(recovery.highGradeDay7),
      pomsD14: recalibrated(recovery.day14),
      pomsD21: recalibrated(recovery.day21),
      pomsD28: recalibrated(recovery.day28),
      mortWithClinician_lt1: combined('<1'),
      'mortWithClinician_1_2.5': combined('1-2.5'),
      'mortWithClinician_2.6_5': combined('2.6-5'),
      'mortWithClinician_5.1_10': combined('5.1-10'),
      'mortWithClinician_10.1_50': combined('10.1-50'),
      mortWithClinician_gt50: combined('>50'),
    }
  },
})

function mortalityLogit(input: SortInput): number {
  const weights = coefficients.mortality
  const highRisk = (weights.highRiskSpecialties as readonly string[]).includes(input.specialty)
  return (
    weights.intercept +
    weights.asa[input.asa] +
    weights.urgency[input.urgency] +
    (highRisk ? weights.highRiskSpecialty : 0) +
    sharedTerms(input, weights)
  )
}

function morbidityLogit(input: SortInput): number {
  const weights = coefficients.morbidity
  const bySpecialty: Readonly<Record<string, number>> = weights.specialty
  return (
    weights.intercept +
    weights.asa[input.asa] +
    (bySpecialty[input.specialty] ?? weights.otherSpecialty) +
    sharedTerms(input, weights)
  )
}

interface SharedWeights {
  readonly xmajorOrComplex: number
  readonly malignancy: number
  readonly age65To79: number
  readonly age80AndOver: number
}

function sharedTerms({ age, severity, malignancy }: SortInput, weights: SharedWeights): number {
  const severityTerm = severity === 'Xma' || severity === 'Com' ? weights.xmajorOrComplex : 0
  const malignancyTerm = malignancy ? weights.malignancy : 0
  if (age >= 80) return severityTerm + malignancyTerm + weights.age80AndOver
  return severityTerm + malignancyTerm + (age >= 65 ? weights.age65To79 : 0)
}
