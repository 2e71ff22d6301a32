import { studentTCdf, studentTQuantile } from '../../numerics/distributions.js'
import { sqrt } from '../../numerics/elementary.js'
import { fitLeastSquares, type LeastSquaresFit, robustStandardErrors } from '../../numerics/regression/least-squares.js'
import { dot } from '../../numerics/sum.js'
import { coefficients } from './coefficients.js'
import { type Subject } from './trial-data.js'

/** The difference of means, treated minus control. */
export interface MeanDifference {
  readonly est: number
  /** Under equal variances. */
  readonly se: number
  readonly t: number
  readonly df: number
  readonly p: number
  /** Heteroscedasticity-consistent standard errors. */
  readonly HC0: number
  readonly HC1: number
  readonly HC2: number
  readonly HC3: number
  /** With HC3: confidence interval and p value. */
  readonly robustInterval: readonly [number, number]
  readonly robustP: number
}

export interface ContinuousAnalysis {
  readonly unadjusted: MeanDifference
  /** Null without a covariate. */
  readonly ancova: MeanDifference | null
  readonly withinArmCorrelation: number | null
}

/** The unadjusted and the covariate-adjusted difference of means. @throws SingularMatrix when a column is constant. */
export function analyseContinuous(data: readonly Subject[]): ContinuousAnalysis {
  const y = data.map((subject) => subject.y as number)
  const arms = data.map(({ trt }) => [1, trt as number])
  const unadjusted = fitLeastSquares(arms, y)
  const hasCovariate = data.every(({ x }) => typeof x === 'number')
  if (!hasCovariate) return { unadjusted: treatmentEffect(unadjusted), ancova: null, withinArmCorrelation: null }
  const x = data.map((subject) => subject.x as number)
  const adjusted = fitLeastSquares(
    arms.map((row, i) => [...row, x[i] as number]),
    y,
  )
  return {
    unadjusted: treatmentEffect(unadjusted),
    ancova: treatmentEffect(adjusted),
    withinArmCorrelation: correlation(unadjusted.residuals, fitLeastSquares(arms, x).residuals),
  }
}

function treatmentEffect(fit: LeastSquaresFit): MeanDifference {
  const est = fit.coefficients[1] as number
  const se = fit.standardErrors[1] as number
  const df = fit.degreesOfFreedom
  const robust = (correction: 'HC0' | 'HC1' | 'HC2' | 'HC3'): number =>
    robustStandardErrors(fit, correction)[1] as number
  const HC3 = robust('HC3')
  const reach = HC3 * studentTQuantile((1 + coefficients.confidence) / 2, df)
  return {
    est,
    se,
    t: est / se,
    df,
    p: twoSided(est / se, df),
    HC0: robust('HC0'),
    HC1: robust('HC1'),
    HC2: robust('HC2'),
    HC3,
    robustInterval: [est - reach, est + reach],
    robustP: twoSided(est / HC3, df),
  }
}

function twoSided(t: number, df: number): number {
  return 2 * studentTCdf(-Math.abs(t), df)
}

/** Of residuals, whose means are zero. */
function correlation(left: readonly number[], right: readonly number[]): number {
  return dot(left, right) / sqrt(dot(left, left) * dot(right, right))
}
