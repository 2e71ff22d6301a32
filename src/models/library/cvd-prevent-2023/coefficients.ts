import { base } from './coefficients/base.js'
import { full } from './coefficients/full.js'
import { hba1c } from './coefficients/hba1c.js'
import { sdi } from './coefficients/sdi.js'
import { sdiDeciles } from './coefficients/sdi-deciles.js'
import { uacr } from './coefficients/uacr.js'

/** Everything numeric the PREVENT equations use, for the digest. */
export const coefficients = {
  equations: { base, hba1c, uacr, sdi, full },
  /** Cholesterol in mmol/L for 1 mg/dL. */
  mmolPerLiterOfCholesterol: 0.02586,
  sdiDeciles,
}
