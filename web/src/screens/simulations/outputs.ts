import type { OutputSpecification } from '../../api/simulations.js'

/** The value under a dotted name; null when the run has none. */
export function outputAt(outputs: object, name: string): unknown {
  let value: unknown = outputs
  for (const member of name.split('.')) {
    if (typeof value !== 'object' || value === null) return null
    value = (value as Record<string, unknown>)[member] ?? null
  }
  return value
}

/** The outputs that can be shown one by one: numbers, texts, and those that do not apply. Courses and meshes are left out. */
export function outputsIn(outputs: object, specifications: readonly OutputSpecification[]): OutputSpecification[] {
  return specifications.filter(({ name }) => {
    const value = outputAt(outputs, name)
    return value === null || typeof value !== 'object'
  })
}

/** Six significant digits are more than any of these is known to. */
export const numberText = (value: number): string => String(Number(value.toPrecision(6)))
