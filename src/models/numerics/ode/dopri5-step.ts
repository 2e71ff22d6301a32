import { sqrt } from '../elementary.js'
import { type Derivative } from './ode.js'

/** Nodes, stages and weights of Dormand and Prince 1980 (doi:10.1016/0771-050X(80)90013-3), table 2. */
const [c2, c3, c4, c5] = [1 / 5, 3 / 10, 4 / 5, 8 / 9]
const a21 = 1 / 5
const [a31, a32] = [3 / 40, 9 / 40]
const [a41, a42, a43] = [44 / 45, -56 / 15, 32 / 9]
const [a51, a52, a53, a54] = [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729]
const [a61, a62, a63, a64, a65] = [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656]
const [a71, a73, a74, a75, a76] = [35 / 384, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84]
/** Fifth-order minus fourth-order weights. */
const [e1, e3, e4, e5, e6, e7] = [71 / 57600, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]
/** Weights of the dense output's last term (Hairer, Nørsett, Wanner, program DOPRI5). */
const d1 = -12715105075 / 11282082432
const d3 = 87487479700 / 32700410799
const d4 = -10690763975 / 1880347072
const d5 = 701980252875 / 199316789632
const d6 = -1453857185 / 822651844
const d7 = 69997945 / 29380423

/**
 * One step of Dormand–Prince: tried, perhaps tried again shorter, accepted, and then readable anywhere inside until the next
 * is tried. The sums are written out: loops over tables of weights were a fifth of the time of a heart loop.
 */
export class DopriStep {
  from: number
  to: number
  /** The state at `to`. */
  readonly state: Float64Array
  private readonly start: Float64Array
  private readonly proposed: Float64Array
  private k1: Float64Array
  private readonly k2: Float64Array
  private readonly k3: Float64Array
  private readonly k4: Float64Array
  private readonly k5: Float64Array
  private readonly k6: Float64Array
  private k7: Float64Array
  /** Coefficients of the dense output after the state at `from`; four a component, written when first needed. */
  private readonly dense: Float64Array
  private isAccepted = false
  private isDense = false
  private h = 0

  constructor(
    private readonly derivative: Derivative,
    y0: Float64Array,
    t0: number,
  ) {
    const size = y0.length
    this.from = t0
    this.to = t0
    this.state = y0
    this.start = Float64Array.from(y0)
    this.proposed = new Float64Array(size)
    this.k1 = new Float64Array(size)
    this.k2 = new Float64Array(size)
    this.k3 = new Float64Array(size)
    this.k4 = new Float64Array(size)
    this.k5 = new Float64Array(size)
    this.k6 = new Float64Array(size)
    this.k7 = new Float64Array(size)
    this.dense = new Float64Array(4 * size)
    derivative(t0, y0, this.k1)
  }

  /** Computes the state after a step of length h. @returns the error in units of the tolerance; at most 1 is acceptable. */
  attempt(h: number, absoluteTolerance: number, relativeTolerance: number): number {
    // The last stage of an accepted step is the first of the next.
    if (this.isAccepted) [this.k1, this.k7] = [this.k7, this.k1]
    this.isAccepted = false
    this.h = h
    this.runStages(h)
    const { state, proposed, k1, k3, k4, k5, k6, k7 } = this
    let total = 0
    for (let i = 0; i < state.length; i++) {
      const largest = Math.max(Math.abs(state[i]!), Math.abs(proposed[i]!))
      const weighed = e1 * k1[i]! + e3 * k3[i]! + e4 * k4[i]! + e5 * k5[i]! + e6 * k6[i]! + e7 * k7[i]!
      const error = (h * weighed) / (absoluteTolerance + relativeTolerance * largest)
      total += error * error
    }
    return sqrt(total / state.length)
  }

  /** Takes the attempted step over; `to` is given so that the end of an interval is met exactly. */
  accept(to: number): void {
    this.from = this.to
    this.to = to
    this.start.set(this.state)
    this.state.set(this.proposed)
    this.isAccepted = true
    this.isDense = false
  }

  /** Writes the state at t within the step into `target`. */
  interpolate(t: number, target: Float64Array): Float64Array {
    if (!this.isDense) this.prepareDenseOutput()
    const { dense, start } = this
    const theta = (t - this.from) / (this.to - this.from)
    const rest = 1 - theta
    for (let i = 0, at = 0; i < target.length; i++, at += 4) {
      const inner = dense[at + 2]! + rest * dense[at + 3]!
      target[i] = start[i]! + theta * (dense[at]! + rest * (dense[at + 1]! + theta * inner))
    }
    return target
  }

  private runStages(h: number): void {
    const { state: y, proposed: stage, to: t, derivative, k1, k2, k3, k4, k5, k6, k7 } = this
    const size = y.length
    for (let i = 0; i < size; i++) stage[i] = y[i]! + h * (a21 * k1[i]!)
    derivative(t + c2 * h, stage, k2)
    for (let i = 0; i < size; i++) stage[i] = y[i]! + h * (a31 * k1[i]! + a32 * k2[i]!)
    derivative(t + c3 * h, stage, k3)
    for (let i = 0; i < size; i++) stage[i] = y[i]! + h * (a41 * k1[i]! + a42 * k2[i]! + a43 * k3[i]!)
    derivative(t + c4 * h, stage, k4)
    for (let i = 0; i < size; i++) stage[i] = y[i]! + h * (a51 * k1[i]! + a52 * k2[i]! + a53 * k3[i]! + a54 * k4[i]!)
    derivative(t + c5 * h, stage, k5)
    for (let i = 0; i < size; i++)
      stage[i] = y[i]! + h * (a61 * k1[i]! + a62 * k2[i]! + a63 * k3[i]! + a64 * k4[i]! + a65 * k5[i]!)
    derivative(t + h, stage, k6)
    for (let i = 0; i < size; i++)
      stage[i] = y[i]! + h * (a71 * k1[i]! + a73 * k3[i]! + a74 * k4[i]! + a75 * k5[i]! + a76 * k6[i]!)
    derivative(t + h, stage, k7)
  }

  private prepareDenseOutput(): void {
    const { start, state, dense, h, k1, k3, k4, k5, k6, k7 } = this
    for (let i = 0, at = 0; i < state.length; i++, at += 4) {
      const change = state[i]! - start[i]!
      const bend = h * k1[i]! - change
      dense[at] = change
      dense[at + 1] = bend
      dense[at + 2] = change - h * k7[i]! - bend
      dense[at + 3] = h * (d1 * k1[i]! + d3 * k3[i]! + d4 * k4[i]! + d5 * k5[i]! + d6 * k6[i]! + d7 * k7[i]!)
    }
    this.isDense = true
  }
}
