import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { type BeatSummary, summariseBeat } from './beat-summary.js'
import { card } from './card.js'
import { advance, stateNames } from './circulation.js'
import { coefficients } from './coefficients.js'
import { type Chamber, type ShiOverrides, withOverrides } from './parameters.js'

export interface ShiInput {
  /** Time after the published start at which the state is read. */
  readonly t_s: number
  /** Which parameters; only the published ones have a name. */
  readonly params?: string
  readonly overrides?: ShiOverrides
}

/** The state at the time asked for and the measurements of the cycle it lies in. */
export type ShiOutput = Readonly<Record<(typeof stateNames)[number], number>> & { readonly beat: BeatSummary }

const chambers = ['lv', 'rv', 'la', 'ra'] as const
const { start: published, ...parameters } = coefficients
const positive = { min: 0, exclusiveMin: true }

/** The four-chamber heart with systemic and pulmonary circulation. */
export const heartLoopShi2009 = defineModel<ShiInput, ShiOutput>({
  id: 'heart.loop-shi-2009',
  version: '1.0.0',
  inputs: [
    { name: 't_s', kind: 'number', quantity: 'time after the start', unit: 's', range: { min: 0, max: 120 } },
    {
      name: 'params',
      kind: 'text',
      quantity: 'named set of parameters',
      pattern: '(?:ShiParam\\.jl )?defaults|published',
      optional: true,
    },
    {
      name: 'overrides',
      kind: 'group',
      quantity: 'parameters where they differ from the publication',
      optional: true,
      members: Object.entries(parameters).map(([name, value]) => specify(name, value)),
    },
  ],
  outputs: [
    ...stateNames.map((name) => ({ name, ...unitOf(name) })),
    { name: 'beat', quantity: 'volumes, pressures and output of the cycle the time lies in' },
  ],
  card,
  coefficients,
  applicability: ({ overrides }) => refuseOverrides(overrides),
  compute({ t_s, overrides = {} }) {
    const chosen = withOverrides(overrides)
    const cycleStart = Math.floor(t_s / chosen.tau) * chosen.tau
    const before = advance(chosen, published, 0, cycleStart)
    const state = advance(chosen, before, cycleStart, t_s)
    const named = Object.fromEntries(stateNames.map((name, index) => [name, state[index] as number]))
    return {
      ...(named as Record<(typeof stateNames)[number], number>),
      beat: summariseBeat(chosen, before, cycleStart),
    }
  },
})

function specify(name: string, value: number | Readonly<Record<string, number>>): InputSpecification {
  if (typeof value === 'number') {
    const range = name === 'tau' ? { min: 0.3, max: 3 } : positive
    return { name, kind: 'number', quantity: name, unit: '1', range, optional: true }
  }
  const members = Object.keys(value).map((member): InputSpecification => {
    const range = ['V0', 'p0', 'onset'].includes(member) ? { min: 0, max: member === 'onset' ? 1 : 100 } : positive
    return { name: member, kind: 'number', quantity: member, unit: '1', range, optional: true }
  })
  return { name, kind: 'group', quantity: name, members, optional: true }
}

function unitOf(name: string): { quantity: string; unit: string } {
  if (name.endsWith('_V')) return { quantity: 'volume', unit: 'mL' }
  return name.endsWith('_p') ? { quantity: 'pressure', unit: 'mm[Hg]' } : { quantity: 'flow', unit: 'mL/s' }
}

/** Unknown names would silently do nothing; a chamber contracts, relaxes and rests within one cycle. */
function refuseOverrides(overrides: unknown): RefusalReason[] {
  if (typeof overrides !== 'object' || overrides === null || Array.isArray(overrides)) return []
  const known = Object.keys(parameters)
  const reasons: RefusalReason[] = Object.keys(overrides)
    .filter((name) => !known.includes(name))
    .map(() => ({ input: 'overrides', code: 'not-allowed', limit: known.join(' | ') }))
  const chosen = withOverrides(overrides as ShiOverrides)
  for (const name of chambers) {
    const { Emin, Emax, peak, end }: Chamber = chosen[name]
    if (Emax < Emin) reasons.push({ input: `overrides.${name}.Emax`, code: 'not-applicable', limit: 'at least Emin' })
    if (!(peak < end && end <= chosen.tau)) {
      reasons.push({ input: `overrides.${name}.end`, code: 'not-applicable', limit: 'between peak and tau' })
    }
  }
  return reasons
}
