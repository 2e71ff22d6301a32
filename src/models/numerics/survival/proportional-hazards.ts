import { standardNormalCdf } from '../distributions.js'
import { exp, sqrt } from '../elementary.js'
import { eventTimes, type FollowUp } from './event-times.js'

export interface HazardRatio {
  /** ln of the hazard of group 1 over that of group 0. */
  readonly coef: number
  readonly hr: number
  readonly se: number
  readonly z: number
  readonly p: number
}

/** The partial likelihood has no maximum: one group has no events, or all of them come first. */
export class NoHazardRatio extends Error {
  constructor() {
    super('The hazard ratio cannot be estimated.')
    this.name = 'NoHazardRatio'
  }
}

const maximumIterations = 50
const largestCoefficient = 15

/**
 * Cox regression on a group indicator with Efron's treatment of ties (doi:10.1080/01621459.1977.10480613).
 * @throws NoHazardRatio
 */
export function hazardRatio(subjects: readonly FollowUp[]): HazardRatio {
  const times = eventTimes(subjects, 2)
  let coef = 0
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    const { score, information } = partialLikelihood(times, coef)
    if (!(information > 0)) throw new NoHazardRatio()
    const step = score / information
    coef += step
    if (Math.abs(coef) > largestCoefficient) throw new NoHazardRatio()
    if (Math.abs(step) < 1e-12) {
      const se = 1 / sqrt(partialLikelihood(times, coef).information)
      const z = coef / se
      return { coef, hr: exp(coef), se, z, p: 2 * standardNormalCdf(-Math.abs(z)) }
    }
  }
  throw new NoHazardRatio()
}

function partialLikelihood(times: ReturnType<typeof eventTimes>, coef: number): { score: number; information: number } {
  const ratio = exp(coef)
  let [score, information] = [0, 0]
  for (const { atRisk, events } of times) {
    const [n0, n1] = atRisk as [number, number]
    const [d0, d1] = events as [number, number]
    const tied = d0 + d1
    score += d1
    for (let before = 0; before < tied; before++) {
      // Of tied events, those before this one have partly left the set at risk.
      const left = before / tied
      const exposed = ratio * (n1 - left * d1)
      const share = exposed / (n0 - left * d0 + exposed)
      score -= share
      information += share * (1 - share)
    }
  }
  return { score, information }
}
