import { defineModel } from '../../model.js'
import { type RefusalReason } from '../../model-refusal.js'
import { exp } from '../../numerics/elementary.js'
import { cholesky } from '../../numerics/linear-algebra/cholesky.js'
import { entry, type Matrix, SingularMatrix } from '../../numerics/linear-algebra/matrix.js'
import { type Bolus, expandDoses } from '../../pharmacokinetics/doses.js'
import {
  estimateMap,
  type Observation,
  type ResidualVariance,
  standardDeviations,
} from '../../pharmacokinetics/map-estimation.js'
import { oralConcentrationAt, type OralParameters } from '../../pharmacokinetics/oral-absorption.js'
import { bolusDoses, concentrations, refuseRepetitions } from '../../pharmacokinetics/specifications.js'
import { card } from './card.js'
import { coefficients } from './coefficients.js'

export interface MapEngineInput {
  readonly theta: OralParameters
  /** Ω of CL, V, KA: its diagonal, or its lower triangle row by row. */
  readonly omega2: readonly number[]
  readonly sigma2: ResidualVariance
  readonly doses: readonly Bolus[]
  readonly observations: readonly Observation[]
}

/** The lower triangle of a symmetric 3 × 3 matrix. */
export type LowerTriangle = Readonly<Record<'e11' | 'e21' | 'e22' | 'e31' | 'e32' | 'e33', number>>

export interface MapEngineOutput {
  readonly eta: number[]
  readonly ofv: number
  /** From the first-order Hessian with interaction, as NONMEM reports it. */
  readonly posteriorCov_lower: LowerTriangle
  /** From the exact Hessian of the objective. */
  readonly posteriorCovExact_lower: LowerTriangle
  readonly posteriorSD_eta: number[]
  readonly params: OralParameters
  readonly ipred: number[]
}

const positive = { min: 0, exclusiveMin: true }

/** Bayesian estimation of one patient's parameters in a one-compartment model with first-order absorption. */
export const mapEngineOneCompartmentOral = defineModel<MapEngineInput, MapEngineOutput>({
  id: 'pk.map-engine-1cmt-oral',
  version: '1.0.0',
  inputs: [
    {
      name: 'theta',
      kind: 'group',
      quantity: 'typical parameters',
      members: [
        { name: 'CL_Lh', kind: 'number', quantity: 'clearance', unit: 'L/h', range: positive },
        { name: 'V_L', kind: 'number', quantity: 'volume of distribution', unit: 'L', range: positive },
        { name: 'KA_h', kind: 'number', quantity: 'absorption rate', unit: '/h', range: positive },
      ],
    },
    {
      name: 'omega2',
      kind: 'list',
      quantity: 'variances of the random effects, or their lower-triangular covariance',
      minItems: 3,
      maxItems: 6,
      items: { name: 'omega', kind: 'number', quantity: 'variance or covariance', unit: '1' },
    },
    {
      name: 'sigma2',
      kind: 'group',
      quantity: 'residual variance',
      members: [
        { name: 'prop', kind: 'number', quantity: 'proportional', unit: '1', range: { min: 0 } },
        { name: 'add', kind: 'number', quantity: 'additive', unit: '(mg/L)2', range: { min: 0 } },
      ],
    },
    bolusDoses,
    concentrations,
  ],
  outputs: [
    { name: 'eta', quantity: 'random effects of CL, V and KA', unit: '1' },
    { name: 'ofv', quantity: 'objective at the mode', unit: '1' },
    { name: 'posteriorCov_lower', quantity: 'posterior covariance, first-order Hessian', unit: '1' },
    { name: 'posteriorCovExact_lower', quantity: 'posterior covariance, exact Hessian', unit: '1' },
    { name: 'posteriorSD_eta', quantity: 'posterior SD, exact Hessian', unit: '1' },
    { name: 'params', quantity: 'individual parameters' },
    { name: 'ipred', quantity: 'predictions of the observations', unit: 'mg/L' },
  ],
  card,
  coefficients,
  applicability: (input) => [
    ...refuseRepetitions(input.doses),
    ...refuseCovariance(input.omega2),
    ...refuseResidual(input),
  ],
  compute({ theta, omega2, sigma2, doses, observations }) {
    const given = expandDoses(doses)
    const { eta, ofv, covariance, firstOrderCovariance, predicted } = estimateMap({
      observed: observations.map(({ mgL }) => mgL),
      predict: (candidate) => {
        const parameters = individualise(theta, candidate)
        return observations.map(({ t_h }) => oralConcentrationAt(parameters, given, t_h))
      },
      residual: sigma2,
      omega: covarianceMatrix(omega2),
    })
    return {
      eta,
      ofv,
      posteriorCov_lower: lowerTriangle(firstOrderCovariance),
      posteriorCovExact_lower: lowerTriangle(covariance),
      posteriorSD_eta: standardDeviations(covariance),
      params: individualise(theta, eta),
      ipred: predicted,
    }
  },
})

function individualise(theta: OralParameters, eta: readonly number[]): OralParameters {
  const [clearance, volume, absorption] = eta as [number, number, number]
  return {
    CL_Lh: theta.CL_Lh * exp(clearance),
    V_L: theta.V_L * exp(volume),
    KA_h: theta.KA_h * exp(absorption),
  }
}

function covarianceMatrix(omega2: readonly number[]): number[][] {
  const isDiagonal = omega2.length === 3
  return [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) => {
      if (isDiagonal) return i === j ? (omega2[i] as number) : 0
      const [row, column] = i >= j ? [i, j] : [j, i]
      return omega2[(row * (row + 1)) / 2 + column] as number
    }),
  )
}

function lowerTriangle(matrix: Matrix): LowerTriangle {
  return {
    e11: entry(matrix, 0, 0),
    e21: entry(matrix, 1, 0),
    e22: entry(matrix, 1, 1),
    e31: entry(matrix, 2, 0),
    e32: entry(matrix, 2, 1),
    e33: entry(matrix, 2, 2),
  }
}

function refuseCovariance(omega2: unknown): RefusalReason[] {
  if (!Array.isArray(omega2) || !omega2.every((value) => typeof value === 'number')) return []
  if (omega2.length !== 3 && omega2.length !== 6) {
    return [{ input: 'omega2', code: 'not-applicable', limit: '3 variances or 6 entries of the lower triangle' }]
  }
  try {
    cholesky(covarianceMatrix(omega2))
    return []
  } catch (error) {
    if (!(error instanceof SingularMatrix)) throw error
    return [{ input: 'omega2', code: 'not-applicable', limit: 'positive definite' }]
  }
}

/** Without an additive error a sample taken before anything was absorbed has no likelihood. */
function refuseResidual({ sigma2, doses, observations }: Partial<MapEngineInput>): RefusalReason[] {
  if (typeof sigma2 !== 'object' || sigma2 === null || sigma2.add !== 0) return []
  if (sigma2.prop === 0) return [{ input: 'sigma2', code: 'not-applicable', limit: 'not both zero' }]
  if (!Array.isArray(doses) || !Array.isArray(observations)) return []
  const first = doses.reduce((earliest, dose: Bolus) => Math.min(earliest, dose?.t_h), Infinity)
  return observations.flatMap((observation: Observation, index) =>
    observation?.t_h <= first
      ? [{ input: `observations[${index}].t_h`, code: 'not-applicable' as const, limit: 'after the first dose' }]
      : [],
  )
}
