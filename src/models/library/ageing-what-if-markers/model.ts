import { isAbsent } from '../../absence.js'
import { drawsOf, seedInput } from '../../draws.js'
import { type InputSpecification } from '../../input-specification.js'
import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { ln } from '../../numerics/elementary.js'
import { intervalOf, type Interval, type Uncertainty } from '../../uncertainty.js'
import { phenoAge2018, survival, type PhenoAgeInput, type PhenoAgeOutput } from '../ageing-phenoage-2018/model.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'

/** The blood markers, each in the unit of its name; C-reactive protein as a ratio only, since the score takes its logarithm. */
const MARKERS = [
  'albumin_gL',
  'creatinine_umolL',
  'glucose_mmolL',
  'crp',
  'lymph_pct',
  'mcv_fL',
  'rdw_pct',
  'alp_UL',
  'wbc_10e9L',
] as const
type Marker = (typeof MARKERS)[number]

/** `by`: added, in the marker's unit. `ratio`: multiplied with. One of the two. */
export interface MarkerChange {
  readonly marker: Marker
  readonly by?: number | null
  readonly ratio?: number | null
}

export interface BiologicalAgeInput extends PhenoAgeInput {
  readonly changes: readonly MarkerChange[]
  /** DOI of the study that reports the changes. */
  readonly source: string
  /** Analytical coefficients of variation of this laboratory. */
  readonly analyticalCv?: Readonly<Partial<Record<Marker, number | null>>> | null
  readonly seed?: number | null
}

export type AgeReading = Pick<PhenoAgeOutput, 'phenoAge' | 'advance' | 'mort10y'> & {
  /** Probability of being alive, by years from now. */
  readonly survival: Readonly<Record<string, number>>
}

export interface BiologicalAgeOutput {
  readonly untreated: AgeReading
  readonly changed: AgeReading
  /** Years by which phenotypic age would be lower. */
  readonly yearsYounger: number
  readonly interpretation: 'associational, not causal'
  readonly source: string
  readonly uncertainty: Uncertainty<null, { readonly untreated: Interval; readonly changed: Interval } | null, null>
}

const inputs: readonly InputSpecification[] = [
  ...phenoAge2018.inputs,
  {
    name: 'changes',
    kind: 'list',
    quantity: 'Changes of markers',
    minItems: 1,
    maxItems: MARKERS.length,
    items: {
      name: 'change',
      kind: 'group',
      quantity: 'change of one marker',
      members: [
        { name: 'marker', kind: 'code', quantity: 'marker', values: MARKERS },
        {
          name: 'by',
          kind: 'number',
          quantity: 'absolute change in the unit of the marker',
          unit: '1',
          optional: true,
        },
        {
          name: 'ratio',
          kind: 'number',
          quantity: 'ratio of the later to the earlier value',
          unit: '1',
          range: { min: 0.01, max: 100 },
          optional: true,
        },
      ],
    },
  },
  { name: 'source', kind: 'text', quantity: 'DOI of the study of the changes', pattern: '10\\.[0-9]{4,9}/[^ ]{1,200}' },
  {
    name: 'analyticalCv',
    kind: 'group',
    quantity: 'Analytical coefficients of variation',
    optional: true,
    members: MARKERS.map((name) => ({
      name,
      kind: 'number',
      quantity: 'coefficient of variation',
      unit: '1',
      range: { min: 0, max: 0.5 },
      optional: true,
    })),
  },
  seedInput,
]

/** Phenotypic age before and after cited changes of its markers. */
export const biologicalAge = defineModel<BiologicalAgeInput, BiologicalAgeOutput>({
  id: card.id,
  version: card.version,
  inputs,
  outputs: [
    ...(['untreated', 'changed'] as const).flatMap((name) => [
      { name: `${name}.phenoAge`, quantity: 'Phenotypic age', unit: 'a' },
      { name: `${name}.advance`, quantity: 'Phenotypic less chronological age', unit: 'a' },
      { name: `${name}.mort10y`, quantity: '10-year mortality score', unit: '1' },
      { name: `${name}.survival`, quantity: 'Survival by years from now', unit: '1' },
    ]),
    { name: 'yearsYounger', quantity: 'Fall of phenotypic age', unit: 'a' },
    { name: 'interpretation', quantity: 'How to read it' },
    { name: 'source', quantity: 'DOI of the study of the changes' },
    { name: 'uncertainty', quantity: '95 % intervals by kind of uncertainty' },
  ],
  card,
  coefficients,
  applicability,
  compute(input) {
    const untreated = read(input)
    const changed = read(afterChanges(input, input.changes))
    return {
      untreated,
      changed,
      yearsYounger: untreated.phenoAge - changed.phenoAge,
      interpretation: 'associational, not causal',
      source: input.source,
      uncertainty: { parameter: null, measurement: byInstruments(input), structural: null },
    }
  },
})

/** One statement a marker, and markers that stay within what the score was made for. */
function applicability(input: Partial<BiologicalAgeInput>): readonly RefusalReason[] {
  const { changes } = input
  if (!Array.isArray(changes)) return []
  const stated = changes as readonly (MarkerChange | null)[]
  const reasons = stated.flatMap((_, index) => refuseChange(stated, index))
  if (reasons.length > 0 || phenoAge2018.refusals(input).length > 0) return reasons
  return phenoAge2018
    .refusals(afterChanges(input as BiologicalAgeInput, changes))
    .map(({ input: marker, limit }) => ({ input: `changes.${marker}`, code: 'out-of-range', limit }))
}

function refuseChange(changes: readonly (MarkerChange | null)[], index: number): RefusalReason[] {
  const change = changes[index]
  if (isAbsent(change) || typeof change !== 'object') return []
  const place = `changes[${index}]`
  if (isAbsent(change.by) === isAbsent(change.ratio))
    return [{ input: place, code: 'not-allowed', limit: 'by or ratio' }]
  if (change.marker === 'crp' && isAbsent(change.ratio)) {
    return [{ input: `${place}.ratio`, code: 'missing', limit: 'C-reactive protein changes by a ratio' }]
  }
  const isRepeated = changes.findIndex((other) => other?.marker === change.marker) !== index
  return isRepeated ? [{ input: `${place}.marker`, code: 'not-allowed', limit: 'each marker once' }] : []
}

function afterChanges(input: BiologicalAgeInput, changes: readonly MarkerChange[]): BiologicalAgeInput {
  const changed: Record<string, unknown> = { ...input }
  for (const { marker, by, ratio } of changes) {
    if (marker === 'crp') changed.lnCRP_mgdL = input.lnCRP_mgdL + ln(ratio ?? 1)
    else changed[marker] = isAbsent(by) ? input[marker] * (ratio ?? 1) : input[marker] + by
  }
  return changed as unknown as BiologicalAgeInput
}

function read(input: PhenoAgeInput): AgeReading {
  const { phenoAge, advance, mort10y, xb } = phenoAge2018.evaluate(input)
  const curve = coefficients.survivalYears.map((years) => [String(years), survival(xb, 12 * years)] as const)
  return { phenoAge, advance, mort10y, survival: Object.fromEntries(curve) }
}

/** Null where the laboratory's variation was not stated: there is no number that fits every laboratory. */
function byInstruments(input: BiologicalAgeInput): { untreated: Interval; changed: Interval } | null {
  const stated = MARKERS.filter((marker) => !isAbsent(input.analyticalCv?.[marker]))
  if (stated.length === 0) return null
  const draws = drawsOf(input.seed, 0, coefficients.draws, (stream) => {
    const errors = stated.map((marker) => ({
      marker,
      ratio: 1 + (input.analyticalCv?.[marker] ?? 0) * stream.normal(),
    }))
    const measured = afterChanges(input, errors)
    return [measured, afterChanges(measured, input.changes)].map((markers) =>
      phenoAge2018.refusals(markers).length > 0 ? null : phenoAge2018.evaluate(markers).phenoAge,
    )
  }).filter((pair): pair is [number, number] => pair.every((age) => age !== null))
  if (draws.length === 0) return null
  return { untreated: intervalOf(draws.map(([age]) => age)), changed: intervalOf(draws.map(([, age]) => age)) }
}
