import { defineModel } from '../../model.js'
import { expit } from '../../numerics/logistic.js'
import { applicability, chooseEquations } from './applicability.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { PREVENT_OUTCOMES, type PreventOutcome } from './coefficients/tables.js'
import { equationWeights, type OutcomeWeights } from './equations.js'
import { inputs, type PreventEquations, type PreventInput } from './input.js'
import { preventTerms } from './terms.js'

/** Probabilities of a first event within the horizon, each between 0 and 1. */
export type PreventRisks = Readonly<Record<PreventOutcome, number>>

export interface PreventOutput {
  /** Which equations gave the result. */
  readonly equations: PreventEquations
  readonly y10: PreventRisks
  /** Null above 59 years: the 30-year equations end there. */
  readonly y30: PreventRisks | null
}

const oldestFor30Years = 59

/** The AHA PREVENT equations: 10- and 30-year risk of cardiovascular disease, its components and heart failure. */
export const prevent2023 = defineModel<PreventInput, PreventOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'equations', quantity: 'Set of equations used' },
    ...PREVENT_OUTCOMES.map((outcome) => ({
      name: `y10.${outcome}`,
      quantity: `10-year risk of ${outcome}`,
      unit: '1',
    })),
    ...PREVENT_OUTCOMES.map((outcome) => ({
      name: `y30.${outcome}`,
      quantity: `30-year risk of ${outcome}`,
      unit: '1',
      nullable: true,
    })),
  ],
  card,
  coefficients,
  applicability,
  compute(input) {
    const equations = chooseEquations(input)
    const terms = preventTerms(input)
    const { y10, y30 } = equationWeights[equations]
    return {
      equations,
      y10: risks(y10[input.sex], terms),
      y30: input.age > oldestFor30Years ? null : risks(y30[input.sex], terms),
    }
  },
})

function risks(weights: OutcomeWeights, terms: readonly number[]): PreventRisks {
  return {
    total_cvd: expit(linearPredictor(weights.total_cvd, terms)),
    ascvd: expit(linearPredictor(weights.ascvd, terms)),
    heart_failure: expit(linearPredictor(weights.heart_failure, terms)),
    chd: expit(linearPredictor(weights.chd, terms)),
    stroke: expit(linearPredictor(weights.stroke, terms)),
  }
}

function linearPredictor(weights: Float64Array, terms: readonly number[]): number {
  let total = 0
  for (let index = 0; index < weights.length; index++) total += (weights[index] as number) * (terms[index] as number)
  return total
}
