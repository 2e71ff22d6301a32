/** Adult body-size equations, and the reference adults of ICRP Publication 89 (2002, table 2.8), masses in g. */
export const coefficients = {
  duBois: { factor: 0.007184, weightExponent: 0.425, heightExponent: 0.725 },
  mostellerDivisor: 3600,
  /** Janmahasatian 2005: fat-free mass = 9270·W/(a + b·BMI) */
  fatFreeMass: { numerator: 9270, male: { a: 6680, b: 216 }, female: { a: 8780, b: 244 } },
  /** Nadler 1962: blood volume in L = a·h³ + b·W + c, height in m */
  bloodVolume: { male: { a: 0.3669, b: 0.03219, c: 0.6041 }, female: { a: 0.3561, b: 0.03308, c: 0.1833 } },
  /** Vauthey 2002: liver volume in mL = slope·BSA + intercept, BSA by DuBois */
  liverVolume: { slope: 1267.28, intercept: -794.41 },
  reference: {
    male: {
      weight_kg: 73,
      separableAdipose_kg: 14.5,
      bsa_m2: 1.9,
      organs_g: {
        heart: 330,
        kidneys: 310,
        liver: 1800,
        lungs: 500,
        spleen: 150,
        pancreas: 140,
        muscle: 29000,
        brain: 1450,
        skin: 3300,
      },
    },
    female: {
      weight_kg: 60,
      separableAdipose_kg: 19,
      bsa_m2: 1.66,
      organs_g: {
        heart: 250,
        kidneys: 275,
        liver: 1400,
        lungs: 420,
        spleen: 130,
        pancreas: 120,
        muscle: 17500,
        brain: 1300,
        skin: 2300,
      },
    },
  },
} as const
