import { coefficients as score2 } from '../cvd-score2-2021/coefficients.js'

/**
 * Sub-distribution log-hazard ratios. Age (a−60)/5, SBP (x−120)/20, total cholesterol x−6, HDL (x−1.3)/0.5, age at diagnosis
 * (a−50)/5, HbA1c (mmol/mol − 31)/9.34, eGFR (ln x − 4.5)/0.15. Baselines and regional scales are those of SCORE2.
 */
export const coefficients = {
  male: {
    age: 0.5368,
    smoking: 0.4774,
    sbp: 0.1322,
    diabetes: 0.6457,
    totalCholesterol: 0.1102,
    hdl: -0.1087,
    ageSmoking: -0.0672,
    ageSbp: -0.0268,
    ageDiabetes: -0.0983,
    ageTotalCholesterol: -0.0181,
    ageHdl: 0.0095,
    ageAtDiagnosis: -0.0998,
    hba1c: 0.0955,
    lnEgfr: -0.0591,
    lnEgfrSquared: 0.0058,
    ageHba1c: -0.0134,
    ageLnEgfr: 0.0115,
  },
  female: {
    age: 0.6624,
    smoking: 0.6139,
    sbp: 0.1421,
    diabetes: 0.8096,
    totalCholesterol: 0.1127,
    hdl: -0.1568,
    ageSmoking: -0.1122,
    ageSbp: -0.0167,
    ageDiabetes: -0.1272,
    ageTotalCholesterol: -0.02,
    ageHdl: 0.0186,
    ageAtDiagnosis: -0.118,
    hba1c: 0.1173,
    lnEgfr: -0.064,
    lnEgfrSquared: 0.0062,
    ageHba1c: -0.0196,
    ageLnEgfr: 0.0169,
  },
  baselineSurvival: score2.score2.baselineSurvival,
  calibration: score2.calibration.score2,
} as const
