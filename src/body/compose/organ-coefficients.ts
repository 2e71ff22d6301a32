/**
 * What turns organ masses into volumes that can be drawn. Densities: ICRU Report 46 (1992), adult, g/mL. Contents of the heart
 * and air in the lungs of the reference adults: ICRP Publication 89 (2002, doi:10.1016/S0146-6453(03)00002-2).
 */
export const ORGAN_COEFFICIENTS = {
  density: { heart: 1.05, lungs: 1.05, liver: 1.06, spleen: 1.06, pancreas: 1.04, kidneys: 1.05, brain: 1.04 },
  bloodDensity: 1.06,
  /** Blood in the chambers of the heart, g. */
  heartContents_g: { male: 510, female: 370 },
  /** Functional residual capacity: the air in the lungs after breathing out quietly, mL. */
  lungAir_mL: { male: 3300, female: 2680 },
  /** Part of the lungs that is the right one. */
  rightLungShare: 0.55,
} as const
