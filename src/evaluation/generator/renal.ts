import { pow } from '../../models/numerics/elementary.js'
import type { Sex } from './person.js'

/** CKD-EPI 2021 without race (10.1056/NEJMoa2102953), read in both directions. */
const CONSTANTS = {
  female: { kappa: 0.7, alpha: -0.241, factor: 1.012 },
  male: { kappa: 0.9, alpha: -0.302, factor: 1 },
} as const
const ABOVE_KAPPA = -1.2

/** Glomerular filtration in mL/min/1.73 m2 from serum creatinine in mg/dL; `age` in completed years. */
export function filtrationFromCreatinine(creatinine: number, age: number, sex: Sex): number {
  const { kappa, alpha } = CONSTANTS[sex]
  const ratio = creatinine / kappa
  return atKappa(age, sex) * pow(ratio, ratio < 1 ? alpha : ABOVE_KAPPA)
}

/** The serum creatinine in mg/dL that gives this filtration. */
export function creatinineFromFiltration(filtration: number, age: number, sex: Sex): number {
  const { kappa, alpha } = CONSTANTS[sex]
  const relative = filtration / atKappa(age, sex)
  return kappa * pow(relative, 1 / (relative > 1 ? alpha : ABOVE_KAPPA))
}

function atKappa(age: number, sex: Sex): number {
  return 142 * pow(0.9938, age) * CONSTANTS[sex].factor
}
