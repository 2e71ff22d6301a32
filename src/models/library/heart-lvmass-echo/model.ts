import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'

/** Linear measurements at end-diastole, cm. */
export interface LvMassEchoInput {
  /** Internal diameter of the left ventricle */
  readonly lvidd_cm: number
  /** Thickness of the interventricular septum */
  readonly ivsd_cm: number
  /** Thickness of the posterior wall */
  readonly lvpwd_cm: number
}

export interface LvMassEchoOutput {
  readonly lvMass_g: number
  /** Relative wall thickness, 2·PW/LVID */
  readonly rwt: number
}

const inputs: readonly InputSpecification[] = [
  {
    name: 'lvidd_cm',
    quantity: 'Left ventricular internal diameter, end-diastolic',
    kind: 'number',
    unit: 'cm',
    range: { min: 1, max: 12 },
  },
  {
    name: 'ivsd_cm',
    quantity: 'Interventricular septum thickness, end-diastolic',
    kind: 'number',
    unit: 'cm',
    range: { min: 0.2, max: 5 },
  },
  {
    name: 'lvpwd_cm',
    quantity: 'Left ventricular posterior wall thickness, end-diastolic',
    kind: 'number',
    unit: 'cm',
    range: { min: 0.2, max: 5 },
  },
]

/** Left ventricular mass and relative wall thickness from linear echo measurements. */
export const lvMassEcho = defineModel<LvMassEchoInput, LvMassEchoOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    { name: 'lvMass_g', quantity: 'Left ventricular mass', unit: 'g' },
    { name: 'rwt', quantity: 'Relative wall thickness', unit: '1' },
  ],
  card,
  coefficients,
  compute({ lvidd_cm, ivsd_cm, lvpwd_cm }) {
    const { factor, myocardialDensity, offset } = coefficients
    const outer = lvidd_cm + ivsd_cm + lvpwd_cm
    const wall_mL = outer * outer * outer - lvidd_cm * lvidd_cm * lvidd_cm
    return { lvMass_g: factor * myocardialDensity * wall_mL + offset, rwt: (2 * lvpwd_cm) / lvidd_cm }
  },
})
