import { coefficients as phenoAge } from '../ageing-phenoage-2018/coefficients.js'

export const coefficients = {
  phenoAge,
  /** Years at which survival is read. */
  survivalYears: [1, 2, 5, 10, 15, 20],
  /** Draws of what the instruments might have shown. */
  draws: 1000,
} as const
