import { exp, ln } from '../../numerics/elementary.js'

/** European risk regions by cardiovascular mortality (SCORE2 working group 2021). */
export const RISK_REGIONS = ['Low', 'Moderate', 'High', 'Very high'] as const
export type RiskRegion = (typeof RISK_REGIONS)[number]

/**
 * Ten-year risk in percent after recalibration to a region: 100·(1 − exp(−exp(s1 + s2·ln(−ln(1 − u))))), where
 * 1 − u = S0^exp(x). Since −ln(1 − u) = −ln S0 · exp(x), the inner logarithm is ln(−ln S0) + x without cancellation.
 * @param predictor x, the sum of log-hazard ratios less its mean.
 * @param scales the region's [s1, s2].
 */
export function calibratedRiskPercent(
  predictor: number,
  baselineSurvival: number,
  scales: readonly [number, number],
): number {
  const logCumulativeHazard = ln(-ln(baselineSurvival)) + predictor
  return 100 * (1 - exp(-exp(scales[0] + scales[1] * logCumulativeHazard)))
}
