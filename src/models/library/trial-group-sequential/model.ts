import { defineModel } from '../../model.js'
import { standardNormalCdf, standardNormalQuantile } from '../../numerics/distributions.js'
import { crossingProbabilities, driftForPower, type Looks } from './boundaries.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'
import { criticalValues, type DesignName, readDesign } from './design.js'
import { type GroupSequentialInput } from './input.js'
import { refuseDesign } from './refusals.js'
import { inputs } from './specification.js'

/** What the looks cost and save at a given power. */
export interface DesignCharacteristics {
  /** Largest sample size over that of the fixed design. */
  readonly inflationFactor: number
  /** Squared drift. */
  readonly shift: number
  /** Cumulative power by look. */
  readonly power: number[]
  /** Expected over fixed sample size when the effect is as planned, and when there is none. */
  readonly averageSampleNumber1: number
  readonly averageSampleNumber0: number
}

export interface GroupSequentialOutput {
  readonly informationRates: number[]
  readonly criticalValues: number[]
  /** One-sided local level of each look. */
  readonly stageLevels: number[]
  /** Cumulative; of both sides in a two-sided design. */
  readonly alphaSpent: number[]
  readonly characteristics: DesignCharacteristics | null
}

/** Boundaries of a trial with interim looks. */
export const groupSequential = defineModel<GroupSequentialInput, GroupSequentialOutput>({
  id: 'trial.group-sequential',
  version: '1.0.0',
  inputs,
  outputs: [
    { name: 'informationRates', quantity: 'information by look', unit: '1' },
    { name: 'criticalValues', quantity: 'critical values of z by look', unit: '1' },
    { name: 'stageLevels', quantity: 'local one-sided levels', unit: '1' },
    { name: 'alphaSpent', quantity: 'cumulative error', unit: '1' },
    { name: 'characteristics', quantity: 'inflation, drift, power and expected size', nullable: true },
  ],
  card,
  coefficients,
  applicability: refuseDesign,
  compute(input) {
    const { name, looks: named } = readDesign(input.design) as { name: DesignName; looks: number | null }
    const information = informationOf(input, named)
    const sided = input.sided ?? 1
    const futility = input.futilityBounds
    const binding: Looks =
      input.bindingFutility === true && futility ? { information, sided, futility } : { information, sided }
    const critical = criticalValues(name, binding, input.alpha_one_sided, {
      deltaWT: input.deltaWT ?? coefficients.deltaWT,
      gammaA: input.gammaA ?? 1,
      constantBoundsHP: input.constantBoundsHP ?? coefficients.constantBoundHP,
      userAlphaSpending: input.userAlphaSpending ?? [],
    })
    const looks: Looks = futility === undefined ? binding : { information, sided, futility }
    return {
      informationRates: information,
      criticalValues: critical,
      stageLevels: critical.map((value) => standardNormalCdf(-value)),
      alphaSpent: cumulative(crossingProbabilities(binding, critical).efficacy),
      characteristics:
        input.power === undefined ? null : characterise(looks, critical, input.alpha_one_sided, input.power),
    }
  },
})

function informationOf({ informationRates, kMax }: GroupSequentialInput, named: number | null): number[] {
  if (informationRates !== undefined) return [...informationRates]
  const count = kMax ?? (named as number)
  return Array.from({ length: count }, (_, k) => (k + 1) / count)
}

function characterise(looks: Looks, critical: readonly number[], alpha: number, power: number): DesignCharacteristics {
  const drift = driftForPower(looks, critical, power)
  const fixed = standardNormalQuantile(1 - alpha) + standardNormalQuantile(power)
  const inflationFactor = (drift * drift) / (fixed * fixed)
  const expectedShare = (atDrift: number): number => {
    const { efficacy, futility } = crossingProbabilities(looks, critical, atDrift)
    let [share, going] = [0, 1]
    looks.information.forEach((information, k) => {
      const stops = k === looks.information.length - 1 ? going : (efficacy[k] as number) + (futility[k] as number)
      share += information * stops
      going -= stops
    })
    return share
  }
  return {
    inflationFactor,
    shift: drift * drift,
    power: cumulative(crossingProbabilities(looks, critical, drift).efficacy),
    averageSampleNumber1: inflationFactor * expectedShare(drift),
    averageSampleNumber0: inflationFactor * expectedShare(0),
  }
}

function cumulative(values: readonly number[]): number[] {
  let total = 0
  return values.map((value) => (total += value))
}
