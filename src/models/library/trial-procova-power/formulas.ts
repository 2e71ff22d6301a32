import { standardNormalCdf, standardNormalQuantile, studentTQuantile } from '../../numerics/distributions.js'
import { sqrt } from '../../numerics/elementary.js'
import { noncentralTCdf } from '../../numerics/noncentral-t.js'
import { brent } from '../../numerics/root-finding.js'

/** A two-arm superiority or non-inferiority comparison of means. */
export interface Comparison {
  /** Residual variance of the outcome after adjustment. */
  readonly variance: number
  /** Expected difference and the difference that must be exceeded. */
  readonly ate: number
  readonly margin: number
  /** Treated for each control. */
  readonly ratio: number
  /** Two-sided; each side is tested at half of it. */
  readonly alpha: number
}

/** σ² that remains after adjustment for a score with the given R², pessimistic by both factors. */
export function adjustedVariance(sigma2: number, rSquared: number, inflation: number, deflation: number): number {
  return inflation * sigma2 * (1 - deflation * rSquared)
}

/** Total sample size by Guenther's and Schouten's approximation (doi:10.1002/(SICI)1097-0258(19990115)18:1<87). */
export function sampleSizeGuentherSchouten(comparison: Comparison, power: number): number {
  const critical = criticalZ(comparison)
  const reach = critical + standardNormalQuantile(power)
  return (reach * reach) / informationPerSubject(comparison) + (critical * critical) / 2
}

/** Power of a total sample size by the same approximation. */
export function powerGuentherSchouten(comparison: Comparison, n: number): number {
  const critical = criticalZ(comparison)
  const effective = n - (critical * critical) / 2
  const signal = sqrt(Math.max(0, effective) * informationPerSubject(comparison))
  return standardNormalCdf(signal - critical)
}

/** Power of a total sample size from the noncentral t distribution. @param df residual degrees of freedom. */
export function powerNoncentral(comparison: Comparison, n: number, df: number): number {
  const { ate, margin } = comparison
  const noncentrality = sqrt(n * informationPerSubject(comparison)) * (ate >= margin ? 1 : -1)
  return 1 - noncentralTCdf(studentTQuantile(1 - comparison.alpha / 2, df), df, noncentrality)
}

/** Total sample size whose noncentral-t power is as asked, with n − lost residual degrees of freedom; not rounded. */
export function sampleSizeNoncentral(comparison: Comparison, power: number, lost: number): number {
  const guess = sampleSizeGuentherSchouten(comparison, power)
  const shortfall = (n: number): number => powerNoncentral(comparison, n, n - lost) - power
  let upper = guess + lost + 10
  while (shortfall(upper) < 0) upper *= 2
  return brent(shortfall, lost + 1e-3, upper, 1e-9 * guess)
}

function criticalZ({ alpha }: Comparison): number {
  return standardNormalQuantile(1 - alpha / 2)
}

/** Squared standardised effect a subject contributes. */
function informationPerSubject({ variance, ate, margin, ratio }: Comparison): number {
  const effect = ate - margin
  return ((ratio / ((1 + ratio) * (1 + ratio))) * effect * effect) / variance
}
