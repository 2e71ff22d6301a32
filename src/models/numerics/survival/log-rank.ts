import { chiSquaredUpperTail } from '../distributions.js'
import { solve } from '../linear-algebra/solve.js'
import { dot, sum } from '../sum.js'
import { eventTimes, type FollowUp } from './event-times.js'

export interface LogRankResult {
  readonly chisq: number
  readonly df: number
  readonly p: number
  readonly observed: number[]
  readonly expected: number[]
}

/**
 * The log-rank test of equal hazards (Mantel 1966; Peto, Peto 1972, doi:10.2307/2344317) with the hypergeometric
 * variance for ties.
 * @param groups number of groups, at least 2, each with someone at risk.
 * @throws SingularMatrix when the groups are never at risk together.
 */
export function logRankTest(subjects: readonly FollowUp[], groups: number): LogRankResult {
  const times = eventTimes(subjects, groups)
  const indices = Array.from({ length: groups }, (_, g) => g)
  const observed = indices.map((g) => sum(times.map(({ events }) => events[g] as number)))
  const expected = indices.map((g) =>
    sum(times.map((time) => (total(time.events) * (time.atRisk[g] as number)) / total(time.atRisk))),
  )
  // The last group follows from the others.
  const free = indices.slice(1)
  const difference = free.map((g) => (observed[g] as number) - (expected[g] as number))
  const covariance = free.map((g) =>
    free.map((h) => sum(times.map(({ atRisk, events }) => hypergeometric(atRisk, total(events), g, h)))),
  )
  const chisq = dot(difference, solve(covariance, difference))
  const df = groups - 1
  return { chisq, df, p: chiSquaredUpperTail(chisq, df), observed, expected }
}

function hypergeometric(atRisk: readonly number[], events: number, g: number, h: number): number {
  const n = total(atRisk)
  if (n < 2) return 0
  const [left, right] = [(atRisk[g] as number) / n, (atRisk[h] as number) / n]
  return ((events * (n - events)) / (n - 1)) * ((g === h ? left : 0) - left * right)
}

function total(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}
