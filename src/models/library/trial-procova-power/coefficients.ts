/** Schuler et al. 2022, doi:10.1515/ijb-2021-0072; EMA qualification opinion of PROCOVA, 2022-09-15: no constants beside these. */
export const coefficients = {
  /** Assumptions when the caller states none: no loss against the historical variance and correlation. */
  inflation: 1,
  deflation: 1,
  allocationRatio: 1,
  margin: 0,
  alpha: 0.05,
}
