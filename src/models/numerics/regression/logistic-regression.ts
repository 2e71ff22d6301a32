import { cholesky, solveCholesky } from '../linear-algebra/cholesky.js'
import { inverse } from '../linear-algebra/solve.js'
import { type Matrix } from '../linear-algebra/matrix.js'
import { expit } from '../logistic.js'
import { dot, sum } from '../sum.js'
import { crossProduct } from './least-squares.js'

export interface LogisticFit {
  readonly coefficients: number[]
  /** Inverse of the information. */
  readonly covariance: number[][]
  /** (XᵀWX)⁻¹ Xᵀ diag(r²) X (XᵀWX)⁻¹: valid when the model is misspecified. */
  readonly robustCovariance: number[][]
}

/** The likelihood has no maximum at finite coefficients. */
export class Separation extends Error {
  constructor() {
    super('The outcome is separated by the covariates.')
    this.name = 'Separation'
  }
}

const maximumIterations = 50
const convergence = 1e-12
/** Log-odds beyond this are numerically certain; coefficients that still grow there will not stop. */
const largestLogOdds = 30

/**
 * Logistic regression by Newton's method.
 * @param design n rows of p values, the intercept included.
 * @param outcome 0 or 1 for each row.
 * @throws Separation, SingularMatrix
 */
export function fitLogistic(design: Matrix, outcome: readonly number[]): LogisticFit {
  let coefficients = (design[0] as readonly number[]).map(() => 0)
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    const { score, information } = derivatives(design, outcome, coefficients)
    const step = solveCholesky(cholesky(information), score)
    coefficients = coefficients.map((value, j) => value + (step[j] as number))
    if (design.some((row) => Math.abs(dot(row, coefficients)) > largestLogOdds)) throw new Separation()
    if (step.every((value, j) => Math.abs(value) <= convergence * (1 + Math.abs(coefficients[j] as number)))) {
      return summarise(design, outcome, coefficients)
    }
  }
  throw new Separation()
}

function derivatives(
  design: Matrix,
  outcome: readonly number[],
  coefficients: readonly number[],
): { score: number[]; information: number[][] } {
  const probabilities = design.map((row) => expit(dot(row, coefficients)))
  const residuals = probabilities.map((p, i) => (outcome[i] as number) - p)
  const score = coefficients.map((_, j) => sum(design.map((row, i) => (residuals[i] as number) * (row[j] as number))))
  return {
    score,
    information: crossProduct(
      design,
      probabilities.map((p) => p * (1 - p)),
    ),
  }
}

function summarise(design: Matrix, outcome: readonly number[], coefficients: number[]): LogisticFit {
  const covariance = inverse(derivatives(design, outcome, coefficients).information)
  const influence = design.map((row, i) => {
    const residual = (outcome[i] as number) - expit(dot(row, coefficients))
    return covariance.map((line) => dot(line, row) * residual)
  })
  return { coefficients, covariance, robustCovariance: crossProduct(influence) }
}
