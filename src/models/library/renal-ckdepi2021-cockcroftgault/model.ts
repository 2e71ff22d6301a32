import { isAbsent } from '../../absence.js'
import { defineModel } from '../../model.js'
import { pow } from '../../numerics/elementary.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'

/** An adult in a steady state of creatinine. */
export interface RenalFunctionInput {
  /** Serum or plasma creatinine by an IDMS-traceable assay, mg/dL */
  readonly creatinine_mgdL: number
  /** a */
  readonly age: number
  readonly sex: 'male' | 'female'
  /** kg; without it there is no creatinine clearance. */
  readonly weight_kg?: number | null
}

export interface RenalFunctionOutput {
  /** CKD-EPI 2021 (without race), mL/min/{1.73_m2} */
  readonly egfr: number
  /** Cockcroft-Gault, not indexed to body surface, mL/min; null without a weight. */
  readonly crcl_mLmin: number | null
}

/** Kidney function from creatinine: the two estimates other models take as input. */
export const renalFunction = defineModel<RenalFunctionInput, RenalFunctionOutput>({
  id: card.id,
  version: card.version,
  inputs: [
    { name: 'creatinine_mgdL', quantity: 'Creatinine', kind: 'number', unit: 'mg/dL', range: { min: 0.1, max: 30 } },
    { name: 'age', quantity: 'Age', kind: 'number', unit: 'a', range: { min: 18, max: 120 } },
    { name: 'sex', quantity: 'Sex', kind: 'code', values: ['male', 'female'] },
    {
      name: 'weight_kg',
      quantity: 'Body weight',
      kind: 'number',
      unit: 'kg',
      range: { min: 20, max: 350 },
      optional: true,
    },
  ],
  outputs: [
    { name: 'egfr', quantity: 'Estimated glomerular filtration rate', unit: 'mL/min/{1.73_m2}' },
    { name: 'crcl_mLmin', quantity: 'Creatinine clearance', unit: 'mL/min', nullable: true },
  ],
  card,
  coefficients,
  compute: (input) => ({ egfr: ckdEpi2021(input), crcl_mLmin: cockcroftGault(input) }),
})

function ckdEpi2021({ creatinine_mgdL, age, sex }: RenalFunctionInput): number {
  const { scale, agePerYear, exponentAbove } = coefficients.ckdEpi
  const { kappa, exponentBelow, factor } = coefficients.ckdEpi[sex]
  const ratio = creatinine_mgdL / kappa
  const creatinineFactor = pow(Math.min(ratio, 1), exponentBelow) * pow(Math.max(ratio, 1), exponentAbove)
  return scale * creatinineFactor * pow(agePerYear, age) * factor
}

function cockcroftGault({ creatinine_mgdL, age, sex, weight_kg }: RenalFunctionInput): number | null {
  if (isAbsent(weight_kg)) return null
  const { ageLimit, divisor } = coefficients.cockcroftGault
  return (((ageLimit - age) * weight_kg) / (divisor * creatinine_mgdL)) * coefficients.cockcroftGault[sex]
}
