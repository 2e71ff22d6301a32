import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { cholesky, solveCholesky } from '../../../src/models/numerics/linear-algebra/cholesky.js'
import { matrixExponential } from '../../../src/models/numerics/linear-algebra/matrix-exponential.js'
import {
  identity,
  multiply,
  multiplyVector,
  SingularMatrix,
  transpose,
} from '../../../src/models/numerics/linear-algebra/matrix.js'
import { inverse, solve } from '../../../src/models/numerics/linear-algebra/solve.js'

const square = (n: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: n, maxLength: n }), { minLength: n, maxLength: n })

/** A Aᵀ + I is positive definite for every A. */
const positiveDefinite = square(4).map((a) =>
  multiply(a, transpose(a)).map((row, i) => row.map((value, j) => value + (i === j ? 1 : 0))),
)

function expectClose(actual: number[][], expected: number[][], digits = 8): void {
  expect(actual.length).toBe(expected.length)
  actual.flat().forEach((value, index) => expect(value).toBeCloseTo(expected.flat()[index] as number, digits))
}

describe('small dense linear algebra', () => {
  it('Cholesky factors multiply back, and solve what elimination solves', () => {
    fc.assert(
      fc.property(positiveDefinite, (matrix) => {
        const lower = cholesky(matrix)
        expectClose(multiply(lower, transpose(lower)), matrix)
        const x = solveCholesky(lower, [1, 2, 3, 4])
        multiplyVector(matrix, x).forEach((value, index) => expect(value).toBeCloseTo(index + 1, 6))
        solve(matrix, [1, 2, 3, 4]).forEach((value, index) => expect(value).toBeCloseTo(x[index] as number, 6))
      }),
    )
  })

  it('pivots, inverts and names what cannot be solved', () => {
    expect(
      solve(
        [
          [0, 2],
          [3, 0],
        ],
        [4, 9],
      ),
    ).toEqual([3, 2])
    const matrix = [
      [2, 1],
      [7, 4],
    ]
    expectClose(multiply(matrix, inverse(matrix)), identity(2))
    expect(() => inverse([[0]])).toThrow(SingularMatrix)
    expect(() => cholesky([[-1]])).toThrow(SingularMatrix)
  })

  it('the exponential of a diagonal, a nilpotent and a rotation generator', () => {
    expectClose(
      matrixExponential([
        [1, 0],
        [0, -20],
      ]),
      [
        [Math.E, 0],
        [0, Math.exp(-20)],
      ],
      12,
    )
    expectClose(
      matrixExponential([
        [0, 3],
        [0, 0],
      ]),
      [
        [1, 3],
        [0, 1],
      ],
      12,
    )
    expectClose(
      matrixExponential([
        [0, -8],
        [8, 0],
      ]),
      [
        [Math.cos(8), -Math.sin(8)],
        [Math.sin(8), Math.cos(8)],
      ],
      11,
    )
  })
})
