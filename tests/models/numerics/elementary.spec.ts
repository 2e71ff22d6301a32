import { describe, expect, it } from '@jest/globals'
import {
  chiSquaredUpperTail,
  standardNormalCdf,
  standardNormalQuantile,
  studentTCdf,
  studentTQuantile,
} from '../../../src/models/numerics/distributions.js'
import { exp, ln, log10, pow, sin } from '../../../src/models/numerics/elementary.js'
import { expit, logit } from '../../../src/models/numerics/logistic.js'
import { dot, mean, sum } from '../../../src/models/numerics/sum.js'

describe('the elementary functions', () => {
  it.each([
    ['exp(1)', exp(1), 2.718281828459045],
    ['ln(10)', ln(10), 2.302585092994046],
    ['log10(1000)', log10(1000), 3],
    ['2 to the 0.5', pow(2, 0.5), 1.4142135623730951],
    ['sin(0.5)', sin(0.5), 0.479425538604203],
  ])('%s is right to the last place or next to it', (_name, actual, expected) => {
    expect(Math.abs(actual / expected - 1)).toBeLessThan(3e-16)
  })

  it('keeps the logistic function finite and inverts it', () => {
    expect(expit(-800)).toBe(0)
    expect(expit(800)).toBe(1)
    expect(logit(expit(-3.5))).toBeCloseTo(-3.5, 12)
  })
})

describe('the distributions', () => {
  it.each([
    ['normal cdf', standardNormalCdf(1.96), 0.9750021048517795],
    ['normal quantile', standardNormalQuantile(0.975), 1.959963984540054],
    ['t cdf', studentTCdf(2, 5), 0.9490302605850709],
    ['t quantile', studentTQuantile(0.975, 10), 2.2281388519649385],
    ['chi-squared upper tail', chiSquaredUpperTail(3.841458820694124, 1), 0.05],
  ])('%s agrees with R', (_name, actual, expected) => {
    expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-10)
  })
})

describe('sums', () => {
  it('carry the rounding error along', () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2)
    expect(mean([0.1, 0.2, 0.3])).toBe(0.6 / 3)
    expect(dot([1e8, 1, -1e8], [1e8, 1, 1e8])).toBe(1)
  })
})
