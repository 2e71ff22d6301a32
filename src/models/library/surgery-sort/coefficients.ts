/** Log-odds of the Surgical Outcome Risk Tool (Protopapa 2014; morbidity and recalibrations Wong 2017; clinician Wong 2020). */
export const coefficients = {
  mortality: {
    intercept: -7.366,
    asa: { I: 0, II: 0, III: 1.411, IV: 2.388, V: 4.081 },
    urgency: { Ele: 0, Exp: 1.236, U: 1.657, I: 2.452 },
    highRiskSpecialty: 0.712,
    highRiskSpecialties: ['Bariatric', 'Colorectal', 'UpperGI', 'HPB', 'Thoracic', 'Vascular'],
    xmajorOrComplex: 0.381,
    malignancy: 0.667,
    age65To79: 0.777,
    age80AndOver: 1.591,
  },
  morbidity: {
    intercept: -3.228,
    asa: { I: 0, II: 0.332, III: 1.14, IV: 1.223, V: 1.223 },
    specialty: { Colorectal: 1.658, UpperGI: -0.929, Vascular: 0.296, Bariatric: -1.065, Ortho: 0 },
    otherSpecialty: 0.181,
    xmajorOrComplex: 1.238,
    malignancy: 0.897,
    age65To79: 0.118,
    age80AndOver: 0.55,
  },
  /** Slope and intercept applied to the day-7 morbidity logit. */
  recovery: {
    lowGradeDay7: [1.008, -0.316],
    highGradeDay7: [0.827, -0.874],
    day14: [0.894, -1.478],
    day21: [1.081, -2.327],
    day28: [1.048, -2.77],
  },
  /** SORT combined with the clinician's estimate of the risk of death, in bands of percent. */
  clinician: {
    intercept: -6.403,
    perSortPercent: 0.04028,
    bands: { '<1': 0, '1-2.5': 1.487, '2.6-5': 2.365, '5.1-10': 3.074, '10.1-50': 4.156, '>50': 5.028 },
  },
} as const
