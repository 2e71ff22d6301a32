import { sqrt } from '../elementary.js'
import { entry, type Matrix, SingularMatrix } from './matrix.js'

/**
 * The lower triangular L with L Lᵀ = matrix.
 * @param matrix symmetric; only its lower triangle is read.
 * @throws SingularMatrix when the matrix is not positive definite.
 */
export function cholesky(matrix: Matrix): number[][] {
  const lower: number[][] = matrix.map((row) => row.map(() => 0))
  for (let i = 0; i < matrix.length; i++) {
    const row = lower[i] as number[]
    for (let j = 0; j <= i; j++) {
      let rest = entry(matrix, i, j)
      for (let k = 0; k < j; k++) rest -= entry(lower, i, k) * entry(lower, j, k)
      if (i !== j) row[j] = rest / entry(lower, j, j)
      else if (rest > 0) row[j] = sqrt(rest)
      else throw new SingularMatrix('The matrix is not positive definite.')
    }
  }
  return lower
}

/** Solves L Lᵀ x = b for the factor L of {@link cholesky}. */
export function solveCholesky(lower: Matrix, b: readonly number[]): number[] {
  const n = lower.length
  const x = [...b]
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - entry(lower, i, k) * (x[k] as number)
    x[i] = (x[i] as number) / entry(lower, i, i)
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] = (x[i] as number) - entry(lower, k, i) * (x[k] as number)
    x[i] = (x[i] as number) / entry(lower, i, i)
  }
  return x
}
