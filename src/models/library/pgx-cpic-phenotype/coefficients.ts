/** What an allele does to the enzyme (CPIC allele functionality tables; PharmVar star alleles). */
export type AlleleFunction = 'none' | 'decreased' | 'normal' | 'increased' | 'uncertain'

/** CYP2C19 (CPIC 2022, doi:10.1002/cpt.2526). */
const cyp2c19Functions: Readonly<Record<AlleleFunction, readonly number[]>> = {
  none: [2, 3, 4, 5, 6, 7, 8, 22, 24, 35, 36, 37],
  decreased: [9, 10, 16, 19, 25, 26],
  normal: [1, 11, 13, 15, 18, 28, 38],
  increased: [17],
  uncertain: [12, 14, 23, 29, 30, 31, 32, 33, 34, 39],
}

/** CYP2C9 (CPIC 2020, doi:10.1002/cpt.2015): alleles by their activity value; a known allele of none is uncertain. */
const cyp2c9Activity = {
  1: [1, 9],
  0.5: [2, 4, 5, 8, 11, 12, 14, 16, 23, 26, 28, 29, 30, 31, 37, 38, 44, 46, 50, 55, 61],
  0: [3, 6, 13, 15, 24, 25, 33, 35, 39, 42, 43, 45, 52],
}

export const coefficients = {
  CYP2C19: { functions: cyp2c19Functions },
  CYP2C9: { activity: cyp2c9Activity, alleles: 75 },
}
