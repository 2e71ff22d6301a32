import { type DenseStep, integrateDopri5, locateEvent } from '../../numerics/ode/dopri5.js'
import { type Derivative } from '../../numerics/ode/ode.js'
import { type Elastance, type LoopParameters } from './elastance.js'

/** Places of the state: ventricular volume (mL), arterial and venous pressure (mmHg), then integrals over the beat. */
export const place = { volume: 0, arterial: 1, venous: 2, arterialIntegral: 3, venousIntegral: 4, work: 5 } as const
const circulationSize = 3
const measuredSize = 6

/** The single-ventricle closed loop, one beat at a time. */
export interface Circulation {
  readonly parameters: LoopParameters
  readonly elastance: Elastance
}

/** Called with each step of a beat and the valves' state in it. */
export type BeatObserver = (step: DenseStep, derivative: Derivative) => void

interface Valves {
  mitral: boolean
  aortic: boolean
}

const tolerance = { relativeTolerance: 1e-8, absoluteTolerance: 1e-8 }
const eventTolerance = 1e-13

/** All pressures at the mean filling pressure: the state from which the first beat starts. */
export function stateAtRest({ Emin, V0, MCFP }: LoopParameters): Float64Array {
  return Float64Array.from([V0 + MCFP / Emin, MCFP, MCFP])
}

/** Blood volume under pressure (mL); the loop conserves it. */
export function stressedVolume({ parameters }: Circulation, state: Float64Array): number {
  const { Csa, Csv, V0 } = parameters
  return (state[0] as number) - V0 + Csa * (state[1] as number) + Csv * (state[2] as number)
}

/** Ventricular pressure (mmHg) at a time of the beat. */
export function ventricularPressure({ parameters, elastance }: Circulation, t: number, state: Float64Array): number {
  return elastance.at(t) * ((state[place.volume] as number) - parameters.V0)
}

/** One beat. @returns the state at its end. @throws IntegrationFailure */
export function beat(circulation: Circulation, start: Float64Array): Float64Array {
  return run(circulation, start.subarray(0, circulationSize))
}

/** One beat that also integrates both pressures (mmHg·s) and the work of the ventricle (mmHg·mL). */
export function measuredBeat(circulation: Circulation, start: Float64Array, observe: BeatObserver): Float64Array {
  const state = new Float64Array(measuredSize)
  state.set(start.subarray(0, circulationSize))
  return run(circulation, state, observe)
}

/** Integrates from valve event to valve event, so that each stretch has a smooth right-hand side. */
function run(circulation: Circulation, start: Float64Array, observe?: BeatObserver): Float64Array {
  const { tau } = circulation.parameters
  let [t, state] = [0, start]
  let valves = valvesAt(circulation, t, state)
  while (t < tau) {
    const derivative = rightHandSide(circulation, valves, state.length)
    const open = valves
    let event: number | null = null
    const atEnd = new Float64Array(state.length)
    const onStep = (step: DenseStep): boolean => {
      event = firstValveEvent(circulation, open, step)
      if (event !== null) step.interpolate(event, atEnd)
      const end = event === null ? { to: step.to, state: step.state } : { to: event, state: atEnd }
      observe?.({ from: step.from, ...end, interpolate: read(step) }, derivative)
      return event === null
    }
    const options = { ...tolerance, initialStep: tau / 500, maximumStep: tau / 20, onStep }
    const result = integrateDopri5(derivative, state, t, tau, options)
    t = event ?? result.t
    state = event === null ? result.y : atEnd
    valves = event === null ? valves : valvesAt(circulation, t, state)
  }
  return state
}

function read(step: DenseStep): DenseStep['interpolate'] {
  return (t, target) => step.interpolate(t, target)
}

/** Where in the step a valve first opens or closes; null when none does. */
function firstValveEvent(circulation: Circulation, open: Valves, step: DenseStep): number | null {
  const after = valvesAt(circulation, step.to, step.state)
  const events: number[] = []
  const note = (gradient: (t: number, y: Float64Array) => number): void => {
    const at = locateEvent(step, gradient, eventTolerance)
    if (at !== null) events.push(at)
  }
  if (after.mitral !== open.mitral) note((t, y) => mitralGradient(circulation, t, y))
  if (after.aortic !== open.aortic) note((t, y) => aorticGradient(circulation, t, y))
  return events.length === 0 ? null : events.reduce((first, at) => Math.min(first, at))
}

function valvesAt(circulation: Circulation, t: number, state: Float64Array): Valves {
  return {
    mitral: mitralGradient(circulation, t, state) >= 0,
    aortic: aorticGradient(circulation, t, state) >= 0,
  }
}

function mitralGradient(circulation: Circulation, t: number, state: Float64Array): number {
  return (state[place.venous] as number) - ventricularPressure(circulation, t, state)
}

function aorticGradient(circulation: Circulation, t: number, state: Float64Array): number {
  return ventricularPressure(circulation, t, state) - (state[place.arterial] as number)
}

/** The equations with both valves held open or closed. */
function rightHandSide({ parameters, elastance }: Circulation, { mitral, aortic }: Valves, size: number): Derivative {
  const { Rs, Csa, Csv, Zao, Rmv, V0 } = parameters
  const isMeasured = size === measuredSize
  return (t, y, d) => {
    const arterial = y[1] as number
    const venous = y[2] as number
    const ventricular = elastance.at(t) * ((y[0] as number) - V0)
    const filling = mitral ? (venous - ventricular) / Rmv : 0
    const ejection = aortic ? (ventricular - arterial) / Zao : 0
    const systemic = (arterial - venous) / Rs
    d[0] = filling - ejection
    d[1] = (ejection - systemic) / Csa
    d[2] = (systemic - filling) / Csv
    if (!isMeasured) return
    d[3] = arterial
    d[4] = venous
    d[5] = ventricular * (ejection - filling)
  }
}
