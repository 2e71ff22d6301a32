/** Goti, Chaturvedula, Fossler, Mok, Jacob 2018, doi:10.1097/FTD.0000000000000490, final model. */
export const coefficients = {
  /** L/h at the reference creatinine clearance. */
  clearance: 4.5,
  /** L at 70 kg. */
  centralVolume: 58.4,
  /** L at 70 kg. */
  peripheralVolume: 38.4,
  /** L/h. */
  intercompartmentalClearance: 6.5,
  clearanceExponent: 0.8,
  /** mL/min. */
  referenceCreatinineClearance: 120,
  /** kg. */
  referenceWeight: 70,
  haemodialysisOnClearance: 0.7,
  haemodialysisOnCentralVolume: 0.5,
  /** mL/min; Cockcroft–Gault values above are taken as this in the publication. */
  largestCreatinineClearance: 150,
  /** mg/dL; lower serum creatinine above the age below is taken as this in the publication. */
  smallestCreatinine: 1,
  creatinineFloorAboveAge: 60,
  /** Coefficients of variation between patients of CL, Vc and Vp. */
  variation: [0.398, 0.816, 0.571],
  /** mg/L. */
  additiveError: 3.4,
  proportionalError: 0.227,
  /** Area under the curve a day that guidelines aim for, mg·h/L. */
  targetArea: [400, 600],
}
