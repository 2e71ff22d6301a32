/** Gompertz proportional hazards of NHANES III, full precision (Levine 2018; Liu 2018, supplement). */
export const coefficients = {
  intercept: -19.90667,
  weights: {
    albumin_gL: -0.03359355,
    creatinine_umolL: 0.009506491,
    glucose_mmolL: 0.1953192,
    lnCRP_mgdL: 0.09536762,
    lymph_pct: -0.01199984,
    mcv_fL: 0.02676401,
    rdw_pct: 0.3306156,
    alp_UL: 0.001868778,
    wbc_10e9L: 0.05542406,
    age: 0.08035356,
  },
  /** Shape of the Gompertz hazard, per month */
  gammaPerMonth: 0.007692696,
  /** e^(120γ) − 1 as published: the ten-year mortality score is 1 − exp(−x·e^xb/γ). */
  tenYearFactor: 1.51714,
  /** Phenotypic age = offset + ln(−scale · ln(1 − mortality)) / slope. */
  inverse: { offset: 141.50225, scale: 0.0055305, slope: 0.090165 },
} as const
