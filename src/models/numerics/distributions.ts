import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile'
import tCdf from '@stdlib/stats-base-dists-t-cdf'
import tQuantile from '@stdlib/stats-base-dists-t-quantile'
import { exp, PI, sqrt } from './elementary.js'
import { gammaInc } from './special-functions.js'

const inverseSqrtTwoPi = 1 / sqrt(2 * PI)

/** Density of the standard normal distribution at z. */
export function standardNormalDensity(z: number): number {
  return inverseSqrtTwoPi * exp(-0.5 * z * z)
}

/** P(Z ≤ z) of the standard normal distribution. */
export function standardNormalCdf(z: number): number {
  return normalCdf(z, 0, 1)
}

/** The z with P(Z ≤ z) = p; ±Infinity at 1 and 0, NaN outside [0, 1]. */
export function standardNormalQuantile(p: number): number {
  return normalQuantile(p, 0, 1)
}

/** P(T ≤ t) of Student's distribution with the given degrees of freedom (> 0). */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  return tCdf(t, degreesOfFreedom)
}

/** The t with P(T ≤ t) = p of Student's distribution with the given degrees of freedom (> 0). */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  return tQuantile(p, degreesOfFreedom)
}

/** P(X ≥ x) of the chi-squared distribution with the given degrees of freedom (> 0). */
export function chiSquaredUpperTail(x: number, degreesOfFreedom: number): number {
  return x <= 0 ? 1 : gammaInc(x / 2, degreesOfFreedom / 2, true, true)
}
