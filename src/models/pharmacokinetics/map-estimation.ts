import { ln, sqrt } from '../numerics/elementary.js'
import { inverse, solve } from '../numerics/linear-algebra/solve.js'
import { entry, type Matrix } from '../numerics/linear-algebra/matrix.js'

/** A measured concentration. */
export interface Observation {
  readonly t_h: number
  readonly mgL: number
}

/** Residual variance of a prediction f: additive + proportional · f². */
export interface ResidualVariance {
  /** (mg/L)². */
  readonly add: number
  /** Squared coefficient of variation. */
  readonly prop: number
}

export interface MapProblem {
  /** Measured values, mg/L. */
  readonly observed: readonly number[]
  /** Predictions of the observations, mg/L, for random effects η of the size of Ω. */
  readonly predict: (eta: readonly number[]) => number[]
  readonly residual: ResidualVariance
  /** Covariance Ω of the random effects; symmetric positive definite. */
  readonly omega: Matrix
}

export interface MapEstimate {
  readonly eta: number[]
  /** Σ[ln v + (y − f)²/v] + ηᵀΩ⁻¹η at the mode. */
  readonly ofv: number
  /** Inverse of the exact Hessian of half the objective. */
  readonly covariance: number[][]
  /**
   * Inverse of the first-order Hessian, in which second derivatives of the predictions are left out and squared
   * residuals are at their expectation: what NONMEM's FOCE with interaction reports.
   */
  readonly firstOrderCovariance: number[][]
  readonly predicted: number[]
}

/** The search for the posterior mode did not converge. */
export class MapFailure extends Error {
  constructor() {
    super('The posterior mode was not found.')
    this.name = 'MapFailure'
  }
}

const maximumIterations = 200
const slopeStep = 1e-4
const curvatureStep = 1e-3

/**
 * The mode of the posterior distribution of random effects (Bayesian maximum a posteriori estimation; Sheiner, Beal
 * 1982, doi:10.1002/jps.2600711209), by Fisher scoring from η = 0 with step halving.
 * @throws MapFailure when it does not converge.
 */
export function estimateMap(problem: MapProblem): MapEstimate {
  const precision = inverse(problem.omega)
  let eta = problem.omega.map(() => 0)
  let ofv = objective(problem, precision, eta)
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    const { gradient, information } = linearise(problem, precision, eta)
    const direction = solve(information, gradient)
    const next = descend(problem, precision, eta, ofv, direction)
    const moved = next.eta.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (eta[i] as number))), 0)
    eta = next.eta
    ofv = next.ofv
    if (moved < 1e-10) return summarise(problem, precision, eta, ofv)
  }
  throw new MapFailure()
}

/** The diagonal's square roots of a covariance matrix. */
export function standardDeviations(covariance: Matrix): number[] {
  return covariance.map((_, i) => sqrt(entry(covariance, i, i)))
}

function objective({ observed, predict, residual }: MapProblem, precision: Matrix, eta: readonly number[]): number {
  const predicted = predict(eta)
  let total = 0
  observed.forEach((y, i) => {
    const f = predicted[i] as number
    const v = residual.add + residual.prop * f * f
    total += ln(v) + ((y - f) * (y - f)) / v
  })
  eta.forEach((left, i) => eta.forEach((right, j) => (total += left * entry(precision, i, j) * right)))
  return total
}

/** Half the objective's gradient, downhill, and its expected second derivatives. */
function linearise(
  { observed, predict, residual }: MapProblem,
  precision: Matrix,
  eta: readonly number[],
): { gradient: number[]; information: number[][] } {
  const predicted = predict(eta)
  const slopes = eta.map((_, i) => predictionSlope(predict, eta, i))
  const gradient = eta.map((_, i) => -eta.reduce((total, value, j) => total + entry(precision, i, j) * value, 0))
  const information = precision.map((row) => [...row])
  observed.forEach((y, n) => {
    const f = predicted[n] as number
    const v = residual.add + residual.prop * f * f
    const varianceSlope = 2 * residual.prop * f
    const error = y - f
    const pull = error / v + (varianceSlope * (error * error - v)) / (2 * v * v)
    const weight = 1 / v + (varianceSlope * varianceSlope) / (2 * v * v)
    slopes.forEach((left, i) => {
      gradient[i] = (gradient[i] as number) + pull * (left[n] as number)
      const row = information[i] as number[]
      slopes.forEach((right, j) => {
        row[j] = (row[j] as number) + weight * (left[n] as number) * (right[n] as number)
      })
    })
  })
  return { gradient, information }
}

/** ∂f/∂ηᵢ of all predictions by fourth-order central differences. */
function predictionSlope(predict: MapProblem['predict'], eta: readonly number[], i: number): number[] {
  const at = (shift: number): number[] => predict(shifted(eta, i, shift))
  const [far, near] = [at(2 * slopeStep), at(slopeStep)]
  const [back, farBack] = [at(-slopeStep), at(-2 * slopeStep)]
  return near.map((value, n) => {
    const inner = 8 * (value - (back[n] as number))
    return (inner - ((far[n] as number) - (farBack[n] as number))) / (12 * slopeStep)
  })
}

function descend(
  problem: MapProblem,
  precision: Matrix,
  eta: readonly number[],
  ofv: number,
  direction: readonly number[],
): { eta: number[]; ofv: number } {
  for (let length = 1; length > 1e-6; length /= 2) {
    const next = eta.map((value, i) => value + length * (direction[i] as number))
    const value = objective(problem, precision, next)
    // Near the mode the objective is flat to rounding: a full step then still improves η.
    if (value <= ofv + 1e-12 * (1 + Math.abs(ofv))) return { eta: next, ofv: value }
  }
  return { eta: [...eta], ofv }
}

function summarise(problem: MapProblem, precision: Matrix, eta: number[], ofv: number): MapEstimate {
  return {
    eta,
    ofv,
    covariance: inverse(halfHessian(problem, precision, eta)),
    firstOrderCovariance: inverse(linearise(problem, precision, eta).information),
    predicted: problem.predict(eta),
  }
}

/** Second derivatives of half the objective by central differences of its gradient. */
function halfHessian(problem: MapProblem, precision: Matrix, eta: readonly number[]): number[][] {
  const rows = eta.map((_, i) => {
    const ahead = linearise(problem, precision, shifted(eta, i, curvatureStep)).gradient
    const behind = linearise(problem, precision, shifted(eta, i, -curvatureStep)).gradient
    return ahead.map((value, j) => ((behind[j] as number) - value) / (2 * curvatureStep))
  })
  return rows.map((row, i) => row.map((value, j) => (value + entry(rows, j, i)) / 2))
}

function shifted(eta: readonly number[], i: number, shift: number): number[] {
  return eta.map((value, j) => (i === j ? value + shift : value))
}
