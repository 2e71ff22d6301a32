import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { ln } from '../../numerics/elementary.js'
import { calibratedRiskPercent } from '../cvd-score2-2021/calibrated-risk.js'
import { applicability as score2Applicability, type Score2Input, sharedInputs } from '../cvd-score2-2021/input.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'

/** A person with type 2 diabetes and without cardiovascular disease. */
export interface Score2DiabetesInput extends Omit<Score2Input, 'diabetes'> {
  /** Age when diabetes was diagnosed, a */
  readonly ageAtDiabetesDx: number
  /** Haemoglobin A1c (IFCC), mmol/mol */
  readonly hba1c_mmolmol: number
  /** mL/min/{1.73_m2}, CKD-EPI */
  readonly egfr: number
}

export interface Score2DiabetesOutput {
  /** Ten-year risk of fatal and non-fatal cardiovascular disease, % */
  readonly risk10y_pct: number
  /** The same, rounded to one decimal as the paper prints it. */
  readonly risk10y_pct_1dp_paper: number
  /** By the limits of the ESC guideline on diabetes 2023: 5, 10 and 20 %. */
  readonly riskClass: 'Low' | 'Moderate' | 'High' | 'Very high'
}

const inputs: readonly InputSpecification[] = [
  ...sharedInputs,
  { name: 'age', quantity: 'Age', kind: 'number', unit: 'a', range: { min: 40, max: 69 } },
  {
    name: 'ageAtDiabetesDx',
    quantity: 'Age at diagnosis of diabetes',
    kind: 'number',
    unit: 'a',
    range: { min: 1, max: 69 },
  },
  {
    name: 'hba1c_mmolmol',
    quantity: 'Haemoglobin A1c',
    kind: 'number',
    unit: 'mmol/mol',
    range: { min: 15, max: 200 },
  },
  {
    name: 'egfr',
    quantity: 'Estimated glomerular filtration rate',
    kind: 'number',
    unit: 'mL/min/{1.73_m2}',
    range: { min: 5, max: 200 },
  },
]

/** SCORE2-Diabetes: SCORE2 extended by age at diagnosis, HbA1c and kidney function. */
export const score2Diabetes = defineModel<Score2DiabetesInput, Score2DiabetesOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'risk10y_pct', quantity: '10-year risk of cardiovascular disease', unit: '%' },
    { name: 'risk10y_pct_1dp_paper', quantity: '10-year risk of cardiovascular disease, one decimal', unit: '%' },
    { name: 'riskClass', quantity: 'Risk class in type 2 diabetes' },
  ],
  card,
  coefficients,
  applicability,
  compute(input) {
    const risk10y_pct = calibratedRiskPercent(
      linearPredictor(input),
      coefficients.baselineSurvival[input.sex],
      coefficients.calibration[input.riskRegion][input.sex],
    )
    return {
      risk10y_pct,
      risk10y_pct_1dp_paper: Math.floor(risk10y_pct * 10 + 0.5) / 10,
      riskClass: riskClassOf(risk10y_pct),
    }
  },
})

function applicability(input: Partial<Score2DiabetesInput>): readonly RefusalReason[] {
  const reasons = [...score2Applicability(input)]
  if (Number(input.ageAtDiabetesDx) > Number(input.age)) {
    reasons.push({ input: 'ageAtDiabetesDx', code: 'not-applicable', limit: 'not above age' })
  }
  return reasons
}

function linearPredictor(input: Score2DiabetesInput): number {
  const weights = coefficients[input.sex]
  const age = (input.age - 60) / 5
  const smoking = input.smoker ? 1 : 0
  const sbp = (input.sbp_mmHg - 120) / 20
  const totalCholesterol = input.totalChol_mmolL - 6
  const hdl = (input.hdl_mmolL - 1.3) / 0.5
  const ageAtDiagnosis = (input.ageAtDiabetesDx - 50) / 5
  const hba1c = (input.hba1c_mmolmol - 31) / 9.34
  const lnEgfr = (ln(input.egfr) - 4.5) / 0.15
  return (
    age * weights.age +
    smoking * (weights.smoking + age * weights.ageSmoking) +
    sbp * (weights.sbp + age * weights.ageSbp) +
    (weights.diabetes + age * weights.ageDiabetes) +
    totalCholesterol * (weights.totalCholesterol + age * weights.ageTotalCholesterol) +
    hdl * (weights.hdl + age * weights.ageHdl) +
    ageAtDiagnosis * weights.ageAtDiagnosis +
    hba1c * (weights.hba1c + age * weights.ageHba1c) +
    lnEgfr * (weights.lnEgfr + lnEgfr * weights.lnEgfrSquared + age * weights.ageLnEgfr)
  )
}

function riskClassOf(riskPercent: number): Score2DiabetesOutput['riskClass'] {
  if (riskPercent < 5) return 'Low'
  if (riskPercent < 10) return 'Moderate'
  return riskPercent < 20 ? 'High' : 'Very high'
}
