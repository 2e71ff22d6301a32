import { exp, expm1, sqrt } from '../numerics/elementary.js'
import { type Infusion } from './doses.js'

/** One exponential of a unit-impulse response: coefficient (1/L) times e^(−rate·t), rate in 1/h. */
export interface DispositionTerm {
  readonly coefficient: number
  readonly rate: number
}

/** Clearances in L/h, volumes in L. */
export interface TwoCompartmentParameters {
  readonly CL: number
  readonly Vc: number
  readonly Vp: number
  readonly Q: number
}

/** Plasma concentration after a unit dose into one compartment. */
export function oneCompartment(CL: number, V: number): DispositionTerm[] {
  return [{ coefficient: 1 / V, rate: CL / V }]
}

/** Plasma concentration after a unit dose into the central of two compartments (Gibaldi, Perrier 1982, chapter 2). */
export function twoCompartment({ CL, Vc, Vp, Q }: TwoCompartmentParameters): DispositionTerm[] {
  const [k10, k12, k21] = [CL / Vc, Q / Vc, Q / Vp]
  const total = k10 + k12 + k21
  const spread = sqrt(total * total - 4 * k10 * k21)
  const fast = (total + spread) / 2
  // The product of both rates is k10·k21; a difference here would lose the digits of a slow rate.
  const slow = (k10 * k21) / fast
  return [
    { coefficient: (fast - k21) / (spread * Vc), rate: fast },
    { coefficient: (k21 - slow) / (spread * Vc), rate: slow },
  ]
}

/**
 * Concentration (mg/L) at a time (h) under constant-rate infusions that superpose, in closed form.
 * @param doses expanded, without repetitions.
 */
export function concentrationAt(terms: readonly DispositionTerm[], doses: readonly Infusion[], t: number): number {
  let concentration = 0
  for (const { coefficient, rate } of terms) {
    const fill = new Filling(rate)
    for (const dose of doses) {
      const elapsed = t - dose.t_h
      if (elapsed <= 0) continue
      const { dur_h } = dose
      const left = elapsed > dur_h ? exp(-rate * (elapsed - dur_h)) : 1
      concentration += (dose.amt_mg / dur_h) * coefficient * fill.after(Math.min(elapsed, dur_h)) * left
    }
  }
  return concentration
}

/** Area under the concentration curve (mg·h/L) from time 0 of the axis to a time (h), in closed form. */
export function areaUntil(terms: readonly DispositionTerm[], doses: readonly Infusion[], t: number): number {
  let area = 0
  for (const { coefficient, rate } of terms) {
    const fill = new Filling(rate)
    for (const dose of doses) {
      const elapsed = t - dose.t_h
      if (elapsed <= 0) continue
      const { dur_h } = dose
      const running = Math.min(elapsed, dur_h)
      const accumulated = fill.after(running)
      const after = elapsed > dur_h ? accumulated * -expm1(-rate * (elapsed - dur_h)) : 0
      area += (dose.amt_mg / dur_h) * coefficient * ((running - accumulated + after) / rate)
    }
  }
  return area
}

/** What one exponential accumulates of a unit infusion. Regimens repeat one length, so the last result is kept. */
class Filling {
  private length = 0
  private accumulated = 0

  constructor(private readonly rate: number) {}

  after(length: number): number {
    if (length !== this.length) {
      this.length = length
      this.accumulated = -expm1(-this.rate * length) / this.rate
    }
    return this.accumulated
  }
}

/** Area under the concentration curve (mg·h/L) between two times (h). */
export function areaBetween(
  terms: readonly DispositionTerm[],
  doses: readonly Infusion[],
  from: number,
  to: number,
): number {
  return areaUntil(terms, doses, to) - areaUntil(terms, doses, from)
}
