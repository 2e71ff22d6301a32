import { coefficients as treatment } from '../cvd-treatment-effect/coefficients.js'

/** What the scenario adds to PREVENT and to the effects of treatment. */
export const coefficients = {
  treatment,
  /** Draws for each kind of uncertainty. */
  draws: 1000,
  /** mm[Hg]; the largest standard deviation that a blood-pressure device may show (ISO 81060-2:2018, criterion 1). */
  sbpDeviceSd: 8,
  /** Largest analytical coefficients of variation that NCEP allows laboratories (NIH publication 95-3044). */
  analyticalCv: { totalCholesterol: 0.03, hdl: 0.04, ldl: 0.04 },
  /** mmol/L in one mg/dL of cholesterol, as PREVENT converts. */
  cholesterolMmolPerMgdl: 0.02586,
} as const
