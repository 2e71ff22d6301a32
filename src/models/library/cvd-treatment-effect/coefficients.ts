/**
 * Meta-analytic treatment effects. LDL reduction in percent by statin and daily dose in mg (Law 2003, table of NICE CG181);
 * rate ratios as [estimate, lower, upper] of the 95 % interval (CTT 2010; Ettehad 2016).
 */
export const coefficients = {
  ldlReductionPercent: {
    atorvastatin: { 10: 37, 20: 43, 40: 49, 80: 55 },
    simvastatin: { 10: 27, 20: 32, 40: 37, 80: 42 },
    pravastatin: { 10: 20, 20: 24, 40: 29 },
    rosuvastatin: { 5: 38, 10: 43, 20: 48, 40: 53 },
    fluvastatin: { 20: 21, 40: 27, 80: 33 },
  },
  rateRatioPerMmolLdl: { majorVascular: [0.78, 0.76, 0.8] },
  rateRatioPer10MmHg: {
    majorCvd: [0.8, 0.77, 0.83],
    chd: [0.83, 0.78, 0.88],
    stroke: [0.73, 0.68, 0.77],
    heartFailure: [0.72, 0.67, 0.78],
  },
  /** Fall of one drug at standard dose: base + slope · (pressure before it − pivot), mm[Hg]. */
  sbpFall: { base: 9.1, slope: 0.1, pivot: 154, halfDoseFactor: 7.1 / 9.1 },
} as const
