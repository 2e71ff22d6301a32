import { pow } from '../../numerics/elementary.js'
import { type TwoCompartmentParameters } from '../../pharmacokinetics/disposition.js'
import { coefficients } from './coefficients.js'

export interface VancomycinPatient {
  readonly age: number
  readonly weight_kg: number
  readonly scr_mgdL: number
  readonly sex: 'female' | 'male'
  readonly haemodialysis: boolean
}

/** Cockcroft–Gault creatinine clearance (mL/min) with the publication's floor of serum creatinine and its cap. */
export function creatinineClearance({ age, weight_kg, scr_mgdL, sex }: VancomycinPatient): number {
  const { smallestCreatinine, creatinineFloorAboveAge, largestCreatinineClearance } = coefficients
  const creatinine = age > creatinineFloorAboveAge ? Math.max(smallestCreatinine, scr_mgdL) : scr_mgdL
  const clearance = (((140 - age) * weight_kg) / (72 * creatinine)) * (sex === 'female' ? 0.85 : 1)
  return Math.min(clearance, largestCreatinineClearance)
}

/** Population parameters of a patient, with the peripheral volume scaled by weight. */
export function typicalParameters(patient: VancomycinPatient, clearance: number): TwoCompartmentParameters {
  const c = coefficients
  const size = patient.weight_kg / c.referenceWeight
  const renal = pow(clearance / c.referenceCreatinineClearance, c.clearanceExponent)
  return {
    CL: c.clearance * renal * (patient.haemodialysis ? c.haemodialysisOnClearance : 1),
    Vc: c.centralVolume * size * (patient.haemodialysis ? c.haemodialysisOnCentralVolume : 1),
    Vp: c.peripheralVolume * size,
    Q: c.intercompartmentalClearance,
  }
}
