import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { readAllocationRatio } from './allocation-ratio.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import {
  adjustedVariance,
  type Comparison,
  powerGuentherSchouten,
  powerNoncentral,
  sampleSizeGuentherSchouten,
  sampleSizeNoncentral,
} from './formulas.js'

export interface ProcovaInput {
  readonly fn: (typeof functions)[number]
  /** Residual variance; or give the marginal SD with the score's correlation or R². */
  readonly variance?: number
  readonly sd?: number
  /** Correlation of score and outcome, or the share of variance the score explains. */
  readonly rho?: number
  readonly rSquared?: number
  /** Factors of caution on the marginal variance and on R². */
  readonly inflation?: number
  readonly deflation?: number
  readonly ate?: number
  readonly margin?: number
  /** Treated for each control: a number, or a text such as "2/3". */
  readonly r?: number | string
  /** Two-sided. */
  readonly alpha?: number
  readonly power?: number
  /** Total sample size. */
  readonly n?: number
  /** Residual degrees of freedom of the noncentral t; n − 3 when absent (treatment, score and intercept). */
  readonly df?: number
}

export interface ProcovaOutput {
  readonly n: number | null
  /** n rounded up to whole subjects. */
  readonly subjects: number | null
  readonly power: number | null
  /** Residual variance used. */
  readonly variance: number
  /** Share of subjects saved by the adjustment. */
  readonly savings: number | null
}

const functions = ['samplesize_gs', 'power_gs', 'samplesize_nc', 'power_nc', 'variance_ancova'] as const
const lostToAncova = 3
const positive = { min: 0, exclusiveMin: true }
const probability = { min: 0, max: 1, exclusiveMin: true, exclusiveMax: true }

/** Power and sample size of a two-arm trial adjusted for one prognostic score. */
export const procovaPower = defineModel<ProcovaInput, ProcovaOutput>({
  id: 'trial.procova-power',
  version: '1.0.0',
  inputs: [
    { name: 'fn', kind: 'code', quantity: 'what is computed', values: functions },
    { name: 'variance', kind: 'number', quantity: 'residual variance', unit: '1', range: positive, optional: true },
    { name: 'sd', kind: 'number', quantity: 'marginal SD of the outcome', unit: '1', range: positive, optional: true },
    {
      name: 'rho',
      kind: 'number',
      quantity: 'correlation of score and outcome',
      unit: '1',
      range: { min: -1, max: 1, exclusiveMin: true, exclusiveMax: true },
      optional: true,
    },
    {
      name: 'rSquared',
      kind: 'number',
      quantity: 'variance explained by the score',
      unit: '1',
      range: { min: 0, max: 1, exclusiveMax: true },
      optional: true,
    },
    {
      name: 'inflation',
      kind: 'number',
      quantity: 'factor on the marginal variance',
      unit: '1',
      range: positive,
      optional: true,
    },
    {
      name: 'deflation',
      kind: 'number',
      quantity: 'factor on R²',
      unit: '1',
      range: { min: 0, max: 1 },
      optional: true,
    },
    { name: 'ate', kind: 'number', quantity: 'expected difference of means', unit: '1', optional: true },
    { name: 'margin', kind: 'number', quantity: 'difference to be exceeded', unit: '1', optional: true },
    { name: 'alpha', kind: 'number', quantity: 'two-sided level', unit: '1', range: probability, optional: true },
    { name: 'power', kind: 'number', quantity: 'power', unit: '1', range: probability, optional: true },
    {
      name: 'n',
      kind: 'number',
      quantity: 'total sample size',
      unit: '1',
      range: { min: 3, max: 1e7, exclusiveMin: true },
      optional: true,
    },
    { name: 'df', kind: 'number', quantity: 'residual degrees of freedom', unit: '1', range: positive, optional: true },
  ],
  outputs: [
    { name: 'n', quantity: 'total sample size, not rounded', unit: '1', nullable: true },
    { name: 'subjects', quantity: 'total sample size, rounded up', unit: '1', nullable: true },
    { name: 'power', quantity: 'power', unit: '1', nullable: true },
    { name: 'variance', quantity: 'residual variance used', unit: '1' },
    { name: 'savings', quantity: 'share of subjects saved by the adjustment', unit: '1', nullable: true },
  ],
  card,
  coefficients,
  applicability: (input) => [...refuseRatio(input), ...refuseVariance(input), ...refuseMissing(input)],
  compute(input) {
    const variance = residualVariance(input)
    const empty = { n: null, subjects: null, power: null, variance, savings: null }
    if (input.fn === 'variance_ancova') return empty
    const comparison = comparisonOf(input, variance)
    if (input.fn === 'power_gs') return { ...empty, power: powerGuentherSchouten(comparison, input.n as number) }
    if (input.fn === 'power_nc') {
      const n = input.n as number
      return { ...empty, power: powerNoncentral(comparison, n, input.df ?? n - lostToAncova) }
    }
    const size = sampleSizeOf(input.fn, input.power as number)
    const n = size(comparison)
    const unadjusted = input.sd === undefined ? null : size({ ...comparison, variance: input.sd * input.sd })
    return { ...empty, n, subjects: Math.ceil(n), savings: unadjusted === null ? null : 1 - n / unadjusted }
  },
})

function sampleSizeOf(fn: ProcovaInput['fn'], power: number): (comparison: Comparison) => number {
  return fn === 'samplesize_gs'
    ? (comparison) => sampleSizeGuentherSchouten(comparison, power)
    : (comparison) => sampleSizeNoncentral(comparison, power, lostToAncova)
}

function comparisonOf({ ate, margin, r, alpha }: ProcovaInput, variance: number): Comparison {
  return {
    variance,
    ate: ate as number,
    margin: margin ?? coefficients.margin,
    ratio: readAllocationRatio(r ?? coefficients.allocationRatio) as number,
    alpha: alpha ?? coefficients.alpha,
  }
}

function residualVariance({ variance, sd, rho, rSquared, inflation, deflation }: ProcovaInput): number {
  const explained = rSquared ?? (rho ?? 0) * (rho ?? 0)
  const marginal = variance ?? (sd as number) * (sd as number)
  return adjustedVariance(marginal, explained, inflation ?? coefficients.inflation, deflation ?? coefficients.deflation)
}

function refuseRatio({ r }: Partial<ProcovaInput>): RefusalReason[] {
  if (r === undefined || r === null || readAllocationRatio(r) !== null) return []
  return [{ input: 'r', code: 'not-allowed', limit: 'a positive number, or a text such as 2/3' }]
}

function refuseVariance({ variance, sd, rho, rSquared }: Partial<ProcovaInput>): RefusalReason[] {
  const reasons: RefusalReason[] = []
  if (isAbsent(variance) && isAbsent(sd)) reasons.push({ input: 'variance', code: 'missing', limit: 'variance or sd' })
  if (!isAbsent(variance) && !isAbsent(sd)) {
    reasons.push({ input: 'variance', code: 'not-applicable', limit: 'variance or sd, not both' })
  }
  if (!isAbsent(rho) && !isAbsent(rSquared)) {
    reasons.push({ input: 'rho', code: 'not-applicable', limit: 'rho or rSquared, not both' })
  }
  return reasons
}

/** Each function needs its own inputs, and an effect that differs from the margin. */
function refuseMissing(input: Partial<ProcovaInput>): RefusalReason[] {
  const { fn, ate, margin = coefficients.margin } = input
  if (fn === undefined || fn === 'variance_ancova') return []
  const needed = ['ate', fn.startsWith('power') ? 'n' : 'power'] as const
  const reasons: RefusalReason[] = needed
    .filter((name) => isAbsent(input[name as 'ate' | 'n' | 'power']))
    .map((name) => ({ input: name, code: 'missing' }))
  if (ate === margin) reasons.push({ input: 'ate', code: 'not-applicable', limit: 'different from the margin' })
  return reasons
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null
}
