/** The estimators have no published constants; the level of the confidence intervals is a convention. */
export const coefficients = { confidence: 0.95 }
