/** A dense matrix as rows. Small ones only: nothing here is blocked or vectorised. */
export type Matrix = readonly (readonly number[])[]

/** The entry in row i and column j, both from 0. */
export function entry(matrix: Matrix, i: number, j: number): number {
  return (matrix[i] as readonly number[])[j] as number
}

/** An n × n matrix with ones on its diagonal. */
export function identity(n: number): number[][] {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)))
}

/** The product of an n × m and an m × k matrix; inner sums run in the order of the columns. */
export function multiply(left: Matrix, right: Matrix): number[][] {
  const columns = (right[0] ?? []).length
  return left.map((row) =>
    Array.from({ length: columns }, (_, j) => row.reduce((total, value, k) => total + value * entry(right, k, j), 0)),
  )
}

/** The product of an n × m matrix and a vector of m numbers. */
export function multiplyVector(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((total, value, k) => total + value * (vector[k] as number), 0))
}

/** Rows become columns. */
export function transpose(matrix: Matrix): number[][] {
  return (matrix[0] ?? []).map((_, j) => matrix.map((row) => row[j] as number))
}

/** left + factor · right, of equal shapes. */
export function addScaled(left: Matrix, factor: number, right: Matrix): number[][] {
  return left.map((row, i) => row.map((value, j) => value + factor * entry(right, i, j)))
}

/** A matrix that cannot be factored: singular, or not positive definite where it must be. */
export class SingularMatrix extends Error {
  constructor(message = 'The matrix is singular.') {
    super(message)
    this.name = 'SingularMatrix'
  }
}
