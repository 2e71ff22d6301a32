import { coefficients } from './coefficients.js'
import { type LoopParameters } from './elastance.js'
import { type Haemodynamics, measureBeat, type PressureVolumeLoop } from './haemodynamics.js'
import { heartLoopBjordalsbakke2022 } from './model.js'
import { personalise, type RestingMeasurements } from './personalise.js'
import { circulationOf, NotPeriodic, steadyState } from './steady-state.js'

/** A loop at steady state with the volumes and pressures that were measured. */
export interface CalibratedLoop {
  /** Parameters where they differ from the publication. */
  readonly overrides: Partial<LoopParameters>
  /** One beat at equally spaced times, its end included. */
  readonly loop: PressureVolumeLoop
  readonly haemodynamics: Haemodynamics
}

/** Relative deviation of volumes and pressures at which the search ends; far below what can be measured. */
const tolerance = 1e-8
const mostRounds = 40

/**
 * Finds the parameters that reproduce what was measured, from the first guesses of `personalise`: peak elastance for the
 * ejection fraction, resistance for the mean and compliance for the pulse pressure, filling pressure for the size. Each is
 * corrected by the ratio of the quantity it governs, all at once, until nothing moves.
 * @param points of the loop to return, at least 2.
 * @returns undefined when no loop within the model's ranges has these measurements.
 */
export function calibrate(measured: RestingMeasurements, points: number): CalibratedLoop | undefined {
  try {
    return search(measured, points)
  } catch (error) {
    if (error instanceof NotPeriodic) return undefined
    throw error
  }
}

function search(measured: RestingMeasurements, points: number): CalibratedLoop | undefined {
  let parameters: LoopParameters = { ...coefficients.parameters, ...personalise(measured) }
  for (let round = 0; round < mostRounds; round++) {
    const { haemodynamics } = beatOf(parameters, 0)
    const ratios = shortfall(measured, haemodynamics)
    if (!Object.values(ratios).every(Number.isFinite)) return undefined
    if (Object.values(ratios).every((ratio) => Math.abs(ratio - 1) < tolerance)) {
      const { tau, Emax, Rs, Csa, MCFP } = parameters
      return { overrides: { tau, Emax, Rs, Csa, MCFP }, ...beatOf(parameters, points) }
    }
    parameters = corrected(parameters, ratios)
    if (heartLoopBjordalsbakke2022.refusals({ overrides: parameters }).length > 0) return undefined
  }
  return undefined
}

interface Ratios {
  readonly size: number
  readonly ejection: number
  readonly mean: number
  readonly pulse: number
}

/** Measured over modelled: 1 where they agree. Ejection is the odds of the ejection fraction, SV/ESV. */
function shortfall({ EDV, ESV, SBP, DBP }: RestingMeasurements, modelled: Haemodynamics): Ratios {
  return {
    size: EDV / modelled.EDV,
    ejection: (EDV - ESV) / ESV / (modelled.SV / modelled.ESV),
    mean: (DBP + SBP) / (modelled.DBP + modelled.SBP),
    pulse: (SBP - DBP) / (modelled.SBP - modelled.DBP),
  }
}

/** Pressures and volumes scale together with the filling pressure, so what governs a pressure is corrected relative to it. */
function corrected(parameters: LoopParameters, { size, ejection, mean, pulse }: Ratios): LoopParameters {
  return {
    ...parameters,
    MCFP: parameters.MCFP * size,
    Rs: parameters.Rs * (mean / size),
    Csa: parameters.Csa * (size / pulse),
    Emax: parameters.Emax * ejection * (mean / size),
  }
}

function beatOf(parameters: LoopParameters, points: number) {
  const circulation = circulationOf(parameters)
  return measureBeat(circulation, steadyState(circulation).state, points)
}
