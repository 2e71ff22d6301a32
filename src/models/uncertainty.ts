/**
 * What is not known about a result, by where it comes from. The three kinds are kept apart and never added up: more data
 * narrows the first, a better instrument the second, and only another model shows the third.
 */

/** The middle 95 % of something. */
export interface Interval {
  readonly lower: number
  readonly median: number
  readonly upper: number
}

export interface Uncertainty<Parameter, Measurement, Structural> {
  /** From what is not known about the model's numbers for this person; null where no covariance is published. */
  readonly parameter: Parameter
  /** From the instruments behind the inputs. */
  readonly measurement: Measurement
  /** What another model makes of the same person; null where there is none to ask. */
  readonly structural: Structural
}

const [lowerTail, upperTail] = [0.025, 0.975]

/** The middle 95 % of draws, by linear interpolation between order statistics. @param draws at least one */
export function intervalOf(draws: readonly number[]): Interval {
  const sorted = [...draws].sort((one, other) => one - other)
  return { lower: quantile(sorted, lowerTail), median: quantile(sorted, 0.5), upper: quantile(sorted, upperTail) }
}

function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const left = sorted[below] as number
  const right = sorted[Math.min(below + 1, sorted.length - 1)] as number
  return left + (place - below) * (right - left)
}
