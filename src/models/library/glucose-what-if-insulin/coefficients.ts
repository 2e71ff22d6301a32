import { coefficients as hovorka } from '../glucose-hovorka-2004/coefficients.js'

export const coefficients = {
  hovorka,
  /** mmol/L between which glucose is in range, and below which it is low (10.2337/dci19-0028). */
  range: { low: 3.9, high: 10 },
  /** Minutes followed, and between two readings. */
  followed_min: 360,
  step_min: 5,
  /** ISO 15197:2013: 95 % of a meter's readings lie within 0.83 mmol/L below 5.55 mmol/L, and within 15 % above. */
  meter: { absolute_mmolL: 0.83, relative: 0.15, limit_mmolL: 5.55 },
} as const
