import { type InputSpecification } from '../../input-specification.js'
import { type RefusalReason } from '../../model-refusal.js'
import { RISK_REGIONS, type RiskRegion } from './calibrated-risk.js'

/** A person without cardiovascular disease. */
export interface Score2Input {
  readonly riskRegion: RiskRegion
  /** a */
  readonly age: number
  readonly sex: 'male' | 'female'
  readonly smoker: boolean
  readonly sbp_mmHg: number
  readonly totalChol_mmolL: number
  readonly hdl_mmolL: number
  /** Known diabetes. The derivation adjusted for it; SCORE2-Diabetes serves such people better. */
  readonly diabetes: boolean
  readonly priorCvd?: boolean | null
}

/** What SCORE2 and SCORE2-Diabetes ask alike; the limits are those of plausible measurements. */
export const sharedInputs: readonly InputSpecification[] = [
  { name: 'riskRegion', quantity: 'European risk region', kind: 'code', values: RISK_REGIONS },
  { name: 'sex', quantity: 'Sex', kind: 'code', values: ['male', 'female'] },
  { name: 'smoker', quantity: 'Current smoking', kind: 'boolean' },
  {
    name: 'sbp_mmHg',
    quantity: 'Systolic blood pressure',
    kind: 'number',
    unit: 'mm[Hg]',
    range: { min: 70, max: 250 },
  },
  {
    name: 'totalChol_mmolL',
    quantity: 'Total cholesterol',
    kind: 'number',
    unit: 'mmol/L',
    range: { min: 2, max: 15 },
  },
  { name: 'hdl_mmolL', quantity: 'HDL cholesterol', kind: 'number', unit: 'mmol/L', range: { min: 0.3, max: 5 } },
  { name: 'priorCvd', quantity: 'Prior cardiovascular disease', kind: 'boolean', optional: true },
]

export const inputs: readonly InputSpecification[] = [
  ...sharedInputs,
  { name: 'age', quantity: 'Age', kind: 'number', unit: 'a', range: { min: 40, max: 89 } },
  { name: 'diabetes', quantity: 'Diabetes mellitus', kind: 'boolean' },
]

/** Refusals of both models: prior disease and contradictory lipids. */
export function applicability(input: Partial<Score2Input>): readonly RefusalReason[] {
  const reasons: RefusalReason[] = []
  if (input.priorCvd === true) {
    reasons.push({ input: 'priorCvd', code: 'not-applicable', limit: 'free of cardiovascular disease' })
  }
  if (Number(input.hdl_mmolL) >= Number(input.totalChol_mmolL)) {
    reasons.push({ input: 'hdl_mmolL', code: 'not-applicable', limit: 'below totalChol_mmolL' })
  }
  return reasons
}
