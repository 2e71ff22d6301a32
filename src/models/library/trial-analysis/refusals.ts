import { type RefusalReason } from '../../model-refusal.js'
import { type AnalysisInput } from './input.js'
import { groupOf, groupsOf, readMethod, type Subject } from './trial-data.js'

/** A method must be known, and the data must have what it needs, for every subject. */
export function refuseAnalysis({ data, method }: Partial<AnalysisInput>): RefusalReason[] {
  if (typeof method !== 'string' || !Array.isArray(data)) return []
  const asked = readMethod(method)
  if (!Object.values(asked).includes(true)) {
    return [{ input: 'method', code: 'not-allowed', limit: 'lm | glm with g-computation | log-rank | cox' }]
  }
  const subjects = data.filter((row): row is Subject => typeof row === 'object' && row !== null)
  const reasons: RefusalReason[] = []
  if (asked.continuous) reasons.push(...missingNumbers(subjects, 'trt', 'y'), ...refuseArms(subjects, 3))
  if (asked.binary) reasons.push(...missingNumbers(subjects, 'trt', 'yb'), ...refuseArms(subjects, 1))
  if (asked.continuous || asked.binary) reasons.push(...refuseCovariate(subjects))
  if (asked.logRank || asked.hazardRatio) {
    reasons.push(...missingNumbers(subjects, 'time', 'status'), ...refuseGroups(subjects, asked.hazardRatio))
  }
  return reasons
}

function missingNumbers(
  data: readonly Subject[],
  ...names: ('trt' | 'y' | 'yb' | 'time' | 'status')[]
): RefusalReason[] {
  return names.flatMap((name) => {
    const first = data.findIndex((subject) => typeof subject[name] !== 'number')
    return first < 0 ? [] : [{ input: `data[${first}].${name}`, code: 'missing' as const }]
  })
}

function refuseArms(data: readonly Subject[], least: number): RefusalReason[] {
  const counts = [0, 1].map((arm) => data.filter(({ trt }) => trt === arm).length)
  if (counts.every((count) => count >= least)) return []
  return [{ input: 'data', code: 'not-applicable', limit: `at least ${least} in each arm` }]
}

/** A covariate is a number for all, or absent for all. */
function refuseCovariate(data: readonly Subject[]): RefusalReason[] {
  const numbers = data.filter(({ x }) => typeof x === 'number' && Number.isFinite(x)).length
  const absent = data.filter(({ x }) => x === undefined || x === null).length
  if (numbers === data.length || absent === data.length) return []
  return [{ input: 'data.x', code: 'wrong-type', limit: 'a number for every subject, or for none' }]
}

function refuseGroups(data: readonly Subject[], comparesTwo: boolean): RefusalReason[] {
  const isGrouped = data.every((subject) => ['string', 'number'].includes(typeof groupOf(subject)))
  if (!isGrouped) return [{ input: 'data.x', code: 'missing', limit: 'a group for every subject' }]
  const count = groupsOf(data).length
  if (count < 2 || (comparesTwo && count > 2)) {
    return [{ input: 'data', code: 'not-applicable', limit: comparesTwo ? 'two groups' : 'at least two groups' }]
  }
  if (data.some(({ status }) => status === 1)) return []
  return [{ input: 'data', code: 'not-applicable', limit: 'at least one event' }]
}
