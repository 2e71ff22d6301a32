import { coefficients } from './coefficients.js'
import { type LoopParameters } from './elastance.js'

/** Measurements at rest from which a loop is fitted. Pressures in mmHg, volumes in mL, heart rate in 1/min. */
export interface RestingMeasurements {
  readonly heartRate: number
  readonly SBP: number
  readonly DBP: number
  readonly EDV: number
  readonly ESV: number
  /** Central venous pressure; that of the publication's loop when it was not measured. */
  readonly CVP?: number
}

const usualVenousPressure = 6.65

/**
 * First guesses of one person's parameters from measurements at rest: cycle from the heart rate, resistance from mean
 * pressure and output, arterial compliance from stroke volume and pulse pressure, peak elastance from the end-systolic
 * point, diastolic elastance from the filled ventricle. What is not measured stays as published.
 */
export function personalise({ heartRate, SBP, DBP, EDV, ESV, CVP }: RestingMeasurements): Partial<LoopParameters> {
  const { parameters, endSystolicShare } = coefficients
  const venous = CVP ?? usualVenousPressure
  const tau = 60 / heartRate
  const strokeVolume = EDV - ESV
  const meanPressure = DBP + (SBP - DBP) / 3
  const flow = strokeVolume / tau
  // The published loop ties its compliance to its own stroke volume over pulse pressure; the ratio carries over.
  const compliance = (strokeVolume / (SBP - DBP)) * complianceOfRatio
  return {
    tau,
    Rs: (meanPressure - venous) / flow,
    Csa: compliance,
    Emax: (endSystolicShare * SBP) / ESV,
    MCFP: (parameters.MCFP * EDV) / publishedEDV,
  }
}

/** End-diastolic volume, stroke volume and pulse pressure of the publication's loop at steady state. */
const publishedEDV = 161.308
const complianceOfRatio = coefficients.parameters.Csa / (76.2353 / (126.3429 - 82.5675))
