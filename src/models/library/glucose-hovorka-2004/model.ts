import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { type BasalState, basalState, type HovorkaParameters, type HovorkaPerson } from './equations.js'
import { type InsulinBolus, type Meal, simulate } from './simulation.js'

export interface HovorkaInput {
  readonly weight_kg: number
  /** Glucose at which the person rests at time 0. */
  readonly startGlucose_mmolL: number
  readonly meals: readonly Meal[]
  readonly boluses: readonly InsulinBolus[]
  readonly paramOverrides?: Partial<HovorkaParameters>
  /** Another infusion from time 0 on than the one that held the start. */
  readonly basalInfusion_mU_min?: number
  /** Ascending times at which glucose is read; every 5 min for 6 h when absent. */
  readonly times_min?: readonly number[]
}

export interface HovorkaOutput {
  /** Infusion that holds the starting glucose. */
  readonly basal_mU_min: number
  readonly glucose_mmolL: Readonly<Record<string, number>>
  readonly insulin_mUL: Readonly<Record<string, number>>
}

const positive = { min: 0, exclusiveMin: true }
const parameterNames = Object.keys(coefficients.parameters) as (keyof HovorkaParameters)[]
const longest_min = 7 * 24 * 60

const time = (quantity: string): InputSpecification => ({
  name: 't_min',
  kind: 'number',
  quantity,
  unit: 'min',
  range: { min: 0, max: longest_min },
})

/** Glucose and insulin in type 1 diabetes after meals and boluses. */
export const hovorka2004 = defineModel<HovorkaInput, HovorkaOutput>({
  id: 'glucose.hovorka-2004',
  version: '1.0.0',
  inputs: [
    { name: 'weight_kg', kind: 'number', quantity: 'body weight', unit: 'kg', range: { min: 20, max: 250 } },
    {
      name: 'startGlucose_mmolL',
      kind: 'number',
      quantity: 'glucose at rest',
      unit: 'mmol/L',
      range: { min: 2, max: 30 },
    },
    {
      name: 'meals',
      kind: 'list',
      quantity: 'meals',
      maxItems: 500,
      items: {
        name: 'meal',
        kind: 'group',
        quantity: 'meal',
        members: [
          time('start of the meal'),
          { name: 'dur_min', kind: 'number', quantity: 'duration', unit: 'min', range: { min: 0, max: 480 } },
          { name: 'carb_g', kind: 'number', quantity: 'carbohydrate', unit: 'g', range: { min: 0, max: 500 } },
        ],
      },
    },
    {
      name: 'boluses',
      kind: 'list',
      quantity: 'subcutaneous insulin boluses',
      maxItems: 500,
      items: {
        name: 'bolus',
        kind: 'group',
        quantity: 'bolus',
        members: [
          time('time of the bolus'),
          { name: 'U', kind: 'number', quantity: 'insulin', unit: '[iU]', range: { min: 0, max: 200 } },
        ],
      },
    },
    {
      name: 'paramOverrides',
      kind: 'group',
      quantity: 'parameters of this person where they differ from the mean',
      optional: true,
      members: parameterNames.map((name) => ({
        name,
        kind: 'number',
        quantity: name,
        unit: '1',
        range: name === 'AG' ? { min: 0, max: 1 } : positive,
        optional: true,
      })),
    },
    {
      name: 'basalInfusion_mU_min',
      kind: 'number',
      quantity: 'insulin infusion from time 0',
      unit: 'm[iU]/min',
      range: { min: 0, max: 1000 },
      optional: true,
    },
    {
      name: 'times_min',
      kind: 'list',
      quantity: 'ascending times at which glucose is read',
      maxItems: 10_100,
      optional: true,
      items: time('time'),
    },
  ],
  outputs: [
    { name: 'basal_mU_min', quantity: 'insulin infusion that holds the starting glucose', unit: 'm[iU]/min' },
    { name: 'glucose_mmolL', quantity: 'plasma glucose by time in minutes', unit: 'mmol/L' },
    { name: 'insulin_mUL', quantity: 'plasma insulin by time in minutes', unit: 'm[iU]/L' },
  ],
  card,
  coefficients,
  applicability: (input) => [...refuseParameters(input), ...refuseStart(input), ...refuseTimes(input)],
  compute(input) {
    const person = personOf(input)
    const basal = basalState(person, input.startGlucose_mmolL) as BasalState
    const times = input.times_min ?? Array.from({ length: 73 }, (_, index) => index * 5)
    const course = {
      meals: input.meals,
      boluses: input.boluses,
      basal_mU_min: input.basalInfusion_mU_min ?? basal.insulin_mU_min,
    }
    const trace = simulate(person, basal, course, times)
    const byTime = (values: readonly number[]): Record<string, number> =>
      Object.fromEntries(times.map((t, index) => [String(t), values[index] as number]))
    return {
      basal_mU_min: basal.insulin_mU_min,
      glucose_mmolL: byTime(trace.glucose_mmolL),
      insulin_mUL: byTime(trace.insulin_mUL),
    }
  },
})

function personOf({ weight_kg, paramOverrides }: HovorkaInput): HovorkaPerson {
  const parameters: Record<string, number> = { ...coefficients.parameters }
  for (const name of parameterNames) parameters[name] = paramOverrides?.[name] ?? coefficients.parameters[name]
  return { weight_kg, parameters: parameters as HovorkaParameters }
}

/** An override that the model does not know would silently do nothing. */
function refuseParameters({ paramOverrides }: Partial<HovorkaInput>): RefusalReason[] {
  if (typeof paramOverrides !== 'object' || paramOverrides === null) return []
  return Object.keys(paramOverrides)
    .filter((name) => !(parameterNames as string[]).includes(name))
    .map(() => ({ input: 'paramOverrides', code: 'not-allowed', limit: parameterNames.join(' | ') }))
}

/** Where production without insulin is below the uptake, no infusion holds the start. */
function refuseStart(input: Partial<HovorkaInput>): RefusalReason[] {
  const { weight_kg, startGlucose_mmolL } = input
  if (typeof weight_kg !== 'number' || typeof startGlucose_mmolL !== 'number') return []
  if (basalState(personOf(input as HovorkaInput), startGlucose_mmolL) !== null) return []
  return [{ input: 'startGlucose_mmolL', code: 'not-applicable', limit: 'a glucose that some insulin infusion holds' }]
}

function refuseTimes({ times_min }: Partial<HovorkaInput>): RefusalReason[] {
  if (!Array.isArray(times_min)) return []
  const isAscending = times_min.every((t, index) => index === 0 || t > (times_min[index - 1] as number))
  return isAscending ? [] : [{ input: 'times_min', code: 'not-allowed', limit: 'ascending' }]
}
