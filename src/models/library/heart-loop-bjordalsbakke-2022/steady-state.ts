import { beat, type Circulation, stateAtRest } from './circulation.js'
import { doubleHill, type LoopParameters } from './elastance.js'

/** A state at the start of a beat, and how many beats were simulated before it. */
export interface BeatStart {
  readonly state: Float64Array
  readonly beats: number
}

/** The loop did not become periodic. */
export class NotPeriodic extends Error {
  constructor() {
    super('The circulation did not become periodic.')
    this.name = 'NotPeriodic'
  }
}

const mostBeats = 2000
const periodicity = 1e-9

/** The loop of given parameters. */
export function circulationOf(parameters: LoopParameters): Circulation {
  return { parameters, elastance: doubleHill(parameters) }
}

/** The state after a number of beats from rest. */
export function stateAfter(circulation: Circulation, beats: number): BeatStart {
  let state = stateAtRest(circulation.parameters)
  for (let index = 0; index < beats; index++) state = beat(circulation, state)
  return { state, beats }
}

/**
 * The state that repeats beat after beat, to a part in 10⁹.
 * @throws NotPeriodic when that takes too long.
 */
export function steadyState(circulation: Circulation): BeatStart {
  let state = stateAtRest(circulation.parameters)
  for (let beats = 1; beats <= mostBeats; beats++) {
    const next = beat(circulation, state)
    if (largestChange(state, next) < periodicity) return { state: next, beats }
    state = next
  }
  throw new NotPeriodic()
}

function largestChange(before: Float64Array, after: Float64Array): number {
  let largest = 0
  after.forEach((value, index) => {
    const change = Math.abs(value - (before[index] as number))
    largest = Math.max(largest, change / Math.max(1, Math.abs(value)))
  })
  return largest
}
