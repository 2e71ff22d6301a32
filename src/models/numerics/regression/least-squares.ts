import { sqrt } from '../elementary.js'
import { dot, sum } from '../sum.js'
import { entry, type Matrix } from '../linear-algebra/matrix.js'
import { cholesky, solveCholesky } from '../linear-algebra/cholesky.js'

/** How much leverage an observation takes out of its residual's share in a robust variance. */
export type HeteroscedasticityCorrection = 'HC0' | 'HC1' | 'HC2' | 'HC3'

export interface LeastSquaresFit {
  readonly coefficients: number[]
  readonly residuals: number[]
  readonly degreesOfFreedom: number
  /** Under equal variances. */
  readonly standardErrors: number[]
  readonly residualVariance: number
  /** (XᵀX)⁻¹. */
  readonly unscaledCovariance: number[][]
  readonly design: Matrix
}

/**
 * Ordinary least squares through the normal equations.
 * @param design n rows of p values, the intercept included.
 * @throws SingularMatrix when columns are collinear.
 */
export function fitLeastSquares(design: Matrix, y: readonly number[]): LeastSquaresFit {
  const factor = cholesky(crossProduct(design))
  const columns = (design[0] as readonly number[]).map((_, j) => design.map((row) => row[j] as number))
  const first = solveCholesky(
    factor,
    columns.map((column) => dot(column, y)),
  )
  // One round of refinement wins back the digits the normal equations lose.
  const misfit = residualsOf(design, y, first)
  const correction = solveCholesky(
    factor,
    columns.map((column) => dot(column, misfit)),
  )
  const coefficients = first.map((value, j) => value + (correction[j] as number))
  const residuals = residualsOf(design, y, coefficients)
  const degreesOfFreedom = design.length - columns.length
  const residualVariance = dot(residuals, residuals) / degreesOfFreedom
  const unscaledCovariance = columns.map((_, j) =>
    solveCholesky(
      factor,
      columns.map((__, k) => (j === k ? 1 : 0)),
    ),
  )
  const standardErrors = unscaledCovariance.map((row, j) => sqrt(residualVariance * (row[j] as number)))
  return { coefficients, residuals, degreesOfFreedom, standardErrors, residualVariance, unscaledCovariance, design }
}

/** Heteroscedasticity-consistent standard errors of all coefficients (MacKinnon, White 1985, doi:10.1016/0304-4076(85)90158-7). */
export function robustStandardErrors(fit: LeastSquaresFit, correction: HeteroscedasticityCorrection): number[] {
  const { design, residuals, unscaledCovariance, degreesOfFreedom } = fit
  const influence = design.map((row) => unscaledCovariance.map((covariance) => dot(covariance, row)))
  const weights = design.map((row, i) => {
    const leverage = dot(row, influence[i] as number[])
    const squared = (residuals[i] as number) * (residuals[i] as number)
    if (correction === 'HC2') return squared / (1 - leverage)
    if (correction === 'HC3') return squared / ((1 - leverage) * (1 - leverage))
    return correction === 'HC1' ? (squared * design.length) / degreesOfFreedom : squared
  })
  return unscaledCovariance.map((_, j) =>
    sqrt(sum(influence.map((row, i) => (weights[i] as number) * (row[j] as number) * (row[j] as number)))),
  )
}

/** XᵀX, or XᵀWX with one weight a row. */
export function crossProduct(design: Matrix, weights?: readonly number[]): number[][] {
  const width = (design[0] as readonly number[]).length
  return Array.from({ length: width }, (_, j) =>
    Array.from({ length: width }, (__, k) =>
      sum(design.map((row, i) => (weights?.[i] ?? 1) * (row[j] as number) * (row[k] as number))),
    ),
  )
}

function residualsOf(design: Matrix, y: readonly number[], coefficients: readonly number[]): number[] {
  return design.map((row, i) => (y[i] as number) - dot(row, coefficients))
}

/** The quadratic form gᵀ V g. */
export function quadraticForm(g: readonly number[], covariance: Matrix): number {
  return sum(g.flatMap((left, i) => g.map((right, j) => left * entry(covariance, i, j) * right)))
}
