import { coefficients } from './coefficients.js'

export type ShiParameters = Omit<typeof coefficients, 'start'>

/** One heart chamber; see coefficients.ts. */
export type Chamber = ShiParameters['lv']

/** Parts of the parameters, as deep as needed. */
export type ShiOverrides = {
  readonly [Name in keyof ShiParameters]?: ShiParameters[Name] extends number ? number : Partial<ShiParameters[Name]>
}

type Nested = Readonly<Record<string, number | Readonly<Record<string, number>>>>

/** The published parameters with some replaced. */
export function withOverrides(overrides: ShiOverrides): ShiParameters {
  const given = overrides as Nested
  const { start: _start, ...published } = coefficients
  return Object.fromEntries(
    Object.entries(published).map(([name, value]) => {
      const replacement = given[name]
      if (typeof value === 'number' || typeof replacement !== 'object') return [name, replacement ?? value]
      return [name, { ...value, ...replacement }]
    }),
  ) as unknown as ShiParameters
}
