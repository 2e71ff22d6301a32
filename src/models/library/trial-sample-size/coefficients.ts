/** Defaults when the caller states none; the formulas have no other constants. */
export const coefficients = { alpha: 0.05, sided: 2, allocationRatio: 1 }
