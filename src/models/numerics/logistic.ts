import { exp, ln } from './elementary.js'

/** The probability of a log-odds: 1 / (1 + e^−x), without overflow at either end. */
export function expit(logOdds: number): number {
  if (logOdds >= 0) return 1 / (1 + exp(-logOdds))
  const odds = exp(logOdds)
  return odds / (1 + odds)
}

/** The log-odds of a probability: ln(p / (1 − p)); ±Infinity at 1 and 0. */
export function logit(probability: number): number {
  return ln(probability / (1 - probability))
}
