import { describe, expect, it } from '@jest/globals'
import { type AnalysisInput } from '../../../src/models/library/trial-analysis/input.js'
import { trialAnalysis } from '../../../src/models/library/trial-analysis/model.js'
import { RandomStream } from '../../../src/models/numerics/random/random-stream.js'

const seed = 20260101n

/** A trial without any effect, with a covariate that explains half of the outcome and unequal variances. */
function nullTrial(replicate: number, subjects: number): AnalysisInput['data'] {
  return Array.from({ length: subjects }, (_, subject) => {
    const stream = RandomStream.of({ run: seed, replicate, subject })
    const trt = subject % 2
    const x = stream.normal()
    const y = x + stream.normal() * (trt === 1 ? 1.3 : 0.8)
    const yb = stream.uniform() < 1 / (1 + Math.exp(0.3 - x)) ? 1 : 0
    const time = -Math.log(stream.uniform())
    return { trt, x, y, yb, time: Math.min(time, 1.5), status: time <= 1.5 ? 1 : 0 }
  })
}

/** How often a p value below 5 % occurs, which is 5 % ± 3.5 standard errors of the simulation for a valid test. */
function expectLevel(rejections: number, trials: number): void {
  const error = Math.sqrt((0.05 * 0.95) / trials)
  expect(rejections / trials).toBeGreaterThan(0.05 - 3.5 * error)
  expect(rejections / trials).toBeLessThan(0.05 + 3.5 * error)
}

describe('the type-I error', () => {
  const trials = 400

  it('of the adjusted comparison of means is 5 %, with classical and with robust errors', () => {
    const results = Array.from({ length: trials }, (_, replicate) =>
      trialAnalysis.evaluate({ data: nullTrial(replicate, 60), method: 'lm y~trt ; lm y~trt+x' }),
    )
    expectLevel(results.filter(({ unadjusted }) => unadjusted!.p < 0.05).length, trials)
    expectLevel(results.filter(({ ancova }) => ancova!.p < 0.05).length, trials)
    expectLevel(results.filter(({ ancova }) => ancova!.robustP < 0.05).length, trials)
  })

  it('of g-computation is 5 %', () => {
    const method = 'glm yb~trt+x binomial; g-computation'
    const results = Array.from({ length: trials }, (_, replicate) =>
      trialAnalysis.evaluate({ data: nullTrial(replicate, 160), method }),
    )
    expectLevel(results.filter(({ gComputation }) => gComputation!.riskDifference.p < 0.05).length, trials)
  })

  it('of the log-rank test is 5 %', () => {
    const results = Array.from({ length: trials }, (_, replicate) => {
      const data = nullTrial(replicate, 80).map(({ time, status, trt }) => ({ time, status, trt }))
      return trialAnalysis.evaluate({ data: data as AnalysisInput['data'], method: 'log-rank' })
    })
    expectLevel(results.filter(({ p }) => (p as number) < 0.05).length, trials)
  })
})

describe('the estimates', () => {
  const data = nullTrial(1, 100)

  it('follow a shift of the treated outcomes exactly', () => {
    const shifted = data.map((subject) => ({ ...subject, y: (subject.y as number) + 3 * (subject.trt as number) }))
    const [before, after] = [data, shifted].map(
      (rows) => trialAnalysis.evaluate({ data: rows, method: 'ancova' }).ancova,
    )
    expect(after!.est - before!.est).toBeCloseTo(3, 10)
    expect(after!.HC3).toBeCloseTo(before!.HC3, 10)
  })

  it('change their sign when the arms are swapped', () => {
    const swapped = data.map((subject) => ({ ...subject, trt: 1 - (subject.trt as number) }))
    const [before, after] = [data, swapped].map((rows) =>
      trialAnalysis.evaluate({ data: rows, method: 'lm; g-computation' }),
    )
    expect(after!.ancova!.est).toBeCloseTo(-before!.ancova!.est, 10)
    expect(after!.gComputation!.riskDifference.est).toBeCloseTo(-before!.gComputation!.riskDifference.est, 10)
  })

  it('without a covariate are the difference of proportions', () => {
    const bare = data.map(({ trt, yb }) => ({ trt, yb })) as AnalysisInput['data']
    const share = (arm: number): number => {
      const group = bare.filter(({ trt }) => trt === arm)
      return group.filter(({ yb }) => yb === 1).length / group.length
    }
    const { gComputation } = trialAnalysis.evaluate({ data: bare, method: 'glm' })
    expect(gComputation!.riskDifference.est).toBeCloseTo(share(1) - share(0), 10)
  })

  it('of a hazard ratio score zero exactly where the log-rank test sees no difference', () => {
    const twins = data.flatMap(({ time, status }) =>
      [0, 1].map((trt) => ({ time, status, trt })),
    ) as AnalysisInput['data']
    const { cox, chisq } = trialAnalysis.evaluate({ data: twins, method: 'log-rank; cox' })
    expect(cox!.coef).toBeCloseTo(0, 10)
    expect(chisq).toBeCloseTo(0, 10)
  })
})

describe('refusals', () => {
  const row = (trt: number, y: number, yb: number, x: number) => ({ trt, y, yb, x })
  const small = [row(0, 1, 0, 1), row(0, 2, 0, 2), row(0, 3, 0, 4), row(1, 2, 1, 3), row(1, 3, 1, 5), row(1, 5, 1, 6)]

  it.each([
    ['an unknown method', { data: small, method: 'tea leaves' }, 'method'],
    ['a missing outcome', { data: small.map(({ trt }) => ({ trt })), method: 'lm' }, 'data[0].y'],
    ['an empty arm', { data: small.map((subject) => ({ ...subject, trt: 1 })), method: 'lm' }, 'data'],
    ['a covariate some lack', { data: [...small.slice(1), { trt: 0, y: 1 }], method: 'lm' }, 'data.x'],
    ['survival data without groups', { data: small.map(() => ({ time: 1, status: 1 })), method: 'log-rank' }, 'data.x'],
  ])('name %s', (_what, input, place) => {
    expect(trialAnalysis.refusals(input)[0]?.input).toBe(place)
  })

  it('meet an outcome that the arm separates', () => {
    expect(() => trialAnalysis.evaluate({ data: small, method: 'glm' })).toThrow('trial.analysis cannot run')
  })
})
