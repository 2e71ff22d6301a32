import { standardNormalCdf } from './distributions.js'
import { exp, ln, sqrt } from './elementary.js'
import { betaInc, gammaLn } from './special-functions.js'

const enough = 1e-17
const maximumTerms = 10_000
/** Beyond this the Poisson weights underflow and the normal approximation is exact to the last digits used. */
const largestNoncentrality = 37

/**
 * P(T ≤ t) of the noncentral t distribution, by its series of incomplete beta functions
 * (Lenth 1989, algorithm AS 243, doi:10.2307/2347693).
 * @param degreesOfFreedom > 0, not necessarily whole.
 */
export function noncentralTCdf(t: number, degreesOfFreedom: number, noncentrality: number): number {
  if (t < 0) return 1 - noncentralTCdf(-t, degreesOfFreedom, -noncentrality)
  if (Math.abs(noncentrality) > largestNoncentrality) return normalApproximation(t, degreesOfFreedom, noncentrality)
  const x = (t * t) / (t * t + degreesOfFreedom)
  const below = standardNormalCdf(-noncentrality)
  if (x === 0) return below
  return below + betaSeries(x, degreesOfFreedom / 2, noncentrality) / 2
}

/** Σ pⱼ I(j + ½) + qⱼ I(j + 1) with Poisson weights; each incomplete beta follows from the one before. */
function betaSeries(x: number, b: number, noncentrality: number): number {
  const lambda = (noncentrality * noncentrality) / 2
  const lnX = ln(x)
  const lnRest = b * ln(1 - x)
  const decrement = (a: number): number => exp(a * lnX + lnRest + gammaLn(a + b) - gammaLn(a + 1) - gammaLn(b))
  let p = exp(-lambda)
  // q₀ = δ e^−λ / (√2 Γ(3/2)).
  let q = (noncentrality * exp(-lambda)) / (sqrt(2) * 0.886226925452758)
  let odd = betaInc(x, 0.5, b)
  let even = betaInc(x, 1, b)
  let oddDecrement = decrement(0.5)
  let evenDecrement = decrement(1)
  let total = 0
  for (let j = 0; j < maximumTerms; j++) {
    const term = p * odd + q * even
    total += term
    if (j > lambda && Math.abs(p) * odd + Math.abs(q) * even < enough) break
    odd -= oddDecrement
    even -= evenDecrement
    oddDecrement *= (x * (j + 0.5 + b)) / (j + 1.5)
    evenDecrement *= (x * (j + 1 + b)) / (j + 2)
    p *= lambda / (j + 1)
    q *= lambda / (j + 1.5)
  }
  return total
}

/** Abramowitz, Stegun 26.7.10. */
function normalApproximation(t: number, degreesOfFreedom: number, noncentrality: number): number {
  const shrink = 1 / (4 * degreesOfFreedom)
  return standardNormalCdf((t * (1 - shrink) - noncentrality) / sqrt(1 + 2 * t * t * shrink))
}
