import { type RefusalReason } from '../../model-refusal.js'
import { standardNormalCdf } from '../../numerics/distributions.js'
import { designNames, readDesign } from './design.js'
import { type GroupSequentialInput } from './input.js'

/** What a design's own parameters must be beside their ranges. */
export function refuseDesign(input: Partial<GroupSequentialInput>): RefusalReason[] {
  if (typeof input.design !== 'string') return []
  const design = readDesign(input.design)
  if (design === null) return [refusal('design', 'not-allowed', designNames.join(' | '))]
  const count = countLooks(input, design.looks)
  if (count === null)
    return [refusal('informationRates', 'missing', 'informationRates, kMax or a number in the design')]
  return [
    ...refuseCounts(input, design.looks, count),
    ...refuseRates(input.informationRates),
    ...refuseShape(design.name, input, count),
    ...refuseFutility(input, count),
  ]
}

function countLooks({ informationRates, kMax }: Partial<GroupSequentialInput>, named: number | null): number | null {
  if (Array.isArray(informationRates)) return informationRates.length
  return kMax ?? named
}

/** Wherever the number of looks is said, it is the same. */
function refuseCounts({ kMax }: Partial<GroupSequentialInput>, named: number | null, count: number): RefusalReason[] {
  if (named !== null && named !== count) return [refusal('design', 'not-applicable', `${count} looks`)]
  if (typeof kMax === 'number' && kMax !== count) return [refusal('kMax', 'not-applicable', `${count} looks`)]
  return count >= 1 && count <= 20 ? [] : [refusal('design', 'out-of-range', '[1, 20] looks')]
}

function refuseRates(rates: readonly number[] | undefined): RefusalReason[] {
  if (!Array.isArray(rates) || rates.length === 0) return []
  const isAscending = rates.every((rate: number, k) => k === 0 || rate > (rates[k - 1] as number))
  if (isAscending && rates[rates.length - 1] === 1) return []
  return [refusal('informationRates', 'not-allowed', 'ascending to 1')]
}

function refuseShape(name: string, input: Partial<GroupSequentialInput>, count: number): RefusalReason[] {
  const { gammaA, userAlphaSpending, alpha_one_sided, constantBoundsHP = 3 } = input
  if (name === 'asKD' && !(typeof gammaA === 'number' && gammaA > 0)) return [refusal('gammaA', 'missing', 'positive')]
  if (name === 'asHSD' && typeof gammaA !== 'number') return [refusal('gammaA', 'missing')]
  if (name === 'asUser') {
    const isList = Array.isArray(userAlphaSpending) && userAlphaSpending.length === count
    const isSpent =
      isList &&
      userAlphaSpending.every((spent: number, k) => spent > (k === 0 ? 0 : (userAlphaSpending[k - 1] as number))) &&
      userAlphaSpending[count - 1] === alpha_one_sided
    return isSpent ? [] : [refusal('userAlphaSpending', 'not-allowed', 'ascending to alpha, one for each look')]
  }
  // Looks at z = b spend at most their number times the tail; beyond alpha nothing is left for the end.
  if (name === 'HP' && typeof alpha_one_sided === 'number' && count > 1) {
    const mostSpent = (count - 1) * standardNormalCdf(-constantBoundsHP)
    if (mostSpent >= alpha_one_sided)
      return [refusal('constantBoundsHP', 'not-applicable', 'leaves error for the last look')]
  }
  return []
}

function refuseFutility({ futilityBounds, sided }: Partial<GroupSequentialInput>, count: number): RefusalReason[] {
  if (!Array.isArray(futilityBounds)) return []
  if (sided === 2) return [refusal('futilityBounds', 'not-applicable', 'one-sided designs')]
  if (futilityBounds.length === count - 1) return []
  return [refusal('futilityBounds', 'not-allowed', 'one for each look but the last')]
}

function refusal(input: string, code: RefusalReason['code'], limit?: string): RefusalReason {
  return limit === undefined ? { input, code } : { input, code, limit }
}
