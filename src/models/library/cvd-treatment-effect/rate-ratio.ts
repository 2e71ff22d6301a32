import { exp, ln } from '../../numerics/elementary.js'

/** A rate ratio with the ends of its 95 % confidence interval. */
export type RateRatio = readonly [estimate: number, lower: number, upper: number]

const halfWidthOf95Percent = 1.959963984540054

/**
 * One plausible value of a rate ratio: log-normal around the estimate with the spread of its interval.
 * @param normal a standard normal deviate.
 */
export function sampleRateRatio([estimate, lower, upper]: RateRatio, normal: number): number {
  const standardError = (ln(upper) - ln(lower)) / (2 * halfWidthOf95Percent)
  return exp(ln(estimate) + standardError * normal)
}
