import { pow } from '../elementary.js'
import { brent } from '../root-finding.js'
import { DopriStep } from './dopri5-step.js'
import { type Derivative } from './ode.js'

export interface Dopri5Options {
  /** Relative error allowed a step. */
  readonly relativeTolerance: number
  /** Absolute error allowed a step, one for all components. */
  readonly absoluteTolerance: number
  /** First step; derived from the interval when absent. */
  readonly initialStep?: number
  /** No step is longer; needed where the right-hand side has short features. */
  readonly maximumStep?: number
  /** An integration that needs more steps, accepted or not, fails. */
  readonly maximumSteps?: number
  /**
   * Called after each accepted step with its interpolant, valid on [step.from, step.to] until the next step.
   * Returning false ends the integration at the end of this step.
   */
  readonly onStep?: (step: DenseStep) => boolean | void
}

/** An accepted step: the state inside it to fourth order. */
export interface DenseStep {
  readonly from: number
  readonly to: number
  /** The state at `to`; reused by the next step. */
  readonly state: Float64Array
  /** Writes the state at t within the step into `target`. */
  interpolate(t: number, target: Float64Array): Float64Array
}

export interface Dopri5Result {
  readonly t: number
  readonly y: Float64Array
  readonly accepted: number
  readonly rejected: number
}

/** The integration could not reach its end within the tolerance or the number of steps. */
export class IntegrationFailure extends Error {
  constructor(readonly reason: 'step-too-small' | 'too-many-steps' | 'not-finite') {
    super(`The integration stopped: ${reason}.`)
    this.name = 'IntegrationFailure'
  }
}

const safety = 0.9
const smallestFactor = 0.2
const largestFactor = 10

/**
 * The adaptive Dormand–Prince method of order 5(4) with dense output of order 4
 * (Hairer, Nørsett, Wanner, Solving Ordinary Differential Equations I, sections II.5 and II.6).
 * @throws IntegrationFailure instead of returning an unfinished result.
 */
export function integrateDopri5(
  derivative: Derivative,
  y0: ArrayLike<number>,
  from: number,
  to: number,
  options: Dopri5Options,
): Dopri5Result {
  const { maximumSteps = 1_000_000, maximumStep = to - from, onStep } = options
  const step = new DopriStep(derivative, Float64Array.from(y0), from)
  let h = Math.min(options.initialStep ?? (to - from) / 100, maximumStep)
  let accepted = 0
  let rejected = 0
  let grewAfterRejection = true

  while (step.to < to) {
    if (accepted + rejected >= maximumSteps) throw new IntegrationFailure('too-many-steps')
    const last = step.to + h >= to
    if (last) h = to - step.to
    if (step.to + h === step.to) throw new IntegrationFailure('step-too-small')
    const error = step.attempt(h, options.absoluteTolerance, options.relativeTolerance)
    if (Number.isNaN(error)) throw new IntegrationFailure('not-finite')
    const factor = Math.max(smallestFactor, Math.min(largestFactor, safety * pow(error, -0.2)))
    if (error <= 1) {
      step.accept(last ? to : step.to + h)
      accepted++
      h = Math.min(h * (grewAfterRejection ? factor : Math.min(1, factor)), maximumStep)
      grewAfterRejection = true
      if (onStep?.(step) === false) break
    } else {
      rejected++
      grewAfterRejection = false
      h *= Math.min(1, factor)
    }
  }
  return { t: step.to, y: Float64Array.from(step.state), accepted, rejected }
}

/**
 * A time in a step at which `event` has just changed sign: but for rounding not before the change, and at most `tolerance` behind it.
 * @returns null when the sign at both ends is the same.
 */
export function locateEvent(
  step: DenseStep,
  event: (t: number, y: Float64Array) => number,
  tolerance: number,
): number | null {
  const state = new Float64Array(step.state.length)
  const at = (t: number): number => event(t, step.interpolate(t, state))
  const startsNegative = at(step.from) < 0
  if (startsNegative === at(step.to) < 0) return null
  const found = brent(at, step.from, step.to, tolerance / 2)
  return at(found) < 0 === startsNegative ? Math.min(found + tolerance / 2, step.to) : found
}
