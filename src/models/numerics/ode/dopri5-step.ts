import { sqrt } from '../elementary.js'
import { type Derivative } from './ode.js'

/** Nodes, stages and weights of Dormand and Prince 1980 (doi:10.1016/0771-050X(80)90013-3), table 2. */
const nodes = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1]
const stages = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
]
/** Fifth-order minus fourth-order weights. */
const errorWeights = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40]
/** Weights of the dense output's last term (Hairer, Nørsett, Wanner, program DOPRI5). */
const denseWeights = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
]

/** One step of Dormand–Prince: tried, perhaps tried again shorter, accepted, and then readable anywhere inside. */
export class DopriStep {
  from: number
  to: number
  /** The state at `to`. */
  readonly state: Float64Array
  private readonly start: Float64Array
  private readonly proposed: Float64Array
  private readonly slopes: Float64Array[]
  private readonly dense: Float64Array[]
  private h = 0

  constructor(
    private readonly derivative: Derivative,
    y0: Float64Array,
    t0: number,
  ) {
    this.from = t0
    this.to = t0
    this.state = y0
    this.start = Float64Array.from(y0)
    this.proposed = new Float64Array(y0.length)
    this.slopes = Array.from({ length: 7 }, () => new Float64Array(y0.length))
    this.dense = Array.from({ length: 4 }, () => new Float64Array(y0.length))
    derivative(t0, y0, this.slope(0))
  }

  /** Computes the state after a step of length h. @returns the error in units of the tolerance; at most 1 is acceptable. */
  attempt(h: number, absoluteTolerance: number, relativeTolerance: number): number {
    this.h = h
    for (let stage = 1; stage < 7; stage++) {
      combine(this.state, h, stages[stage] as number[], this.slopes, this.proposed)
      this.derivative(this.to + (nodes[stage] as number) * h, this.proposed, this.slope(stage))
    }
    let total = 0
    for (let i = 0; i < this.state.length; i++) {
      const largest = Math.max(Math.abs(this.state[i] as number), Math.abs(this.proposed[i] as number))
      const error = (h * weigh(errorWeights, this.slopes, i)) / (absoluteTolerance + relativeTolerance * largest)
      total += error * error
    }
    return sqrt(total / this.state.length)
  }

  /** Takes the attempted step over; `to` is given so that the end of an interval is met exactly. */
  accept(to: number): void {
    this.from = this.to
    this.to = to
    this.prepareDenseOutput()
    this.start.set(this.state)
    this.state.set(this.proposed)
    // The last stage is the first of the next step.
    this.slope(0).set(this.slope(6))
  }

  /** Writes the state at t within the step into `target`. */
  interpolate(t: number, target: Float64Array): Float64Array {
    const theta = (t - this.from) / (this.to - this.from)
    const rest = 1 - theta
    const [r1, r2, r3, r4] = this.dense as [Float64Array, Float64Array, Float64Array, Float64Array]
    for (let i = 0; i < target.length; i++) {
      const inner = (r3[i] as number) + rest * (r4[i] as number)
      target[i] = (this.start[i] as number) + theta * ((r1[i] as number) + rest * ((r2[i] as number) + theta * inner))
    }
    return target
  }

  private prepareDenseOutput(): void {
    const [r1, r2, r3, r4] = this.dense as [Float64Array, Float64Array, Float64Array, Float64Array]
    const [first, last] = [this.slope(0), this.slope(6)]
    for (let i = 0; i < this.state.length; i++) {
      const change = (this.proposed[i] as number) - (this.state[i] as number)
      const bend = this.h * (first[i] as number) - change
      r1[i] = change
      r2[i] = bend
      r3[i] = change - this.h * (last[i] as number) - bend
      r4[i] = this.h * weigh(denseWeights, this.slopes, i)
    }
  }

  private slope(stage: number): Float64Array {
    return this.slopes[stage] as Float64Array
  }
}

function combine(y: Float64Array, h: number, weights: number[], slopes: Float64Array[], target: Float64Array): void {
  for (let i = 0; i < y.length; i++) target[i] = (y[i] as number) + h * weigh(weights, slopes, i)
}

function weigh(weights: number[], slopes: Float64Array[], component: number): number {
  let total = 0
  for (let stage = 0; stage < weights.length; stage++) {
    total += (weights[stage] as number) * ((slopes[stage] as Float64Array)[component] as number)
  }
  return total
}
