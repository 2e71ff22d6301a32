import { exp, expm1 } from '../numerics/elementary.js'
import { type Bolus } from './doses.js'

/** Clearance in L/h, volume in L, first-order absorption rate in 1/h. */
export interface OralParameters {
  readonly CL_Lh: number
  readonly V_L: number
  readonly KA_h: number
}

/**
 * Concentration (mg/L) at a time (h) in one compartment with first-order absorption, doses superposed
 * (Bateman 1910). Written with the mean rate so that it stays exact where absorption and elimination are equally fast.
 * @param doses expanded, without repetitions.
 */
export function oralConcentrationAt({ CL_Lh, V_L, KA_h }: OralParameters, doses: readonly Bolus[], t: number): number {
  const elimination = CL_Lh / V_L
  let concentration = 0
  for (const { t_h, amt_mg } of doses) {
    const elapsed = t - t_h
    if (elapsed <= 0) continue
    concentration += amt_mg * exp(-elimination * elapsed) * elapsed * meanDecay((KA_h - elimination) * elapsed)
  }
  return (concentration * KA_h) / V_L
}

/** (1 − e^−x)/x, 1 at 0. */
function meanDecay(x: number): number {
  return x === 0 ? 1 : -expm1(-x) / x
}
