import { defineModel } from '../../model.js'
import { concentrationAt, oneCompartment } from '../../pharmacokinetics/disposition.js'
import { type Infusion } from '../../pharmacokinetics/doses.js'
import { type Observation } from '../../pharmacokinetics/map-estimation.js'
import { optionalConcentrations, sampleTimes } from '../../pharmacokinetics/specifications.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { type BuelgaIndividual, estimateIndividual } from './individual.js'

export interface BuelgaInput {
  readonly weight_kg: number
  readonly crcl_mLmin: number
  /** One dose of the regimen, repeated every tau_h from time 0. */
  readonly dose_mg: number
  readonly dur_h: number
  readonly tau_h: number
  readonly observations?: readonly Observation[]
  /** Times at which the typical concentration is read. */
  readonly times_h?: readonly number[]
}

export interface BuelgaOutput {
  readonly CL_Lh: number
  readonly V_L: number
  /** Concentration by time in hours. */
  readonly conc: Readonly<Record<string, number>>
  readonly auc24ss: number
  readonly map: BuelgaIndividual | null
}

/** Vancomycin in adults with haematological malignancies, one compartment. */
export const vancomycinBuelga2005 = defineModel<BuelgaInput, BuelgaOutput>({
  id: 'pk.vancomycin-buelga-2005',
  version: '1.0.0',
  inputs: [
    { name: 'weight_kg', kind: 'number', quantity: 'total body weight', unit: 'kg', range: { min: 30, max: 250 } },
    {
      name: 'crcl_mLmin',
      kind: 'number',
      quantity: 'creatinine clearance',
      unit: 'mL/min',
      range: { min: 5, max: 300 },
    },
    {
      name: 'dose_mg',
      kind: 'number',
      quantity: 'dose',
      unit: 'mg',
      range: { min: 0, max: 10_000, exclusiveMin: true },
    },
    {
      name: 'dur_h',
      kind: 'number',
      quantity: 'length of each infusion',
      unit: 'h',
      range: { min: 0, max: 24, exclusiveMin: true },
    },
    { name: 'tau_h', kind: 'number', quantity: 'dosing interval', unit: 'h', range: { min: 1, max: 168 } },
    optionalConcentrations,
    sampleTimes,
  ],
  outputs: [
    { name: 'CL_Lh', quantity: 'typical clearance', unit: 'L/h' },
    { name: 'V_L', quantity: 'typical volume of distribution', unit: 'L' },
    { name: 'conc', quantity: 'typical concentration by time in hours', unit: 'mg/L' },
    { name: 'auc24ss', quantity: 'typical area under the curve a day at steady state', unit: 'mg.h/L' },
    { name: 'map', quantity: 'individual estimate with its posterior SD', nullable: true },
  ],
  card,
  coefficients,
  compute(input) {
    const CL = coefficients.clearancePerCreatinineClearance * input.crcl_mLmin * coefficients.litresPerHour
    const V = coefficients.volumePerWeight * input.weight_kg
    const dailyDose = (input.dose_mg * 24) / input.tau_h
    const { times_h = [], observations = [] } = input
    const horizon = [...times_h, ...observations.map(({ t_h }) => t_h)].reduce((a, b) => Math.max(a, b), 0)
    const doses = dosesUntil(input, horizon)
    const terms = oneCompartment(CL, V)
    return {
      CL_Lh: CL,
      V_L: V,
      conc: Object.fromEntries(times_h.map((t) => [String(t), concentrationAt(terms, doses, t)])),
      auc24ss: dailyDose / CL,
      map: observations.length === 0 ? null : estimateIndividual({ CL, V }, doses, dailyDose, observations),
    }
  },
})

function dosesUntil({ dose_mg, dur_h, tau_h }: BuelgaInput, horizon: number): Infusion[] {
  const count = Math.floor(horizon / tau_h) + 1
  return Array.from({ length: count }, (_, index) => ({ t_h: index * tau_h, amt_mg: dose_mg, dur_h }))
}
