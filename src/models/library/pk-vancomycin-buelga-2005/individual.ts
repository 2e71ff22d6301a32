import { exp, ln, sqrt } from '../../numerics/elementary.js'
import { concentrationAt, oneCompartment } from '../../pharmacokinetics/disposition.js'
import { type Infusion } from '../../pharmacokinetics/doses.js'
import { estimateMap, type Observation, standardDeviations } from '../../pharmacokinetics/map-estimation.js'
import { coefficients } from './coefficients.js'

/** Clearance in L/h and volume in L. */
export interface BuelgaParameters {
  readonly CL: number
  readonly V: number
}

/** What the patient's own measurements say about the patient. */
export interface BuelgaIndividual {
  /** Random effects of CL and V. */
  readonly eta: number[]
  readonly ofv: number
  readonly posteriorSD_eta: number[]
  readonly params: BuelgaParameters
  /** Predictions of the observations, mg/L. */
  readonly ipred: number[]
  /** Area under the curve a day at steady state under the given regimen. */
  readonly auc24ss: number
  /** Daily doses (mg) whose steady-state area is at the ends of the target. */
  readonly dailyDoseForTarget_mg: number[]
}

const spread = coefficients.variation.map((cv) => sqrt(ln(1 + cv * cv)))
const omega = spread.map((left, i) => spread.map((right, j) => left * right * (i === j ? 1 : coefficients.correlation)))

/** Bayesian estimate of a patient's clearance and volume from measured concentrations. */
export function estimateIndividual(
  typical: BuelgaParameters,
  doses: readonly Infusion[],
  dailyDose_mg: number,
  observations: readonly Observation[],
): BuelgaIndividual {
  const { eta, ofv, covariance, predicted } = estimateMap({
    observed: observations.map(({ mgL }) => mgL),
    predict: (candidate) => {
      const { CL, V } = individualise(typical, candidate)
      const terms = oneCompartment(CL, V)
      return observations.map(({ t_h }) => concentrationAt(terms, doses, t_h))
    },
    residual: { add: coefficients.additiveError * coefficients.additiveError, prop: 0 },
    omega,
  })
  const params = individualise(typical, eta)
  return {
    eta,
    ofv,
    posteriorSD_eta: standardDeviations(covariance),
    params,
    ipred: predicted,
    auc24ss: dailyDose_mg / params.CL,
    dailyDoseForTarget_mg: coefficients.targetArea.map((area) => area * params.CL),
  }
}

function individualise({ CL, V }: BuelgaParameters, eta: readonly number[]): BuelgaParameters {
  const [clearance, volume] = eta as [number, number]
  return { CL: CL * exp(clearance), V: V * exp(volume) }
}
