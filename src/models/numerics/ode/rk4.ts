import { type Derivative } from './ode.js'

/**
 * The classical fourth-order Runge–Kutta method with a fixed step.
 * @param derivative right-hand side.
 * @param y0 state at `from`; not changed.
 * @param steps whole number of equal steps between `from` and `to`.
 * @param observe called with the state after each step (and with `y0` first); the array is reused, so copy what is kept.
 * @returns the state at `to`.
 */
export function integrateRk4(
  derivative: Derivative,
  y0: ArrayLike<number>,
  from: number,
  to: number,
  steps: number,
  observe?: (t: number, y: Float64Array) => void,
): Float64Array {
  const y = Float64Array.from(y0)
  const step = rk4Stepper(derivative, y.length)
  const h = (to - from) / steps
  observe?.(from, y)
  for (let index = 0; index < steps; index++) {
    step(from + index * h, h, y)
    observe?.(from + (index + 1) * h, y)
  }
  return y
}

/** One step of the classical method on states of the given size, in place, without allocating. */
export function rk4Stepper(derivative: Derivative, size: number): (t: number, h: number, y: Float64Array) => void {
  const [k1, k2, k3, k4, stage] = Array.from({ length: 5 }, () => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const advance = (y: Float64Array, slope: Float64Array, h: number): Float64Array => {
    for (let i = 0; i < size; i++) stage[i] = (y[i] as number) + h * (slope[i] as number)
    return stage
  }
  return (t, h, y) => {
    derivative(t, y, k1)
    derivative(t + h / 2, advance(y, k1, h / 2), k2)
    derivative(t + h / 2, advance(y, k2, h / 2), k3)
    derivative(t + h, advance(y, k3, h), k4)
    for (let i = 0; i < size; i++) {
      const weighted = (k1[i] as number) + 2 * (k2[i] as number) + 2 * (k3[i] as number) + (k4[i] as number)
      y[i] = (y[i] as number) + (h / 6) * weighted
    }
  }
}
