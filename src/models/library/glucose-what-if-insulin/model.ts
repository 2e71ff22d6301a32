import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { type Uncertainty } from '../../uncertainty.js'
import { type HovorkaInput, hovorka2004 } from '../glucose-hovorka-2004/model.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'

export type MealAndInsulinInput = Omit<HovorkaInput, 'times_min' | 'paramOverrides'>

/** Glucose over six hours. */
export interface GlucoseCourse {
  /** By time in minutes. */
  readonly glucose_mmolL: Readonly<Record<string, number>>
  readonly lowest_mmolL: number
  readonly highest_mmolL: number
  readonly minutesLow: number
  readonly minutesInRange: number
  readonly minutesHigh: number
}

export interface MealAndInsulinOutput {
  readonly withoutBoluses: GlucoseCourse
  readonly withBoluses: GlucoseCourse
  readonly difference: {
    readonly highest_mmolL: number
    readonly lowest_mmolL: number
    readonly minutesInRange: number
  }
  readonly uncertainty: Uncertainty<
    null,
    /** With boluses, from a start at the ends of what the meter may have misread; null where no infusion holds such a start. */
    { readonly lowStart: GlucoseCourse | null; readonly highStart: GlucoseCourse | null },
    null
  >
}

const inputs = hovorka2004.inputs.filter(({ name }) => name !== 'times_min' && name !== 'paramOverrides')

/** Meals with and without boluses, side by side. */
export const mealAndInsulin = defineModel<MealAndInsulinInput, MealAndInsulinOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    ...(['withoutBoluses', 'withBoluses'] as const).flatMap((name) => [
      { name: `${name}.glucose_mmolL`, quantity: 'plasma glucose by time in minutes', unit: 'mmol/L' },
      { name: `${name}.lowest_mmolL`, quantity: 'lowest glucose', unit: 'mmol/L' },
      { name: `${name}.highest_mmolL`, quantity: 'highest glucose', unit: 'mmol/L' },
      { name: `${name}.minutesLow`, quantity: 'time below the range', unit: 'min' },
      { name: `${name}.minutesInRange`, quantity: 'time in range', unit: 'min' },
      { name: `${name}.minutesHigh`, quantity: 'time above the range', unit: 'min' },
    ]),
    { name: 'difference.highest_mmolL', quantity: 'change of the highest glucose', unit: 'mmol/L' },
    { name: 'difference.lowest_mmolL', quantity: 'change of the lowest glucose', unit: 'mmol/L' },
    { name: 'difference.minutesInRange', quantity: 'change of time in range', unit: 'min' },
    { name: 'uncertainty', quantity: 'by kind of uncertainty' },
  ],
  card,
  coefficients,
  applicability,
  compute(input) {
    const withoutBoluses = course({ ...input, boluses: [] })
    const withBoluses = course(input)
    const { startGlucose_mmolL: start } = input
    const { absolute_mmolL, relative, limit_mmolL } = coefficients.meter
    const error = start < limit_mmolL ? absolute_mmolL : relative * start
    return {
      withoutBoluses,
      withBoluses,
      difference: {
        highest_mmolL: withBoluses.highest_mmolL - withoutBoluses.highest_mmolL,
        lowest_mmolL: withBoluses.lowest_mmolL - withoutBoluses.lowest_mmolL,
        minutesInRange: withBoluses.minutesInRange - withoutBoluses.minutesInRange,
      },
      uncertainty: {
        parameter: null,
        measurement: { lowStart: startingAt(input, start - error), highStart: startingAt(input, start + error) },
        structural: null,
      },
    }
  },
})

/** A start that no infusion holds; and a comparison needs a bolus. */
function applicability(input: Partial<MealAndInsulinInput>): readonly RefusalReason[] {
  const { weight_kg, startGlucose_mmolL } = input
  const start =
    typeof weight_kg === 'number' && typeof startGlucose_mmolL === 'number'
      ? hovorka2004.refusals({ weight_kg, startGlucose_mmolL, meals: [], boluses: [] }).filter(isNotApplicable)
      : []
  const isWithoutBolus = Array.isArray(input.boluses) && input.boluses.length === 0
  return isWithoutBolus
    ? [...start, { input: 'boluses', code: 'not-applicable', limit: 'at least one bolus to compare with none' }]
    : start
}

const isNotApplicable = ({ code }: RefusalReason): boolean => code === 'not-applicable'

const times = Array.from(
  { length: coefficients.followed_min / coefficients.step_min + 1 },
  (_, index) => index * coefficients.step_min,
)

function course(input: MealAndInsulinInput): GlucoseCourse {
  const { glucose_mmolL } = hovorka2004.evaluate({ ...input, times_min: times })
  const readings = times.map((t) => glucose_mmolL[String(t)] as number)
  const { low, high } = coefficients.range
  // Each reading but the first stands for the minutes that led to it.
  const minutesOf = (holds: (glucose: number) => boolean): number =>
    readings.slice(1).filter(holds).length * coefficients.step_min
  return {
    glucose_mmolL,
    lowest_mmolL: readings.reduce((least, glucose) => Math.min(least, glucose)),
    highest_mmolL: readings.reduce((most, glucose) => Math.max(most, glucose)),
    minutesLow: minutesOf((glucose) => glucose < low),
    minutesInRange: minutesOf((glucose) => glucose >= low && glucose <= high),
    minutesHigh: minutesOf((glucose) => glucose > high),
  }
}

function startingAt(input: MealAndInsulinInput, startGlucose_mmolL: number): GlucoseCourse | null {
  const started = { ...input, startGlucose_mmolL }
  return hovorka2004.refusals(started).length > 0 ? null : course(started)
}
