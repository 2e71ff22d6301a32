/** A design to compute; the members beside the first two have defaults or belong to some designs only. */
export interface GroupSequentialInput {
  /** A design of design.ts with, optionally, its number of looks, as in "OF3". */
  readonly design: string
  /** Error of one side; a two-sided design spends it on both. */
  readonly alpha_one_sided: number
  /** Equally spaced when absent; then the design's name or kMax gives their number. */
  readonly informationRates?: readonly number[]
  readonly kMax?: number
  readonly sided?: 1 | 2
  readonly deltaWT?: number
  readonly gammaA?: number
  readonly constantBoundsHP?: number
  /** Cumulative, of one side. */
  readonly userAlphaSpending?: readonly number[]
  readonly futilityBounds?: readonly number[]
  /** Whether crossing a futility bound really ends the trial, so that the efficacy boundary may rely on it. */
  readonly bindingFutility?: boolean
  /** Power at which the design's price in sample size is computed. */
  readonly power?: number
}
