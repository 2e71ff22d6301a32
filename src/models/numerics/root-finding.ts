/** The function has the same sign at both ends, or the search did not end. */
export class RootNotFound extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'RootNotFound'
  }
}

const maximumIterations = 200

/**
 * A root of a continuous function between two points of opposite sign, by Brent's method (Brent 1973, chapter 4).
 * @param tolerance absolute, on the argument.
 * @throws RootNotFound when the signs are the same.
 */
export function brent(f: (x: number) => number, from: number, to: number, tolerance: number): number {
  let [a, b] = [from, to]
  let [fa, fb] = [f(a), f(b)]
  if (fa * fb > 0) throw new RootNotFound('The function has the same sign at both ends.')
  let [c, fc] = [a, fa]
  let step = b - a
  let previousStep = step
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    if (fb * fc > 0) {
      ;[c, fc] = [a, fa]
      step = previousStep = b - a
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      ;[a, b, c] = [b, c, b]
      ;[fa, fb, fc] = [fb, fc, fb]
    }
    const enough = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2
    const half = (c - b) / 2
    if (Math.abs(half) <= enough || fb === 0) return b
    const proposed = interpolationStep(a, b, c, fa, fb, fc)
    const isUseful =
      Math.abs(previousStep) >= enough &&
      Math.abs(fa) > Math.abs(fb) &&
      2 * Math.abs(proposed) < Math.min(3 * Math.abs(half) - enough, Math.abs(previousStep)) &&
      proposed * half > 0
    previousStep = isUseful ? step : half
    step = isUseful ? proposed : half
    ;[a, fa] = [b, fb]
    b += Math.abs(step) > enough ? step : half > 0 ? enough : -enough
    fb = f(b)
  }
  throw new RootNotFound('The search for a root did not end.')
}

/** The secant step with two points, inverse quadratic interpolation with three. */
function interpolationStep(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
  const s = fb / fa
  if (a === c) return ((c - b) * s) / (1 - s)
  const q = fa / fc
  const r = fb / fc
  const p = s * ((c - b) * q * (q - r) - (b - a) * (r - 1))
  return -p / ((q - 1) * (r - 1) * (s - 1))
}
