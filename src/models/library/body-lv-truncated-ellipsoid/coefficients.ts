/** Constants of the geometry. */
export const coefficients = {
  /** Density of myocardium, g/mL (ASE recommendations for volumetric methods) */
  myocardialDensity: 1.05,
  /** Height of the base over the equator as a part of the long half-axis, when it is not measured (Land 2015: 5/17) */
  baseHeightRatio: 5 / 17,
} as const
