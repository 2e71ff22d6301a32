import { defineModel } from '../../model.js'
import {
  areaUntil,
  concentrationAt,
  twoCompartment,
  type TwoCompartmentParameters,
} from '../../pharmacokinetics/disposition.js'
import { expandDoses, type Infusion } from '../../pharmacokinetics/doses.js'
import { type Observation } from '../../pharmacokinetics/map-estimation.js'
import {
  optionalConcentrations,
  infusions,
  refuseRepetitions,
  sampleTimes,
} from '../../pharmacokinetics/specifications.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { estimateIndividual, type IndividualEstimate } from './individual.js'
import { creatinineClearance, typicalParameters, type VancomycinPatient } from './parameters.js'

export interface GotiInput extends VancomycinPatient {
  readonly doses: readonly Infusion[]
  /** Without one, only the typical patient is computed. */
  readonly observations?: readonly Observation[]
  /** Times at which the typical concentration is read. */
  readonly times_h?: readonly number[]
}

export interface GotiOutput {
  readonly crcl_mLmin: number
  readonly typical: TwoCompartmentParameters
  /** Concentration by time in hours. */
  readonly typicalConc_mgL: Readonly<Record<string, number>>
  readonly typicalAUC0_24: number
  readonly map: IndividualEstimate | null
}

/** Vancomycin in adults, with and without haemodialysis: the typical patient, and this one from measured levels. */
export const vancomycinGoti2018 = defineModel<GotiInput, GotiOutput>({
  id: 'pk.vancomycin-goti-2018',
  version: '1.0.0',
  inputs: [
    { name: 'age', kind: 'number', quantity: 'age', unit: 'a', range: { min: 18, max: 110 } },
    { name: 'weight_kg', kind: 'number', quantity: 'total body weight', unit: 'kg', range: { min: 30, max: 250 } },
    { name: 'scr_mgdL', kind: 'number', quantity: 'serum creatinine', unit: 'mg/dL', range: { min: 0.1, max: 20 } },
    { name: 'sex', kind: 'code', quantity: 'sex', values: ['female', 'male'] },
    { name: 'haemodialysis', kind: 'boolean', quantity: 'on intermittent haemodialysis' },
    infusions,
    optionalConcentrations,
    sampleTimes,
  ],
  outputs: [
    { name: 'crcl_mLmin', quantity: 'creatinine clearance used', unit: 'mL/min' },
    { name: 'typical.CL', quantity: 'typical clearance', unit: 'L/h' },
    { name: 'typical.Vc', quantity: 'typical central volume', unit: 'L' },
    { name: 'typical.Vp', quantity: 'typical peripheral volume', unit: 'L' },
    { name: 'typical.Q', quantity: 'intercompartmental clearance', unit: 'L/h' },
    { name: 'typicalConc_mgL', quantity: 'typical concentration by time in hours', unit: 'mg/L' },
    { name: 'typicalAUC0_24', quantity: 'typical area under the curve of the first 24 h', unit: 'mg.h/L' },
    { name: 'map', quantity: 'individual estimate with its posterior SD', nullable: true },
  ],
  card,
  coefficients,
  applicability: ({ doses }) => refuseRepetitions(doses),
  compute(input) {
    const crcl_mLmin = creatinineClearance(input)
    const typical = typicalParameters(input, crcl_mLmin)
    const doses = expandDoses(input.doses)
    const terms = twoCompartment(typical)
    const observations = input.observations ?? []
    return {
      crcl_mLmin,
      typical,
      typicalConc_mgL: Object.fromEntries(
        (input.times_h ?? []).map((t) => [String(t), concentrationAt(terms, doses, t)]),
      ),
      typicalAUC0_24: areaUntil(terms, doses, 24),
      map: observations.length === 0 ? null : estimateIndividual(typical, doses, observations),
    }
  },
})
