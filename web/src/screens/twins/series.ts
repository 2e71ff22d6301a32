/** Observations of one kind put in the order of time, so that a course can be seen. */
import type { Quantity } from '../../../../src/twins/facts.js'
import type { FactRecord } from '../../api/twins.js'
import { codeText, codingText, factName, factTime, factValue } from './fact-words.js'

export interface Measurement {
  fact: FactRecord
  at: string | undefined
  quantity?: Quantity
  /** Value and unit, or what stands instead. */
  shown: string
}

export interface Series {
  key: string
  name: string
  code: string | null
  /** Oldest first; those without a time come first. */
  measurements: Measurement[]
}

/** One series a code; an observation with components makes one for each of them. */
export function seriesOf(facts: readonly FactRecord[]): Series[] {
  const series = new Map<string, Series>()
  for (const fact of facts) {
    for (const { name, code, ...measurement } of measurementsOf(fact)) {
      const key = code ?? name
      const known = series.get(key) ?? { key, name, code, measurements: [] }
      known.measurements.push(measurement)
      series.set(key, known)
    }
  }
  for (const { measurements } of series.values()) {
    measurements.sort((one, other) => (one.at ?? '').localeCompare(other.at ?? ''))
  }
  return [...series.values()].sort((one, other) => one.name.localeCompare(other.name))
}

function measurementsOf(fact: FactRecord): (Measurement & { name: string; code: string | null })[] {
  const { value } = fact
  if (value?.kind !== 'observation') return []
  const at = factTime(value)?.at
  if (!value.components?.length) {
    const code = codeText(value.code)
    return [{ fact, at, name: factName(value), code, quantity: value.quantity, shown: factValue(value) }]
  }
  return value.components.map((component) => ({
    fact,
    at,
    name: codingText(component.code),
    code: codeText(component.code),
    quantity: component.quantity,
    shown: factValue({ ...value, ...component, components: undefined }),
  }))
}

/** What can be drawn: values in one unit with a time. Values in other units than the last one's are left out. */
export function pointsOf({ measurements }: Series): { at: number; value: number }[] {
  const unit = measurements.findLast(({ quantity }) => quantity)?.quantity?.unit
  return measurements.flatMap(({ at, quantity }) =>
    at !== undefined && quantity?.unit === unit && quantity !== undefined
      ? [{ at: Date.parse(at), value: quantity.value }]
      : [],
  )
}
