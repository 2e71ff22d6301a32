import { exp, ln } from '../../numerics/elementary.js'
import { coefficients } from './coefficients.js'

/** Values of the parameters; see coefficients.ts for their units. */
export type LoopParameters = Readonly<Record<keyof typeof coefficients.parameters, number>>

/** Time-varying elastance of the ventricle (mmHg/mL) within a beat that starts at time 0. */
export interface Elastance {
  /** Scale that makes the activation reach 1. */
  readonly k: number
  at(t: number): number
  /** Its rate of change, mmHg/mL/s; zero at the start of the beat. */
  slopeAt(t: number): number
}

/** The double Hill function of the publication (its equation 4). */
export function doubleHill({ tau, Emin, Emax, n1, n2, t1f, t2f }: LoopParameters): Elastance {
  const lnRise = ln(t1f * tau)
  const lnFall = ln(t2f * tau)
  const activation = (t: number): number => {
    const lnTime = ln(t)
    const rise = exp(n1 * (lnTime - lnRise))
    const fall = exp(n2 * (lnTime - lnFall))
    return rise / ((1 + rise) * (1 + fall))
  }
  const k = 1 / largestActivation(activation, tau)
  const amplitude = (Emax - Emin) * k
  // Every third question is about the time of the one before: the last stages of a step, and the valves at its end.
  let lastTime = NaN
  let lastValue = NaN
  return {
    k,
    at(t) {
      if (t !== lastTime) {
        lastTime = t
        lastValue = amplitude * activation(t) + Emin
      }
      return lastValue
    },
    slopeAt(t) {
      if (t <= 0) return 0
      const lnTime = ln(t)
      const rise = exp(n1 * (lnTime - lnRise))
      const fall = exp(n2 * (lnTime - lnFall))
      const growth = n1 / (1 + rise) - (n2 * fall) / (1 + fall)
      return (amplitude * (rise / ((1 + rise) * (1 + fall))) * growth) / t
    },
  }
}

function largestActivation(activation: (t: number) => number, tau: number): number {
  const nodes = coefficients.elastanceNodes
  let largest = 0
  for (let node = 1; node < nodes; node++) largest = Math.max(largest, activation((tau * node) / (nodes - 1)))
  return largest
}
