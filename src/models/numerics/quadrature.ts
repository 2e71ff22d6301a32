import { cos, PI } from './elementary.js'

/** Nodes on (−1, 1), ascending, and their weights. */
export interface QuadratureRule {
  readonly nodes: readonly number[]
  readonly weights: readonly number[]
}

const known = new Map<number, QuadratureRule>()

/** The Gauss–Legendre rule with n points: exact for polynomials of degree 2n − 1. */
export function gaussLegendre(n: number): QuadratureRule {
  const existing = known.get(n)
  if (existing !== undefined) return existing
  const nodes: number[] = []
  const weights: number[] = []
  for (let index = n; index >= 1; index--) {
    const { root, slope } = legendreRoot(n, cos((PI * (index - 0.25)) / (n + 0.5)))
    nodes.push(root)
    weights.push(2 / ((1 - root * root) * slope * slope))
  }
  const rule = { nodes, weights }
  known.set(n, rule)
  return rule
}

/** Newton's method on the Legendre polynomial of degree n, which converges from these starts in a few steps. */
function legendreRoot(n: number, start: number): { root: number; slope: number } {
  let x = start
  for (let iteration = 0; iteration < 100; iteration++) {
    const { value, slope } = legendre(n, x)
    const step = value / slope
    x -= step
    if (Math.abs(step) < 1e-15) break
  }
  return { root: x, slope: legendre(n, x).slope }
}

function legendre(n: number, x: number): { value: number; slope: number } {
  let [previous, value] = [0, 1]
  for (let degree = 1; degree <= n; degree++) {
    const next = ((2 * degree - 1) * x * value - (degree - 1) * previous) / degree
    previous = value
    value = next
  }
  return { value, slope: (n * (x * value - previous)) / (x * x - 1) }
}
