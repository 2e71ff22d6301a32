import { exp, ln } from '../../numerics/elementary.js'
import {
  areaBetween,
  concentrationAt,
  twoCompartment,
  type TwoCompartmentParameters,
} from '../../pharmacokinetics/disposition.js'
import { type Infusion, lastDoseStart } from '../../pharmacokinetics/doses.js'
import { estimateMap, type Observation, standardDeviations } from '../../pharmacokinetics/map-estimation.js'
import { coefficients } from './coefficients.js'

/** What the patient's own measurements say about the patient. */
export interface IndividualEstimate {
  /** Random effects of CL, Vc and Vp. */
  readonly eta: number[]
  readonly ofv: number
  readonly posteriorSD_eta: number[]
  readonly params: TwoCompartmentParameters
  /** Predictions of the observations, mg/L. */
  readonly ipred: number[]
  /** Steady-state area under the curve a day for 1 mg a day: 1/CL. */
  readonly auc24_ss_per_mg_daily: number
  /** Area over the 24 h around the last dose, from 12 h before its start to 12 h after. */
  readonly auc24_last24h: number
  /** Daily doses (mg) whose steady-state area is at the ends of the target. */
  readonly dailyDoseForTarget_mg: number[]
}

/** ω² = ln(1 + CV²) of CL, Vc and Vp; uncorrelated. */
const omega = coefficients.variation.map((cv, i) =>
  coefficients.variation.map((_, j) => (i === j ? ln(1 + cv * cv) : 0)),
)
const residual = {
  add: coefficients.additiveError * coefficients.additiveError,
  prop: coefficients.proportionalError * coefficients.proportionalError,
}

/** Bayesian estimate of a patient's parameters from measured concentrations. */
export function estimateIndividual(
  typical: TwoCompartmentParameters,
  doses: readonly Infusion[],
  observations: readonly Observation[],
): IndividualEstimate {
  const { eta, ofv, covariance, predicted } = estimateMap({
    observed: observations.map(({ mgL }) => mgL),
    predict: (candidate) => {
      const terms = twoCompartment(individualise(typical, candidate))
      return observations.map(({ t_h }) => concentrationAt(terms, doses, t_h))
    },
    residual,
    omega,
  })
  const params = individualise(typical, eta)
  const centre = lastDoseStart(doses)
  return {
    eta,
    ofv,
    posteriorSD_eta: standardDeviations(covariance),
    params,
    ipred: predicted,
    auc24_ss_per_mg_daily: 1 / params.CL,
    auc24_last24h: areaBetween(twoCompartment(params), doses, centre - 12, centre + 12),
    dailyDoseForTarget_mg: coefficients.targetArea.map((area) => area * params.CL),
  }
}

function individualise(typical: TwoCompartmentParameters, eta: readonly number[]): TwoCompartmentParameters {
  const [clearance, central, peripheral] = eta as [number, number, number]
  return {
    CL: typical.CL * exp(clearance),
    Vc: typical.Vc * exp(central),
    Vp: typical.Vp * exp(peripheral),
    Q: typical.Q,
  }
}
