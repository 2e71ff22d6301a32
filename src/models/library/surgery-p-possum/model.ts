import { defineModel } from '../../model.js'
import { expit } from '../../numerics/logistic.js'
import { pointsIn } from './bands.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { inputs, type OperativeFindings, type PPossumInput } from './input.js'

export interface PPossumOutput {
  /** 12 to 88 points */
  readonly physiologicalScore: number
  /** 6 to 48 points */
  readonly operativeScore: number
  readonly mortalityLogit: number
  /** In-hospital death (P-POSSUM), between 0 and 1 */
  readonly mortality: number
  /** Any complication within 30 days (POSSUM), between 0 and 1 */
  readonly morbidity: number
}

/** P-POSSUM mortality and POSSUM morbidity from physiology and operative findings. */
export const pPossum = defineModel<PPossumInput, PPossumOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'physiologicalScore', quantity: 'Physiological score', unit: '{score}' },
    { name: 'operativeScore', quantity: 'Operative severity score', unit: '{score}' },
    { name: 'mortalityLogit', quantity: 'Log-odds of death', unit: '1' },
    { name: 'mortality', quantity: 'In-hospital mortality', unit: '1' },
    { name: 'morbidity', quantity: '30-day morbidity', unit: '1' },
  ],
  card,
  coefficients,
  compute(input) {
    const physiologicalScore = scorePhysiology(input)
    const operativeScore = scoreOperation(input.op)
    const logOdds = (weights: { intercept: number; physiological: number; operative: number }): number =>
      weights.intercept + weights.physiological * physiologicalScore + weights.operative * operativeScore
    const mortalityLogit = logOdds(coefficients.mortality)
    return {
      physiologicalScore,
      operativeScore,
      mortalityLogit,
      mortality: expit(mortalityLogit),
      morbidity: expit(logOdds(coefficients.morbidity)),
    }
  },
})

function scorePhysiology(input: PPossumInput): number {
  const { bands } = coefficients
  return (
    input.cardiac +
    input.resp +
    input.ecg +
    pointsIn(bands.age, input.age) +
    pointsIn(bands.sbp, input.sbp) +
    pointsIn(bands.pulse, input.pulse) +
    pointsIn(bands.gcs, input.gcs) +
    pointsIn(bands.hb_gL, input.hb_gL) +
    pointsIn(bands.wcc, input.wcc) +
    pointsIn(bands.urea, input.urea) +
    pointsIn(bands.na, input.na) +
    pointsIn(bands.k, input.k)
  )
}

function scoreOperation(op: OperativeFindings): number {
  return op.severity + op.procedures + op.bloodLoss + op.soiling + op.malignancy + op.urgency
}
