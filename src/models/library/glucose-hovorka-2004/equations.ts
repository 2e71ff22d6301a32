import { sqrt } from '../../numerics/elementary.js'
import { type Derivative } from '../../numerics/ode/ode.js'
import { coefficients } from './coefficients.js'

/** Values of the parameters; see coefficients.ts for their units. */
export type HovorkaParameters = Readonly<Record<keyof typeof coefficients.parameters, number>>

/** The parameters of one person with the body weight (kg) all flows scale with. */
export interface HovorkaPerson {
  readonly weight_kg: number
  readonly parameters: HovorkaParameters
}

/** What enters the body during a stretch of time. */
export interface Supply {
  /** Carbohydrate eaten, mmol/min. */
  readonly carbohydrate: number
  /** Insulin infused under the skin, mU/min. */
  readonly insulin: number
}

/** Places of the state: glucose masses (mmol), insulin depots (mU), insulin (mU/L), its actions, gut contents (mmol). */
export const place = { Q1: 0, Q2: 1, S1: 2, S2: 3, I: 4, x1: 5, x2: 6, x3: 7, D1: 8, D2: 9 } as const
const stateSize = 10

/** The right-hand side of the model under a constant supply. */
export function hovorkaDerivative({ weight_kg, parameters }: HovorkaPerson, supply: Supply): Derivative {
  const { k12, ka1, ka2, ka3, ke, VI, VG, AG, tmaxG, SIT, SID, SIE, EGP0, tmaxI } = parameters
  const glucoseVolume = VG * weight_kg
  const insulinVolume = VI * weight_kg
  const production = EGP0 * weight_kg
  return (_t, y, d) => {
    const [Q1, Q2, S1, S2, I] = [y[0] as number, y[1] as number, y[2] as number, y[3] as number, y[4] as number]
    const [x1, x2, x3, D1, D2] = [y[5] as number, y[6] as number, y[7] as number, y[8] as number, y[9] as number]
    const losses = insulinIndependentFlux(parameters, weight_kg, Q1 / glucoseVolume)
    d[0] = -losses - x1 * Q1 + k12 * Q2 + D2 / tmaxG + production * (1 - x3)
    d[1] = x1 * Q1 - (k12 + x2) * Q2
    d[2] = supply.insulin - S1 / tmaxI
    d[3] = (S1 - S2) / tmaxI
    d[4] = S2 / (tmaxI * insulinVolume) - ke * I
    d[5] = ka1 * (SIT * I - x1)
    d[6] = ka2 * (SID * I - x2)
    d[7] = ka3 * (SIE * I - x3)
    d[8] = AG * supply.carbohydrate - D1 / tmaxG
    d[9] = (D1 - D2) / tmaxG
  }
}

/** The state at rest at a glucose concentration (mmol/L), with the insulin infusion (mU/min) that holds it. */
export interface BasalState {
  readonly insulin_mU_min: number
  readonly state: Float64Array
}

/**
 * The steady state without a meal. Insulin solves the quadratic that remains when all derivatives are zero.
 * @returns null when even without insulin glucose would fall below: no infusion can hold it.
 */
export function basalState({ weight_kg, parameters }: HovorkaPerson, glucose_mmolL: number): BasalState | null {
  const { k12, ke, VI, VG, SIT, SID, SIE, EGP0, tmaxI } = parameters
  const Q1 = glucose_mmolL * VG * weight_kg
  const production = EGP0 * weight_kg
  const surplus = production - insulinIndependentFlux(parameters, weight_kg, glucose_mmolL)
  if (surplus < 0) return null
  const a = SIT * SID * Q1 + production * SIE * SID
  const b = production * SIE * k12 - surplus * SID
  const c = -surplus * k12
  // The positive root, in the form that does not subtract nearly equal numbers.
  const root = sqrt(b * b - 4 * a * c)
  const I = b >= 0 ? (-2 * c) / (b + root) : (root - b) / (2 * a)

  const insulin = I * ke * VI * weight_kg
  const state = new Float64Array(stateSize)
  const x1 = SIT * I
  const x2 = SID * I
  state[place.Q1] = Q1
  state[place.Q2] = (x1 * Q1) / (k12 + x2)
  state[place.S1] = insulin * tmaxI
  state[place.S2] = insulin * tmaxI
  state[place.I] = I
  state[place.x1] = x1
  state[place.x2] = x2
  state[place.x3] = SIE * I
  return { insulin_mU_min: insulin, state }
}

/** Uptake that needs no insulin and loss through the kidney, mmol/min. */
function insulinIndependentFlux({ F01, VG }: HovorkaParameters, weight_kg: number, glucose_mmolL: number): number {
  const { fluxThreshold, renalThreshold, renalRate } = coefficients
  const uptake = F01 * weight_kg * Math.min(glucose_mmolL / fluxThreshold, 1)
  const renal = glucose_mmolL > renalThreshold ? renalRate * (glucose_mmolL - renalThreshold) * VG * weight_kg : 0
  return uptake + renal
}
