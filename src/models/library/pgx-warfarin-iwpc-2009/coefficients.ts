/** Regression of the square root of the weekly dose in mg (IWPC 2009, supplementary appendix, sections S1e and S1f). */
export const coefficients = {
  pharmacogenetic: {
    intercept: 5.6044,
    perDecade: -0.2614,
    perCm: 0.0087,
    perKg: 0.0128,
    vkorc1: { GG: 0, AG: -0.8677, AA: -1.6974, unknown: -0.4854 },
    cyp2c9: {
      '*1/*1': 0,
      '*1/*2': -0.5211,
      '*1/*3': -0.9357,
      '*2/*2': -1.0616,
      '*2/*3': -1.9206,
      '*3/*3': -2.3312,
      unknown: -0.2188,
    },
    race: { white: 0, asian: -0.1092, black: -0.276, mixed: -0.1032 },
    enzymeInducer: 1.1816,
    amiodarone: -0.5503,
  },
  clinical: {
    intercept: 4.0376,
    perDecade: -0.2546,
    perCm: 0.0118,
    perKg: 0.0134,
    race: { white: 0, asian: -0.6752, black: 0.406, mixed: 0.0443 },
    enzymeInducer: 1.2799,
    amiodarone: -0.5695,
  },
} as const
