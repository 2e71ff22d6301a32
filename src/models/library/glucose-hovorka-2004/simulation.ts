import { type DenseStep, integrateDopri5 } from '../../numerics/ode/dopri5.js'
import { coefficients } from './coefficients.js'
import { type BasalState, hovorkaDerivative, type HovorkaPerson, place } from './equations.js'

/** A meal eaten at a constant rate, or at once when its duration is 0. */
export interface Meal {
  readonly t_min: number
  readonly dur_min: number
  readonly carb_g: number
}

/** Insulin injected under the skin at once, in units (U). */
export interface InsulinBolus {
  readonly t_min: number
  readonly U: number
}

export interface Course {
  readonly meals: readonly Meal[]
  readonly boluses: readonly InsulinBolus[]
  /** Infusion from time 0, mU/min. */
  readonly basal_mU_min: number
}

/** Glucose (mmol/L) and plasma insulin (mU/L) at each time, in the order of the times. */
export interface Trace {
  readonly glucose_mmolL: number[]
  readonly insulin_mUL: number[]
}

const tolerance = { relativeTolerance: 1e-10, absoluteTolerance: 1e-10 }

/**
 * Follows a person from the steady state through meals and boluses.
 * @param times in minutes, ascending. A bolus or a meal at once counts from its own time on.
 */
export function simulate(person: HovorkaPerson, basal: BasalState, course: Course, times: readonly number[]): Trace {
  const glucoseVolume = person.parameters.VG * person.weight_kg
  const trace: Trace = { glucose_mmolL: [], insulin_mUL: [] }
  const record = (state: Float64Array): void => {
    trace.glucose_mmolL.push((state[place.Q1] as number) / glucoseVolume)
    trace.insulin_mUL.push(state[place.I] as number)
  }
  const end = times.reduce((latest, t) => Math.max(latest, t), 0)
  const edges = eventTimes(course, end)
  let state: Float64Array = Float64Array.from(basal.state)
  let next = 0
  edges.forEach((from, index) => {
    addAtOnce(person, course, from, state)
    for (; next < times.length && times[next] === from; next++) record(state)
    const to = edges[index + 1]
    if (to === undefined) return
    state = integrate(person, course, state, from, to, (step) => {
      const inside = new Float64Array(state.length)
      for (; next < times.length && (times[next] as number) < Math.min(step.to, to); next++) {
        record(step.interpolate(times[next] as number, inside))
      }
    })
  })
  return trace
}

function integrate(
  person: HovorkaPerson,
  course: Course,
  state: Float64Array,
  from: number,
  to: number,
  onStep: (step: DenseStep) => void,
): Float64Array {
  const middle = (from + to) / 2
  const supply = { carbohydrate: eatingRate(course.meals, middle), insulin: course.basal_mU_min }
  const derivative = hovorkaDerivative(person, supply)
  // Dense output is of lower order than the steps, so steps stay short where a curve is read.
  return integrateDopri5(derivative, state, from, to, { ...tolerance, maximumStep: 2, onStep }).y
}

/** All times at which the supply changes, with 0 and the end, ascending and each once. */
function eventTimes({ meals, boluses }: Course, end: number): number[] {
  const all = [
    0,
    end,
    ...meals.flatMap(({ t_min, dur_min }) => [t_min, t_min + dur_min]),
    ...boluses.map((b) => b.t_min),
  ]
  const inside = all.filter((t) => t >= 0 && t <= end).sort((a, b) => a - b)
  return inside.filter((t, index) => index === 0 || t !== inside[index - 1])
}

/** mmol of carbohydrate a minute. */
function eatingRate(meals: readonly Meal[], t: number): number {
  let rate = 0
  for (const { t_min, dur_min, carb_g } of meals) {
    if (t >= t_min && t < t_min + dur_min) rate += millimoles(carb_g) / dur_min
  }
  return rate
}

function addAtOnce({ parameters }: HovorkaPerson, { meals, boluses }: Course, t: number, state: Float64Array): void {
  for (const bolus of boluses) {
    if (bolus.t_min === t) state[place.S1] = (state[place.S1] as number) + bolus.U * coefficients.milliunits
  }
  for (const { t_min, dur_min, carb_g } of meals) {
    if (dur_min === 0 && t_min === t) {
      state[place.D1] = (state[place.D1] as number) + parameters.AG * millimoles(carb_g)
    }
  }
}

function millimoles(carb_g: number): number {
  return (carb_g * 1000) / coefficients.molarMass
}
