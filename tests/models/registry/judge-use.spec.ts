import { describe, expect, it } from '@jest/globals'
import { inputsOutside, judgeUse, type UseQuestion } from '../../../src/models/registry/judge-use.js'
import { UNPROPOSED } from '../../../src/models/registry/model-version-state.js'
import { after, approved, fold, proposal, UNTIL } from './support.js'

const { codeDigest: code, coefficientDigest: coefficients } = proposal()
const question: UseQuestion = { asked: 'decision', purpose: 'HRESCH', digests: { code, coefficients } }
const ask = (state = approved(), more: Partial<UseQuestion> = {}) => judgeUse(state, { ...question, ...more })

// proves TL-SIM-002
describe('a run for decisions', () => {
  it('is stamped so when the version is approved, is the one that runs, and covers the purpose', () => {
    const { approval, case: made } = approved()
    expect(ask()).toEqual({
      stamp: { asked: 'decision', stamp: 'decision', reasons: [], approval: approval!.eventId },
      refused: false,
      contextOfUse: made.contextOfUse,
      riskTier: 'low',
    })
  })

  it.each([
    ['was never proposed', UNPROPOSED, {}, 'version-not-proposed'],
    ['is under assessment', after(...UNTIL.execution), {}, 'version-not-approved'],
    ['waits for its approval', after(...UNTIL.approval), {}, 'version-not-approved'],
    [
      'was reopened on drift',
      fold(approved(), {
        type: 'model.case-reopened',
        data: { cause: 'drift', from: 'execution', explanation: '.', evidence: [] },
      }),
      {},
      'version-not-approved',
    ],
    ['was superseded', fold(approved(), { type: 'model.superseded', data: { by: '2.0.0' } }), {}, 'version-superseded'],
    ['runs with other code', approved(), { digests: { code: 'f'.repeat(64), coefficients } }, 'code-digest-differs'],
    [
      'runs with other coefficients',
      approved(),
      { digests: { code, coefficients: 'f'.repeat(64) } },
      'coefficient-digest-differs',
    ],
    ['does not cover the purpose', approved(), { purpose: 'TREAT' }, 'purpose-outside-context'],
  ] as const)('is refused when the version %s, and an exploratory run is stamped with it', (_, state, more, reason) => {
    expect(ask(state, more)).toMatchObject({ refused: true, stamp: { stamp: 'exploratory', reasons: [reason] } })
    expect(ask(state, { ...more, asked: 'exploratory' })).toMatchObject({
      refused: false,
      contextOfUse: null,
      stamp: { stamp: 'exploratory', reasons: ['decision-not-asked', reason] },
    })
  })
})

describe('an exploratory run', () => {
  it('is never for decisions, even of an approved version', () => {
    expect(ask(approved(), { asked: 'exploratory' }).stamp).toMatchObject({
      stamp: 'exploratory',
      reasons: ['decision-not-asked'],
    })
  })

  it('is refused for a retired version', () => {
    const retired = fold(approved(), { type: 'model.retired', data: { explanation: '.' } })
    expect(ask(retired, { asked: 'exploratory' })).toMatchObject({ refused: true })
    expect(ask(retired).stamp.reasons).toEqual(['version-retired'])
  })
})

describe('inputs outside a context of use', () => {
  const context = {
    statement: '.',
    purposes: ['HRESCH'],
    limits: [
      { input: 'age', minimum: 40, maximum: 75 },
      { input: 'bmi', maximum: 35 },
      { input: 'sex', oneOf: ['female'] },
      { input: 'statin', oneOf: [false] },
    ],
  }
  const inside = { age: 40, bmi: 35, sex: 'female', statin: false }
  it.each([
    ['none, at the bounds', {}, []],
    ['a number below', { age: 39.9 }, ['age']],
    ['a number above', { age: 75.1, bmi: 35.1 }, ['age', 'bmi']],
    ['a code that is not listed', { sex: 'male' }, ['sex']],
    ['a flag that is not listed', { statin: true }, ['statin']],
    ['one that is not given', { age: undefined, sex: undefined }, ['age', 'sex']],
    ['a text in the place of a number', { bmi: '30' }, ['bmi']],
    ['not a number', { age: NaN }, ['age']],
  ])('%s', (_, change, outside) => expect(inputsOutside(context, { ...inside, ...change })).toEqual(outside))
})
