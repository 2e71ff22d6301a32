import { entry, identity, type Matrix, SingularMatrix, transpose } from './matrix.js'

/**
 * Solves A x = b by Gaussian elimination with partial pivoting.
 * @throws SingularMatrix when a pivot is zero.
 */
export function solve(matrix: Matrix, b: readonly number[]): number[] {
  const columns = solveColumns(
    matrix,
    b.map((value) => [value]),
  )
  return columns.map((row) => row[0] as number)
}

/** The inverse of a square matrix. @throws SingularMatrix */
export function inverse(matrix: Matrix): number[][] {
  return solveColumns(matrix, identity(matrix.length))
}

/** Solves A X = B for all columns of B. @throws SingularMatrix */
export function solveColumns(matrix: Matrix, rightHandSides: Matrix): number[][] {
  const n = matrix.length
  const a = matrix.map((row) => [...row])
  const x = rightHandSides.map((row) => [...row])
  for (let column = 0; column < n; column++) {
    const pivot = pivotRow(a, column)
    if (entry(a, pivot, column) === 0) throw new SingularMatrix()
    swap(a, pivot, column)
    swap(x, pivot, column)
    for (let row = column + 1; row < n; row++) {
      const factor = entry(a, row, column) / entry(a, column, column)
      subtractRow(a, row, column, factor)
      subtractRow(x, row, column, factor)
    }
  }
  return transpose(transpose(x).map((column) => substituteBack(a, column)))
}

function substituteBack(upper: Matrix, b: readonly number[]): number[] {
  const x = [...b]
  for (let row = upper.length - 1; row >= 0; row--) {
    for (let k = row + 1; k < upper.length; k++) x[row] = (x[row] as number) - entry(upper, row, k) * (x[k] as number)
    x[row] = (x[row] as number) / entry(upper, row, row)
  }
  return x
}

function pivotRow(a: Matrix, column: number): number {
  let best = column
  for (let row = column + 1; row < a.length; row++) {
    if (Math.abs(entry(a, row, column)) > Math.abs(entry(a, best, column))) best = row
  }
  return best
}

function swap(rows: number[][], first: number, second: number): void {
  const kept = rows[first] as number[]
  rows[first] = rows[second] as number[]
  rows[second] = kept
}

function subtractRow(rows: number[][], target: number, source: number, factor: number): void {
  const from = rows[source] as number[]
  rows[target] = (rows[target] as number[]).map((value, column) => value - factor * (from[column] as number))
}
