import { defineModel } from '../../model.js'
import { calibratedRiskPercent } from './calibrated-risk.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { applicability, inputs, type Score2Input } from './input.js'

export interface Score2Output {
  /** Ten-year risk of fatal and non-fatal cardiovascular disease, % */
  readonly risk10y_pct: number
  /** By the age-dependent limits of the ESC guideline, on the unrounded risk. */
  readonly riskClass: 'Low' | 'Moderate' | 'High'
}

const oldestForScore2 = 70

/** SCORE2 below 70 years and SCORE2-OP from 70 years on, calibrated to a European risk region. */
export const score2 = defineModel<Score2Input, Score2Output>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'risk10y_pct', quantity: '10-year risk of cardiovascular disease', unit: '%' },
    { name: 'riskClass', quantity: 'Risk class for the age' },
  ],
  card,
  coefficients,
  applicability,
  compute(input) {
    const risk10y_pct = riskPercent(input)
    return { risk10y_pct, riskClass: riskClassOf(input.age, risk10y_pct) }
  },
})

function riskPercent(input: Score2Input): number {
  const equations = input.age < oldestForScore2 ? 'score2' : 'score2Op'
  const { baselineSurvival, meanPredictor } = coefficients[equations]
  const scales = coefficients.calibration[equations][input.riskRegion][input.sex]
  const predictor = linearPredictor(input, equations) - meanPredictor[input.sex]
  return calibratedRiskPercent(predictor, baselineSurvival[input.sex], scales)
}

function linearPredictor(input: Score2Input, equations: 'score2' | 'score2Op'): number {
  const weights = coefficients[equations][input.sex]
  const { age, sbp, totalCholesterol, hdl } =
    equations === 'score2' ? centredForScore2(input) : centredForScore2Op(input)
  const smoking = input.smoker ? 1 : 0
  const diabetes = input.diabetes ? 1 : 0
  return (
    age * weights.age +
    smoking * (weights.smoking + age * weights.ageSmoking) +
    sbp * (weights.sbp + age * weights.ageSbp) +
    diabetes * (weights.diabetes + age * weights.ageDiabetes) +
    totalCholesterol * (weights.totalCholesterol + age * weights.ageTotalCholesterol) +
    hdl * (weights.hdl + age * weights.ageHdl)
  )
}

function centredForScore2(input: Score2Input) {
  return {
    age: (input.age - 60) / 5,
    sbp: (input.sbp_mmHg - 120) / 20,
    totalCholesterol: input.totalChol_mmolL - 6,
    hdl: (input.hdl_mmolL - 1.3) / 0.5,
  }
}

function centredForScore2Op(input: Score2Input) {
  return {
    age: input.age - 73,
    sbp: input.sbp_mmHg - 150,
    totalCholesterol: input.totalChol_mmolL - 6,
    hdl: input.hdl_mmolL - 1.4,
  }
}

function riskClassOf(age: number, riskPercent: number): Score2Output['riskClass'] {
  const limits = coefficients.riskClasses.find(({ below }) => age < below)
  if (limits === undefined || riskPercent >= limits.high) return 'High'
  return riskPercent >= limits.moderate ? 'Moderate' : 'Low'
}
