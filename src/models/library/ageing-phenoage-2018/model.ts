import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { exp, expm1, ln } from '../../numerics/elementary.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'

/** An adult with nine blood markers of the same draw. */
export interface PhenoAgeInput {
  readonly albumin_gL: number
  readonly creatinine_umolL: number
  readonly glucose_mmolL: number
  /** Natural logarithm of C-reactive protein in mg/dL; below the detection limit, of the limit. */
  readonly lnCRP_mgdL: number
  readonly lymph_pct: number
  readonly mcv_fL: number
  readonly rdw_pct: number
  readonly alp_UL: number
  readonly wbc_10e9L: number
  /** a */
  readonly age: number
}

export interface PhenoAgeOutput {
  /** Linear predictor of the hazard */
  readonly xb: number
  /** Ten-year mortality score, between 0 and 1 */
  readonly mort10y: number
  /** Phenotypic age, a */
  readonly phenoAge: number
  /** Phenotypic less chronological age, a */
  readonly advance: number
  /** Probabilities of being alive after 5 and 10 years */
  readonly surv5y: number
  readonly surv10y: number
}

/** Ranges that hold any plausible measurement; the equations were fitted to a general population. */
const inputs: readonly InputSpecification[] = [
  { name: 'albumin_gL', quantity: 'Albumin', kind: 'number', unit: 'g/L', range: { min: 10, max: 70 } },
  { name: 'creatinine_umolL', quantity: 'Creatinine', kind: 'number', unit: 'umol/L', range: { min: 9, max: 2000 } },
  { name: 'glucose_mmolL', quantity: 'Glucose', kind: 'number', unit: 'mmol/L', range: { min: 1, max: 60 } },
  {
    name: 'lnCRP_mgdL',
    quantity: 'Natural logarithm of C-reactive protein in mg/dL',
    kind: 'number',
    unit: '1',
    range: { min: -8, max: 5 },
  },
  {
    name: 'lymph_pct',
    quantity: 'Lymphocytes per 100 leukocytes',
    kind: 'number',
    unit: '%',
    range: { min: 0, max: 100 },
  },
  { name: 'mcv_fL', quantity: 'Mean corpuscular volume', kind: 'number', unit: 'fL', range: { min: 40, max: 150 } },
  { name: 'rdw_pct', quantity: 'Red cell distribution width', kind: 'number', unit: '%', range: { min: 8, max: 40 } },
  { name: 'alp_UL', quantity: 'Alkaline phosphatase', kind: 'number', unit: 'U/L', range: { min: 5, max: 2000 } },
  { name: 'wbc_10e9L', quantity: 'Leukocytes', kind: 'number', unit: '10*9/L', range: { min: 0.5, max: 100 } },
  { name: 'age', quantity: 'Age', kind: 'number', unit: 'a', range: { min: 20, max: 84 } },
]

/** Phenotypic age: the age at which the average person has this person's mortality risk. */
export const phenoAge2018 = defineModel<PhenoAgeInput, PhenoAgeOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'xb', quantity: 'Linear predictor', unit: '1' },
    { name: 'mort10y', quantity: '10-year mortality score', unit: '1' },
    { name: 'phenoAge', quantity: 'Phenotypic age', unit: 'a' },
    { name: 'advance', quantity: 'Phenotypic less chronological age', unit: 'a' },
    { name: 'surv5y', quantity: '5-year survival', unit: '1' },
    { name: 'surv10y', quantity: '10-year survival', unit: '1' },
  ],
  card,
  coefficients,
  compute(input) {
    const xb = linearPredictor(input)
    // −ln(1 − mortality), which the inverse needs, is known before the subtraction that would lose its digits.
    const hazardSum = (coefficients.tenYearFactor * exp(xb)) / coefficients.gammaPerMonth
    const { offset, scale, slope } = coefficients.inverse
    const phenoAge = offset + ln(scale * hazardSum) / slope
    return {
      xb,
      mort10y: -expm1(-hazardSum),
      phenoAge,
      advance: phenoAge - input.age,
      surv5y: survival(xb, 60),
      surv10y: survival(xb, 120),
    }
  },
})

function linearPredictor(input: PhenoAgeInput): number {
  const { intercept, weights } = coefficients
  return (
    intercept +
    weights.albumin_gL * input.albumin_gL +
    weights.creatinine_umolL * input.creatinine_umolL +
    weights.glucose_mmolL * input.glucose_mmolL +
    weights.lnCRP_mgdL * input.lnCRP_mgdL +
    weights.lymph_pct * input.lymph_pct +
    weights.mcv_fL * input.mcv_fL +
    weights.rdw_pct * input.rdw_pct +
    weights.alp_UL * input.alp_UL +
    weights.wbc_10e9L * input.wbc_10e9L +
    weights.age * input.age
  )
}

/** The Gompertz survival curve: probability of being alive after a number of months. */
export function survival(xb: number, months: number): number {
  const gamma = coefficients.gammaPerMonth
  return exp((-exp(xb) * expm1(gamma * months)) / gamma)
}
