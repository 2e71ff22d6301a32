import { standardNormalCdf, standardNormalQuantile } from '../../numerics/distributions.js'
import { exp, expm1, ln, pow, sqrt } from '../../numerics/elementary.js'

/** Cumulative error that may be spent until an information fraction t of (0, 1]. */
export type SpendingFunction = (t: number) => number

/** Like O'Brien and Fleming (Lan, DeMets 1983, doi:10.1093/biomet/70.3.659); one side. */
export function spendLikeObrienFleming(alpha: number): SpendingFunction {
  const critical = standardNormalQuantile(1 - alpha / 2)
  return (t) => 2 * standardNormalCdf(-critical / sqrt(t))
}

/** Like Pocock (Lan, DeMets 1983). */
export function spendLikePocock(alpha: number): SpendingFunction {
  return (t) => alpha * ln(1 + (exp(1) - 1) * t)
}

/** α tᵞ (Kim, DeMets 1987, doi:10.1093/biomet/74.1.149). */
export function spendKimDeMets(alpha: number, gamma: number): SpendingFunction {
  return (t) => alpha * pow(t, gamma)
}

/** α (1 − e^−γt)/(1 − e^−γ) (Hwang, Shih, DeCani 1990, doi:10.1002/sim.4780091207). */
export function spendHwangShihDeCani(alpha: number, gamma: number): SpendingFunction {
  return (t) => (gamma === 0 ? alpha * t : (alpha * expm1(-gamma * t)) / expm1(-gamma))
}
