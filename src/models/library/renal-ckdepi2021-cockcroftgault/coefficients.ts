/** Constants of both equations; creatinine in mg/dL, age in years, weight in kg. */
export const coefficients = {
  ckdEpi: {
    scale: 142,
    agePerYear: 0.9938,
    exponentAbove: -1.2,
    female: { kappa: 0.7, exponentBelow: -0.241, factor: 1.012 },
    male: { kappa: 0.9, exponentBelow: -0.302, factor: 1 },
  },
  cockcroftGault: { ageLimit: 140, divisor: 72, female: 0.85, male: 1 },
} as const
