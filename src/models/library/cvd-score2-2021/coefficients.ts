/** Sub-distribution log-hazard ratios, per age band and sex (SCORE2: Supplementary Table 8; SCORE2-OP: Table 2). */
export const coefficients = {
  /** 40-69 years. Age (a−60)/5, SBP (x−120)/20, total cholesterol x−6, HDL (x−1.3)/0.5; interactions with age last. */
  score2: {
    male: {
      age: 0.3742,
      smoking: 0.6012,
      sbp: 0.2777,
      diabetes: 0.6457,
      totalCholesterol: 0.1458,
      hdl: -0.2698,
      ageSmoking: -0.0755,
      ageSbp: -0.0255,
      ageTotalCholesterol: -0.0281,
      ageHdl: 0.0426,
      ageDiabetes: -0.0983,
    },
    female: {
      age: 0.4648,
      smoking: 0.7744,
      sbp: 0.3131,
      diabetes: 0.8096,
      totalCholesterol: 0.1002,
      hdl: -0.2606,
      ageSmoking: -0.1088,
      ageSbp: -0.0277,
      ageTotalCholesterol: -0.0226,
      ageHdl: 0.0613,
      ageDiabetes: -0.1272,
    },
    baselineSurvival: { male: 0.9605, female: 0.9776 },
    meanPredictor: { male: 0, female: 0 },
  },
  /** 70 years and older. Age a−73, SBP x−150, total cholesterol x−6, HDL x−1.4. */
  score2Op: {
    male: {
      age: 0.0634,
      smoking: 0.3524,
      sbp: 0.0094,
      diabetes: 0.4245,
      totalCholesterol: 0.085,
      hdl: -0.3564,
      ageSmoking: -0.0247,
      ageSbp: -0.0005,
      ageTotalCholesterol: 0.0073,
      ageHdl: 0.0091,
      ageDiabetes: -0.0174,
    },
    female: {
      age: 0.0789,
      smoking: 0.4921,
      sbp: 0.0102,
      diabetes: 0.601,
      totalCholesterol: 0.0605,
      hdl: -0.304,
      ageSmoking: -0.0255,
      ageSbp: -0.0004,
      ageTotalCholesterol: -0.0009,
      ageHdl: 0.0154,
      ageDiabetes: -0.0107,
    },
    baselineSurvival: { male: 0.7576, female: 0.8082 },
    meanPredictor: { male: 0.0929, female: 0.229 },
  },
  /** Recalibration to the risk regions of Europe: [scale 1, scale 2]. */
  calibration: {
    score2: {
      Low: { male: [-0.5699, 0.7476], female: [-0.738, 0.7019] },
      Moderate: { male: [-0.1565, 0.8009], female: [-0.3143, 0.7701] },
      High: { male: [0.3207, 0.936], female: [0.571, 0.9369] },
      'Very high': { male: [0.5836, 0.8294], female: [0.9412, 0.8329] },
    },
    score2Op: {
      Low: { male: [-0.34, 1.19], female: [-0.52, 1.01] },
      Moderate: { male: [0.01, 1.25], female: [-0.1, 1.1] },
      High: { male: [0.08, 1.15], female: [0.38, 1.09] },
      'Very high': { male: [0.05, 0.7], female: [0.38, 0.69] },
    },
  },
  /** Lower limits, in percent, of moderate and high risk by age (ESC prevention guideline 2021). */
  riskClasses: [
    { below: 50, moderate: 2.5, high: 7.5 },
    { below: 70, moderate: 5, high: 10 },
    { below: 90, moderate: 7.5, high: 15 },
  ],
} as const
