/** Each kind of bad or missing data that can be planted; at most one in a patient. */
export type DefectKind =
  /** No HDL cholesterol at all, hence no calculated LDL either. */
  | 'hdl-missing'
  /** The newest laboratory value is older than five years. */
  | 'labs-stale'
  /** The newest systolic pressure is 1200 mm[Hg]. */
  | 'value-implausible'
  /** The newest creatinine is in µmol/L and labelled mg/dL. */
  | 'unit-wrong'
  /** The newest total cholesterol has no unit. */
  | 'unit-missing'
  /** The newest glucose is there twice, under two ids. */
  | 'observation-duplicated'
  /** A glucose dated after the reference date. */
  | 'date-in-future'
  /** The sex assigned at birth contradicts Patient.gender. */
  | 'sex-conflicting'
  /** The newest triglycerides are negative, which PREVENT does not read. */
  | 'value-negative'
  /** A weight of 7 kg that was marked entered-in-error. */
  | 'entered-in-error'
  /** The newest HDL cholesterol has a dataAbsentReason and no value. */
  | 'data-absent'
