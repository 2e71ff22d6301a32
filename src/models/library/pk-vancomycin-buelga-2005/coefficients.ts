/** Buelga, Fernandez de Gatta, Herrera, Dominguez-Gil, García 2005, doi:10.1128/AAC.49.12.4934-4941.2005, final model. */
export const coefficients = {
  /** Clearance (L/h) for each L/h of creatinine clearance. */
  clearancePerCreatinineClearance: 1.08,
  /** L/kg of total body weight. */
  volumePerWeight: 0.98,
  /** L/h in a mL/min. */
  litresPerHour: 0.06,
  /** Coefficients of variation between patients of CL and V. */
  variation: [0.2816, 0.3715],
  /** Correlation of both random effects. */
  correlation: 0.2312,
  /** mg/L. */
  additiveError: 3.52,
  /** Area under the curve a day that guidelines aim for, mg·h/L. */
  targetArea: [400, 600],
}
