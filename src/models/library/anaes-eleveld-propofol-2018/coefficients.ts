/** Eleveld, Colin, Absalom, Struys 2018, doi:10.1016/j.bja.2018.01.018, tables 2 and 3; arterial effect-site constants. */
export const coefficients = {
  /** L; the reference person is a 35-year-old man of 70 kg and 170 cm. */
  V1: 6.28,
  V2: 25.5,
  V3: 273,
  /** L/min. */
  clearanceMale: 1.79,
  clearanceFemale: 2.1,
  Q2: 1.75,
  Q3: 1.11,
  /** kg at which V1 is half of its largest value. */
  V1HalfWeight: 33.6,
  /** For each year of age from the reference. */
  V2Ageing: -0.0156,
  /** For each year of age when opioids are given. */
  opioidsOnV3: -0.0138,
  opioidsOnClearance: -0.00286,
  /** Weeks of postmenstrual age at half of mature clearance, and the steepness of its maturation. */
  clearanceMaturation: { half: 42.3, exponent: 9.06 },
  /** Weeks of postmenstrual age at half of mature Q3. */
  Q3MaturationHalf: 68.3,
  Q2Immaturity: 1.3,
  allometricExponent: 0.75,
  weeksInYear: 52,
  /** Postmenstrual age at birth in weeks when it is not known. */
  gestationWeeks: 40,
  reference: { age: 35, weight_kg: 70, height_cm: 170 },
  /** 1/min, for arterial concentrations. */
  ke0: 0.146,
  ke0Exponent: -0.25,
  /** µg/mL. */
  Ce50: 3.08,
  Ce50Ageing: -0.00635,
  baselineBIS: 93,
  /** Steepness at or below Ce50, and above. */
  slope: { below: 1.89, above: 1.47 },
  /** Al-Sallami fat-free mass, doi:10.1007/s40262-015-0277-z. */
  fatFreeMass: {
    male: { adult: 0.88, young: 0.12, halfAge: 13.4, exponent: -12.7, offset: 6680, perBmi: 216 },
    female: { adult: 1.11, young: -0.11, halfAge: 7.1, exponent: -1.1, offset: 8780, perBmi: 244 },
    scale: 9270,
  },
  /** Variances between patients on the logarithmic scale, and of the residuals (BIS in points). */
  variance: { V1: 0.61, V2: 0.565, V3: 0.597, CL: 0.265, Q2: 0.346, Q3: 0.209, ke0: 0.702, Ce50: 0.242 },
  residualBIS: 8.03,
  /** BIS at which a patient usually opens the eyes, for the emergence time unless another is given. */
  emergenceBIS: 80,
}
