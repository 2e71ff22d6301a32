import { pow, sqrt } from '../../numerics/elementary.js'
import { boundariesOfShape, boundariesOfSpending, boundariesWithFreeEnd, type Looks } from './boundaries.js'
import {
  spendHwangShihDeCani,
  spendKimDeMets,
  type SpendingFunction,
  spendLikeObrienFleming,
  spendLikePocock,
} from './spending.js'

/** Names of designs as rpact writes them. */
export const designNames = ['OF', 'P', 'WT', 'HP', 'asOF', 'asP', 'asKD', 'asHSD', 'asUser'] as const
export type DesignName = (typeof designNames)[number]

/** Parameters some designs have. */
export interface DesignParameters {
  readonly deltaWT: number
  readonly gammaA: number
  readonly constantBoundsHP: number
  readonly userAlphaSpending: readonly number[]
}

/** Reads "OF3" or "asOF": the design's name and, if there is one, its number of looks. */
export function readDesign(text: string): { name: DesignName; looks: number | null } | null {
  const parts = /^([A-Za-z]+?)(\d+)?$/u.exec(text)
  const name = designNames.find((candidate) => candidate === parts?.[1])
  if (name === undefined) return null
  return { name, looks: parts?.[2] === undefined ? null : Number(parts[2]) }
}

/** Critical values of a design. @param alpha total error of one side. */
export function criticalValues(name: DesignName, looks: Looks, alpha: number, parameters: DesignParameters): number[] {
  const sides = looks.sided
  switch (name) {
    case 'OF':
      return boundariesOfShape(looks, sides * alpha, wangTsiatis(looks, 0))
    case 'P':
      return boundariesOfShape(looks, sides * alpha, wangTsiatis(looks, 0.5))
    case 'WT':
      return boundariesOfShape(looks, sides * alpha, wangTsiatis(looks, parameters.deltaWT))
    case 'HP': {
      const early = looks.information.slice(1).map(() => parameters.constantBoundsHP)
      return boundariesWithFreeEnd(looks, sides * alpha, early)
    }
    case 'asUser':
      return boundariesOfSpending(
        looks,
        parameters.userAlphaSpending.map((spent) => sides * spent),
      )
    default: {
      const spend = spendingFunction(name, alpha, parameters)
      return boundariesOfSpending(
        looks,
        looks.information.map((t) => sides * spend(t)),
      )
    }
  }
}

/** t^(Δ − ½) (Wang, Tsiatis 1987, doi:10.2307/2531959); the last value is 1. */
function wangTsiatis({ information }: Looks, delta: number): number[] {
  if (delta === 0) return information.map((t) => 1 / sqrt(t))
  return information.map((t) => pow(t, delta - 0.5))
}

function spendingFunction(
  name: 'asOF' | 'asP' | 'asKD' | 'asHSD',
  alpha: number,
  { gammaA }: DesignParameters,
): SpendingFunction {
  switch (name) {
    case 'asOF':
      return spendLikeObrienFleming(alpha)
    case 'asP':
      return spendLikePocock(alpha)
    case 'asKD':
      return spendKimDeMets(alpha, gammaA)
    case 'asHSD':
      return spendHwangShihDeCani(alpha, gammaA)
  }
}
