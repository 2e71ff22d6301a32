import { defineModel } from '../../model.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { inputs, type WarfarinInput } from './input.js'

export interface WarfarinOutput {
  /** Square root of the weekly dose in mg */
  readonly sqrtWeekly: number
  /** mg/wk */
  readonly weekly_mg: number
  /** mg/d */
  readonly daily_mg: number
  /** The clinical equation, without genotypes, mg/wk */
  readonly clinicalOnly_weekly_mg: number
}

/** The warfarin dose that keeps an INR of 2 to 3, from genotypes and clinical data. */
export const warfarinIwpc2009 = defineModel<WarfarinInput, WarfarinOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'sqrtWeekly', quantity: 'Square root of the weekly dose', unit: '1' },
    { name: 'weekly_mg', quantity: 'Weekly dose', unit: 'mg/wk' },
    { name: 'daily_mg', quantity: 'Daily dose', unit: 'mg/d' },
    { name: 'clinicalOnly_weekly_mg', quantity: 'Weekly dose without genotypes', unit: 'mg/wk' },
  ],
  card,
  coefficients,
  compute(input) {
    const { pharmacogenetic, clinical } = coefficients
    const sqrtWeekly =
      clinicalPart(input, pharmacogenetic) +
      pharmacogenetic.vkorc1[input.vkorc1_1639 === 'GA' ? 'AG' : input.vkorc1_1639] +
      pharmacogenetic.cyp2c9[orderedDiplotype(input.cyp2c9)]
    const weekly_mg = sqrtWeekly * sqrtWeekly
    const sqrtClinical = clinicalPart(input, clinical)
    return { sqrtWeekly, weekly_mg, daily_mg: weekly_mg / 7, clinicalOnly_weekly_mg: sqrtClinical * sqrtClinical }
  },
})

type Weights = (typeof coefficients)['pharmacogenetic' | 'clinical']

function clinicalPart(input: WarfarinInput, weights: Weights): number {
  return (
    weights.intercept +
    weights.perDecade * Math.floor(input.age / 10) +
    weights.perCm * input.height_cm +
    weights.perKg * input.weight_kg +
    weights.race[raceTerm(input.race)] +
    (Number(input.enzymeInducer) === 1 ? weights.enzymeInducer : 0) +
    (Number(input.amiodarone) === 1 ? weights.amiodarone : 0)
  )
}

/** The publication has one term for mixed and for missing. */
function raceTerm(race: WarfarinInput['race']): keyof Weights['race'] {
  return race === 'missing' || race === 'unknown' ? 'mixed' : race
}

function orderedDiplotype(diplotype: string): keyof typeof coefficients.pharmacogenetic.cyp2c9 {
  const ordered = diplotype === 'unknown' ? diplotype : diplotype.split('/').sort().join('/')
  return ordered as keyof typeof coefficients.pharmacogenetic.cyp2c9
}
