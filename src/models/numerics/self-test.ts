import { chiSquaredUpperTail, standardNormalCdf, standardNormalQuantile, studentTCdf } from './distributions.js'
import { atan2, cos, exp, expm1, ln, log10, log1p, pow, sin, sqrt } from './elementary.js'
import { matrixExponential } from './linear-algebra/matrix-exponential.js'
import { integrateDopri5 } from './ode/dopri5.js'
import { type Derivative } from './ode/ode.js'
import { integrateRk4 } from './ode/rk4.js'
import { RandomStream } from './random/random-stream.js'
import { erf, gamma, gammaLn } from './special-functions.js'
import { sum } from './sum.js'

/** Version of the table below; it changes whenever an entry does, so that old digests stay explained. */
export const NUMERIC_SELF_TEST_VERSION = 1

const arguments_ = [1e-9, 0.1, 0.5, 0.7692696, 1.32, 2, 3.14159, 10.465, 21.9, 87.5, 345.6]

const unary: readonly ((x: number) => number)[] = [
  exp,
  expm1,
  ln,
  log1p,
  log10,
  sin,
  cos,
  sqrt,
  erf,
  gammaLn,
  (x) => gamma(x / 10 + 0.1),
  (x) => pow(x, 1.32),
  (x) => pow(1.0001, x),
  (x) => atan2(x, 2.5),
  (x) => standardNormalCdf(x / 50 - 3),
  (x) => standardNormalQuantile(x / 400 + 0.01),
  (x) => studentTCdf(x / 50 - 3, 7),
  (x) => chiSquaredUpperTail(x, 3),
]

/**
 * Evaluates a fixed table of the functions models stand on.
 * @returns the IEEE 754 binary64 results, big-endian, one after another. Equal bytes on two machines mean that their
 * models give equal bits; a run records the SHA-256 of these bytes.
 */
export function numericSelfTestBytes(): Uint8Array {
  const results = [
    ...unary.flatMap((f) => arguments_.map((x) => f(x))),
    sum(arguments_),
    ...matrixExponential([
      [-0.3, 0.1],
      [0.2, -0.4],
    ]).flat(),
    ...integrateRk4(pendulum, [0.5, 0], 0, 2, 40),
    ...integrateDopri5(pendulum, [0.5, 0], 0, 2, { relativeTolerance: 1e-9, absoluteTolerance: 1e-9 }).y,
    ...draws(),
  ]
  const bytes = new DataView(new ArrayBuffer(8 * results.length))
  results.forEach((value, index) => bytes.setFloat64(8 * index, value, false))
  return new Uint8Array(bytes.buffer)
}

const pendulum: Derivative = (_t, y, derivative) => {
  derivative[0] = y[1] as number
  derivative[1] = -9.81 * sin(y[0] as number)
}

function draws(): number[] {
  const stream = RandomStream.of({ run: 20230101n, replicate: 1, subject: 7 })
  return Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? stream.uniform() : stream.normal()))
}
