import { standardNormalCdf, standardNormalQuantile, studentTQuantile } from '../../numerics/distributions.js'
import { ln, sqrt } from '../../numerics/elementary.js'
import { noncentralTCdf } from '../../numerics/noncentral-t.js'
import { brent } from '../../numerics/root-finding.js'

/** A test in terms of its size: what a plan needs is the size at a power, and the power at a size. */
export interface SizedTest {
  /** Total subjects or events, not rounded. */
  sizeFor(power: number): number
  powerOf(size: number): number
}

/** The level of the one side in which the effect lies, and treated for each control. */
export interface TestLevel {
  readonly oneSidedAlpha: number
  readonly ratio: number
}

/** Subjects a unit of total sample size contributes to the variance of a difference: r/(1 + r)². */
function balance(ratio: number): number {
  return ratio / ((1 + ratio) * (1 + ratio))
}

/** A test that is normal with a signal growing with the root of the size. */
function normalTest(signalPerRoot: number, spreadUnderNull: number, oneSidedAlpha: number): SizedTest {
  const critical = standardNormalQuantile(1 - oneSidedAlpha) * spreadUnderNull
  return {
    sizeFor(power) {
      const root = (critical + standardNormalQuantile(power)) / signalPerRoot
      return root * root
    },
    powerOf: (size) => standardNormalCdf(sqrt(size) * signalPerRoot - critical),
  }
}

/** Two means, known variance. */
export function twoMeansZ(delta: number, sd: number, { oneSidedAlpha, ratio }: TestLevel): SizedTest {
  return normalTest((Math.abs(delta) / sd) * sqrt(balance(ratio)), 1, oneSidedAlpha)
}

/** Two means, Student's t test of equal variances. */
export function twoMeansT(delta: number, sd: number, { oneSidedAlpha, ratio }: TestLevel): SizedTest {
  return studentTest((Math.abs(delta) / sd) * sqrt(balance(ratio)), 2, oneSidedAlpha)
}

/** One mean against a fixed value, known variance. */
export function oneMeanZ(delta: number, sd: number, { oneSidedAlpha }: TestLevel): SizedTest {
  return normalTest(Math.abs(delta) / sd, 1, oneSidedAlpha)
}

/** One mean against a fixed value, or paired differences, Student's t test. */
export function oneMeanT(delta: number, sd: number, { oneSidedAlpha }: TestLevel): SizedTest {
  return studentTest(Math.abs(delta) / sd, 1, oneSidedAlpha)
}

/** Two proportions with the pooled variance under the null (Fleiss 1981, chapter 3, without continuity correction). */
export function twoProportions(pTreated: number, pControl: number, { oneSidedAlpha, ratio }: TestLevel): SizedTest {
  const pooled = (ratio * pTreated + pControl) / (1 + ratio)
  const nullSpread = sqrt((pooled * (1 - pooled)) / balance(ratio))
  // Subjects of an arm are its share of the total.
  const treated = (pTreated * (1 - pTreated) * (1 + ratio)) / ratio
  const control = pControl * (1 - pControl) * (1 + ratio)
  const spread = sqrt(treated + control)
  return normalTest(Math.abs(pTreated - pControl) / spread, nullSpread / spread, oneSidedAlpha)
}

/** One proportion against a fixed one. */
export function oneProportion(p: number, p0: number, { oneSidedAlpha }: TestLevel): SizedTest {
  const spread = sqrt(p * (1 - p))
  return normalTest(Math.abs(p - p0) / spread, sqrt(p0 * (1 - p0)) / spread, oneSidedAlpha)
}

/** Events of a log-rank test (Schoenfeld 1981, doi:10.1093/biomet/68.1.316). */
export function eventsSchoenfeld(hr: number, { oneSidedAlpha, ratio }: TestLevel): SizedTest {
  return normalTest(Math.abs(ln(hr)) * sqrt(balance(ratio)), 1, oneSidedAlpha)
}

/** Events of a log-rank test (Freedman 1982, doi:10.1002/sim.4780010204). */
export function eventsFreedman(hr: number, { oneSidedAlpha, ratio }: TestLevel): SizedTest {
  return normalTest((Math.abs(1 - hr) * sqrt(ratio)) / (1 + ratio * hr), 1, oneSidedAlpha)
}

/** The exact power of Student's t test, with `means` degrees of freedom spent on means. */
function studentTest(signalPerRoot: number, means: number, oneSidedAlpha: number): SizedTest {
  const powerOf = (size: number): number => {
    const df = size - means
    return 1 - noncentralTCdf(studentTQuantile(1 - oneSidedAlpha, df), df, sqrt(size) * signalPerRoot)
  }
  return {
    powerOf,
    sizeFor(power) {
      const guess = normalTest(signalPerRoot, 1, oneSidedAlpha).sizeFor(power)
      let upper = guess + means + 10
      while (powerOf(upper) < power) upper *= 2
      let lower = Math.max(guess, means + 1e-3)
      while (powerOf(lower) > power && lower > means + 1e-6) lower = means + (lower - means) / 2
      return brent((size) => powerOf(size) - power, lower, upper, 1e-10 * guess)
    },
  }
}
