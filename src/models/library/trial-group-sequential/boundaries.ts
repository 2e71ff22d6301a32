import { standardNormalQuantile } from '../../numerics/distributions.js'
import { brent } from '../../numerics/root-finding.js'
import { SequentialProcess } from '../../numerics/sequential-process.js'

/** When the looks are and which side is tested. */
export interface Looks {
  /** Shares of the final information, ascending to 1. */
  readonly information: readonly number[]
  readonly sided: 1 | 2
  /** Binding futility bounds on the scale of z, one for each look but the last; one-sided designs only. */
  readonly futility?: readonly number[]
}

/** Chances at each look of crossing the efficacy boundary and of crossing the futility boundary. */
export interface CrossingProbabilities {
  readonly efficacy: number[]
  readonly futility: number[]
}

const largestCritical = 38
const tolerance = 1e-11

/** The chances of crossing given boundaries when the statistic at full information has this expected value. */
export function crossingProbabilities(looks: Looks, critical: readonly number[], drift = 0): CrossingProbabilities {
  const process = new SequentialProcess(drift)
  const result: CrossingProbabilities = { efficacy: [], futility: [] }
  looks.information.forEach((information, k) => {
    const upper = critical[k] as number
    const lower = lowerBound(looks, upper, k)
    const exit = process.exit(information, upper, lower)
    result.efficacy.push(looks.sided === 2 ? exit.upper + exit.lower : exit.upper)
    result.futility.push(looks.sided === 2 ? 0 : exit.lower)
    if (k < looks.information.length - 1) process.advance(information, upper, lower)
  })
  return result
}

/** Critical values proportional to a shape whose total error is alpha. */
export function boundariesOfShape(looks: Looks, alpha: number, shape: readonly number[]): number[] {
  const scaled = (factor: number): number[] => shape.map((value) => factor * value)
  const excess = (factor: number): number => total(crossingProbabilities(looks, scaled(factor)).efficacy) - alpha
  const largestShape = shape.reduce((a, b) => Math.max(a, b), 0)
  return scaled(brent(excess, 0, largestCritical / largestShape, tolerance))
}

/** Fixed critical values for all looks but the last, whose value makes the total error alpha. */
export function boundariesWithFreeEnd(looks: Looks, alpha: number, early: readonly number[]): number[] {
  const process = new SequentialProcess()
  let spent = 0
  early.forEach((upper, k) => {
    const information = looks.information[k] as number
    const lower = lowerBound(looks, upper, k)
    spent += errorAt(process, looks, information, upper, k)
    process.advance(information, upper, lower)
  })
  return [...early, criticalFor(process, looks, early.length, alpha - spent)]
}

/** Critical values that spend given cumulative errors look by look. */
export function boundariesOfSpending(looks: Looks, cumulative: readonly number[]): number[] {
  const process = new SequentialProcess()
  const critical: number[] = []
  let spent = 0
  cumulative.forEach((allowed, k) => {
    const upper = criticalFor(process, looks, k, allowed - spent)
    const information = looks.information[k] as number
    critical.push(upper)
    spent += errorAt(process, looks, information, upper, k)
    if (k < cumulative.length - 1) process.advance(information, upper, lowerBound(looks, upper, k))
  })
  return critical
}

/** The drift at which the chance of crossing the efficacy boundary is the power. */
export function driftForPower(looks: Looks, critical: readonly number[], power: number): number {
  const shortfall = (drift: number): number => total(crossingProbabilities(looks, critical, drift).efficacy) - power
  const fixed = (critical[critical.length - 1] as number) + standardNormalQuantile(power)
  return brent(shortfall, 0, Math.max(2 * fixed, 10), tolerance)
}

function criticalFor(process: SequentialProcess, looks: Looks, k: number, allowed: number): number {
  const information = looks.information[k] as number
  return brent((upper) => errorAt(process, looks, information, upper, k) - allowed, 0, largestCritical, tolerance)
}

function errorAt(process: SequentialProcess, looks: Looks, information: number, upper: number, k: number): number {
  const exit = process.exit(information, upper, lowerBound(looks, upper, k))
  return looks.sided === 2 ? exit.upper + exit.lower : exit.upper
}

function lowerBound({ sided, futility, information }: Looks, upper: number, k: number): number {
  if (sided === 2) return -upper
  return k < information.length - 1 ? (futility?.[k] ?? -Infinity) : upper
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
