import { addScaled, identity, type Matrix, multiply } from './matrix.js'
import { solveColumns } from './solve.js'

/** Coefficients of the diagonal Padé approximant of degree 6 of eˣ. */
const pade = [1, 1 / 2, 5 / 44, 1 / 66, 1 / 792, 1 / 15840, 1 / 665280]

/**
 * e to the power of a square matrix, by scaling and squaring with a Padé approximant of degree 6
 * (Moler, Van Loan 2003, doi:10.1137/S00361445024180, method 3).
 */
export function matrixExponential(matrix: Matrix): number[][] {
  const squarings = halvingsBelow(infinityNorm(matrix), 0.5)
  // A power of two, so the scaling is exact.
  let scale = 1
  for (let halving = 0; halving < squarings; halving++) scale /= 2
  const scaled = matrix.map((row) => row.map((value) => value * scale))

  let power: number[][] = identity(matrix.length)
  let numerator: number[][] = identity(matrix.length)
  let denominator: number[][] = identity(matrix.length)
  for (let degree = 1; degree < pade.length; degree++) {
    power = multiply(power, scaled)
    const coefficient = pade[degree] as number
    numerator = addScaled(numerator, coefficient, power)
    denominator = addScaled(denominator, degree % 2 === 0 ? coefficient : -coefficient, power)
  }
  let result = solveColumns(denominator, numerator)
  for (let squaring = 0; squaring < squarings; squaring++) result = multiply(result, result)
  return result
}

function halvingsBelow(norm: number, limit: number): number {
  let halvings = 0
  for (let rest = norm; rest > limit; rest /= 2) halvings++
  return halvings
}

function infinityNorm(matrix: Matrix): number {
  return matrix.reduce((largest, row) => {
    return Math.max(
      largest,
      row.reduce((total, value) => total + Math.abs(value), 0),
    )
  }, 0)
}
