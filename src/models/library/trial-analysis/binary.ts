import { standardNormalCdf, standardNormalQuantile } from '../../numerics/distributions.js'
import { exp, ln, sqrt } from '../../numerics/elementary.js'
import { type Matrix } from '../../numerics/linear-algebra/matrix.js'
import { expit } from '../../numerics/logistic.js'
import { quadraticForm } from '../../numerics/regression/least-squares.js'
import { fitLogistic } from '../../numerics/regression/logistic-regression.js'
import { dot, mean } from '../../numerics/sum.js'
import { coefficients } from './coefficients.js'
import { type Subject } from './trial-data.js'

/** A marginal effect with its delta-method error. */
export interface MarginalEffect {
  readonly est: number
  /** From the model's covariance, as Ge et al. */
  readonly se: number
  /** From the robust covariance, when the logistic model is only a working model. */
  readonly seRobust: number
  readonly z: number
  readonly p: number
  readonly interval: readonly [number, number]
}

/** A ratio is estimated on the logarithmic scale; its interval is that of the ratio. */
export interface MarginalRatio extends MarginalEffect {
  readonly ratio: number
}

export interface BinaryAnalysis {
  /** Mean predicted probabilities with everyone treated and with everyone in control. */
  readonly p1: number
  readonly p0: number
  readonly riskDifference: MarginalEffect
  readonly logRiskRatio: MarginalRatio
  readonly logOddsRatio: MarginalRatio
  /** ln odds ratio at equal covariate: not the marginal one. */
  readonly conditional: { readonly est: number; readonly se: number }
}

/**
 * G-computation: a logistic model predicts every subject under both arms, and the means are compared, with the
 * delta-method error of Ge et al. 2011 (doi:10.1177/009286151104500409). The covariate is used when all subjects have it.
 * @throws Separation, SingularMatrix
 */
export function analyseBinary(data: readonly Subject[]): BinaryAnalysis {
  const hasCovariate = data.every(({ x }) => typeof x === 'number')
  const rowIn = (arm: number) => (subject: Subject) => (hasCovariate ? [1, arm, subject.x as number] : [1, arm])
  const design = data.map((subject) => rowIn(subject.trt as number)(subject))
  const fit = fitLogistic(
    design,
    data.map(({ yb }) => yb as number),
  )
  const treated = standardise(data.map(rowIn(1)), fit.coefficients)
  const control = standardise(data.map(rowIn(0)), fit.coefficients)
  const [p1, p0] = [treated.probability, control.probability]
  const compare = (est: number, byTreated: number, byControl: number): MarginalEffect => {
    const slope = treated.slope.map((value, j) => byTreated * value - byControl * (control.slope[j] as number))
    return effect(est, quadraticForm(slope, fit.covariance), quadraticForm(slope, fit.robustCovariance))
  }
  const odds = (p: number): number => p / (1 - p)
  return {
    p1,
    p0,
    riskDifference: compare(p1 - p0, 1, 1),
    logRiskRatio: asRatio(compare(ln(p1 / p0), 1 / p1, 1 / p0)),
    logOddsRatio: asRatio(compare(ln(odds(p1) / odds(p0)), 1 / (p1 * (1 - p1)), 1 / (p0 * (1 - p0)))),
    conditional: { est: fit.coefficients[1] as number, se: sqrt((fit.covariance[1] as number[])[1] as number) },
  }
}

/** The mean probability over rows and its derivative by the coefficients. */
function standardise(rows: Matrix, beta: readonly number[]): { probability: number; slope: number[] } {
  const probabilities = rows.map((row) => expit(dot(row, beta)))
  return {
    probability: mean(probabilities),
    slope: beta.map((_, j) => mean(rows.map((row, i) => variance(probabilities[i] as number) * (row[j] as number)))),
  }
}

function variance(probability: number): number {
  return probability * (1 - probability)
}

function effect(est: number, modelVariance: number, robustVariance: number): MarginalEffect {
  const se = sqrt(modelVariance)
  const reach = se * standardNormalQuantile((1 + coefficients.confidence) / 2)
  const z = est / se
  return {
    est,
    se,
    seRobust: sqrt(robustVariance),
    z,
    p: 2 * standardNormalCdf(-Math.abs(z)),
    interval: [est - reach, est + reach],
  }
}

function asRatio(logarithm: MarginalEffect): MarginalRatio {
  const [low, high] = logarithm.interval
  return { ...logarithm, ratio: exp(logarithm.est), interval: [exp(low), exp(high)] }
}
