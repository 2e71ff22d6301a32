import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { sqrt } from '../../numerics/elementary.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import {
  eventsFreedman,
  eventsSchoenfeld,
  oneMeanT,
  oneMeanZ,
  oneProportion,
  type SizedTest,
  twoMeansT,
  twoMeansZ,
  twoProportions,
} from './formulas.js'
import { readTestKind, type TestKind } from './test-kind.js'

export interface SampleSizeInput {
  /** Such as "two means t-test", "two means z", "two proportions", "events, Schoenfeld"; see test-kind.ts. */
  readonly kind: string
  readonly delta?: number
  readonly sd?: number
  /** Correlation of a covariate with the outcome; its adjustment leaves sd·√(1 − ρ²). */
  readonly rho?: number
  /** Proportions of the treated and of the control, or of the group and under the null. */
  readonly p1?: number
  readonly p2?: number
  readonly pi1?: number
  readonly pi2?: number
  readonly hr?: number
  readonly alpha?: number
  readonly sided?: 1 | 2
  /** Treated for each control. */
  readonly r?: number
  /** Share of subjects who have an event, to turn events into subjects. */
  readonly eventProbability?: number
  /** One of these three: the power to reach, or the size whose power is asked. */
  readonly power?: number
  readonly n?: number
  readonly events?: number
}

export interface SampleSizeOutput {
  /** Subjects, not rounded; null for events without a probability. */
  readonly totalN: number | null
  readonly events: number | null
  readonly power: number
}

const positive = { min: 0, exclusiveMin: true }
const open = { min: 0, max: 1, exclusiveMin: true, exclusiveMax: true }

/** Sample size or power of the tests trials are planned with. */
export const trialSampleSize = defineModel<SampleSizeInput, SampleSizeOutput>({
  id: 'trial.sample-size',
  version: '1.0.0',
  inputs: [
    { name: 'kind', kind: 'text', quantity: 'the test' },
    { name: 'delta', kind: 'number', quantity: 'difference of means', unit: '1', optional: true },
    { name: 'sd', kind: 'number', quantity: 'standard deviation', unit: '1', range: positive, optional: true },
    {
      name: 'rho',
      kind: 'number',
      quantity: 'correlation with a covariate',
      unit: '1',
      range: { min: -1, max: 1, exclusiveMin: true, exclusiveMax: true },
      optional: true,
    },
    ...(['p1', 'p2', 'pi1', 'pi2'] as const).map((name) => ({
      name,
      kind: 'number' as const,
      quantity: name.endsWith('1') ? 'proportion of the treated' : 'proportion of the control, or under the null',
      unit: '1',
      range: open,
      optional: true,
    })),
    { name: 'hr', kind: 'number', quantity: 'hazard ratio', unit: '1', range: positive, optional: true },
    { name: 'alpha', kind: 'number', quantity: 'level', unit: '1', range: open, optional: true },
    { name: 'sided', kind: 'code', quantity: 'sides of the test', values: [1, 2], optional: true },
    { name: 'r', kind: 'number', quantity: 'treated for each control', unit: '1', range: positive, optional: true },
    {
      name: 'eventProbability',
      kind: 'number',
      quantity: 'share with an event',
      unit: '1',
      range: { min: 0, max: 1, exclusiveMin: true },
      optional: true,
    },
    { name: 'power', kind: 'number', quantity: 'power to reach', unit: '1', range: open, optional: true },
    {
      name: 'n',
      kind: 'number',
      quantity: 'total subjects',
      unit: '1',
      range: { min: 3, max: 1e8 },
      optional: true,
    },
    { name: 'events', kind: 'number', quantity: 'events', unit: '1', range: { min: 1, max: 1e8 }, optional: true },
  ],
  outputs: [
    { name: 'totalN', quantity: 'total subjects, not rounded', unit: '1', nullable: true },
    { name: 'events', quantity: 'events, not rounded', unit: '1', nullable: true },
    { name: 'power', quantity: 'power', unit: '1' },
  ],
  card,
  coefficients,
  applicability: (input) => [...refuseKind(input), ...refuseEffect(input), ...refuseTarget(input)],
  compute(input) {
    const kind = readTestKind(input.kind) as TestKind
    const test = testOf(kind, input)
    const countsEvents = kind.startsWith('events')
    const size = sizeOf(input, countsEvents) ?? test.sizeFor(input.power as number)
    const power = input.power ?? test.powerOf(size)
    if (!countsEvents) return { totalN: size, events: null, power }
    return { totalN: input.eventProbability === undefined ? null : size / input.eventProbability, events: size, power }
  },
})

function testOf(kind: TestKind, input: SampleSizeInput): SizedTest {
  const { delta, sd, rho = 0, hr } = input as Required<SampleSizeInput>
  const [first, second] = proportions(input) as [number, number]
  const residualSd = sd * sqrt(1 - rho * rho)
  const alpha = input.alpha ?? coefficients.alpha
  const level = {
    oneSidedAlpha: alpha / (input.sided ?? coefficients.sided),
    ratio: input.r ?? coefficients.allocationRatio,
  }
  switch (kind) {
    case 'two-means-t':
      return twoMeansT(delta, residualSd, level)
    case 'two-means-z':
      return twoMeansZ(delta, residualSd, level)
    case 'one-mean-t':
      return oneMeanT(delta, residualSd, level)
    case 'one-mean-z':
      return oneMeanZ(delta, residualSd, level)
    case 'two-proportions':
      return twoProportions(first, second, level)
    case 'one-proportion':
      return oneProportion(first, second, level)
    case 'events-schoenfeld':
      return eventsSchoenfeld(hr, level)
    case 'events-freedman':
      return eventsFreedman(hr, level)
  }
}

function proportions({ p1, p2, pi1, pi2 }: Partial<SampleSizeInput>): [number | undefined, number | undefined] {
  return [p1 ?? pi1, p2 ?? pi2]
}

/** The size the caller gave, in the unit of the test. */
function sizeOf({ n, events, eventProbability }: SampleSizeInput, countsEvents: boolean): number | undefined {
  if (!countsEvents) return n
  return events ?? (n === undefined || eventProbability === undefined ? undefined : n * eventProbability)
}

function refuseKind({ kind }: Partial<SampleSizeInput>): RefusalReason[] {
  if (typeof kind !== 'string' || readTestKind(kind) !== null) return []
  return [{ input: 'kind', code: 'not-allowed', limit: 'two or one means (t or z) or proportions, or events' }]
}

/** Each test needs its own effect, and one that is not none. */
function refuseEffect(input: Partial<SampleSizeInput>): RefusalReason[] {
  const kind = typeof input.kind === 'string' ? readTestKind(input.kind) : null
  if (kind === null) return []
  if (kind.includes('mean')) return [...missing(input, 'delta', 'sd'), ...none('delta', input.delta === 0)]
  if (kind.startsWith('events')) return [...missing(input, 'hr'), ...none('hr', input.hr === 1)]
  const [first, second] = proportions(input)
  const isComplete = typeof first === 'number' && typeof second === 'number'
  return isComplete ? none('p1', first === second) : missing({ p1: first, p2: second }, 'p1', 'p2')
}

function missing(input: Partial<SampleSizeInput>, ...names: (keyof SampleSizeInput)[]): RefusalReason[] {
  return names
    .filter((name) => input[name] === undefined || input[name] === null)
    .map((name) => ({ input: name, code: 'missing' }))
}

function none(input: string, isNone: boolean): RefusalReason[] {
  return isNone ? [{ input, code: 'not-applicable', limit: 'an effect' }] : []
}

/** Either a power or a size is asked for. */
function refuseTarget({ kind, power, n, events, eventProbability }: Partial<SampleSizeInput>): RefusalReason[] {
  const countsEvents = typeof kind === 'string' && readTestKind(kind)?.startsWith('events') === true
  const size = countsEvents ? (events ?? (typeof eventProbability === 'number' ? n : undefined)) : n
  const given = [power, size].filter((value) => value !== undefined && value !== null).length
  if (given === 1) return []
  const limit = countsEvents ? 'power, events, or n with eventProbability' : 'power or n'
  return [{ input: 'power', code: given === 0 ? 'missing' : 'not-applicable', limit }]
}
