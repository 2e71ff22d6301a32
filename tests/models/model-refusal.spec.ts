import { describe, expect, it } from '@jest/globals'
import { prevent2023 } from '../../src/models/library/cvd-prevent-2023/model.js'
import { pPossum } from '../../src/models/library/surgery-p-possum/model.js'
import { type InputSpecification } from '../../src/models/input-specification.js'
import { ModelRefusal } from '../../src/models/model-refusal.js'
import { describeRange, validateInputs } from '../../src/models/validate-inputs.js'
import { healthySurgicalPatient } from './support/people.js'

const person = {
  model: 'base',
  sex: 'female',
  age: 50,
  sbp: 120,
  bp_tx: false,
  total_c: 200,
  hdl_c: 50,
  statin: false,
  dm: false,
  smoking: false,
  egfr: 90,
  bmi: 25,
} as const

/** What a model throws. */
function refusalOf(evaluate: () => unknown): ModelRefusal {
  try {
    evaluate()
  } catch (error) {
    if (error instanceof ModelRefusal) return error
    throw error
  }
  throw new Error('The model did not refuse.')
}

describe('a refusal', () => {
  // proves TL-MOD-002
  it('names everything that is wrong at once, with the rule, and repeats no value', () => {
    const bad = { ...person, age: 83, sbp: 181.5, sex: 'F', smoking: 1, egfr: undefined, priorCvd: true }
    const refusal = refusalOf(() => prevent2023.evaluate(bad as never))
    expect(refusal.reasons).toEqual([
      { input: 'sex', code: 'not-allowed', limit: 'female | male' },
      { input: 'age', code: 'out-of-range', limit: '[30, 79] a' },
      { input: 'sbp', code: 'out-of-range', limit: '[90, 180] mm[Hg]' },
      { input: 'smoking', code: 'wrong-type', limit: 'boolean' },
      { input: 'egfr', code: 'missing' },
      { input: 'priorCvd', code: 'not-applicable', limit: 'free of cardiovascular disease' },
    ])
    expect(refusal.code).toBe('model-refused')
    expect(refusal.status).toBe(422)
    expect(JSON.stringify([refusal.message, refusal.details])).not.toMatch(/83|181\.5/)
  })

  it('names members of a group by their path', () => {
    const { op } = healthySurgicalPatient
    const refusal = refusalOf(() => pPossum.evaluate({ ...healthySurgicalPatient, op: { ...op, urgency: 2 as never } }))
    expect(refusal.reasons).toEqual([{ input: 'op.urgency', code: 'not-allowed', limit: '1 | 4 | 8' }])
  })

  it('is known without running the model', () => {
    expect(prevent2023.refusals(person)).toEqual([])
    expect(prevent2023.refusals({ ...person, model: 'hba1c' })).toEqual([{ input: 'hba1c', code: 'missing' }])
  })
})

describe('input specifications', () => {
  const specifications: InputSpecification[] = [
    { name: 'dose', quantity: 'Dose', kind: 'number', unit: 'mg', range: { min: 0, exclusiveMin: true } },
    { name: 'code', quantity: 'Code', kind: 'text', pattern: 'a|bb' },
    {
      name: 'draws',
      quantity: 'Draws',
      kind: 'list',
      minItems: 1,
      optional: true,
      items: { name: 'draw', quantity: 'Draw', kind: 'number', unit: '1', integer: true },
    },
  ]

  it('check each kind and pass over names they do not know', () => {
    expect(validateInputs(specifications, { dose: 1, code: 'bb', draws: [1, 2], other: 'x' })).toEqual([])
    expect(validateInputs(specifications, { dose: 0, code: 'ab', draws: [1, 1.5] })).toEqual([
      { input: 'dose', code: 'out-of-range', limit: '(0, Infinity) mg' },
      { input: 'code', code: 'not-allowed', limit: 'a|bb' },
      { input: 'draws[1]', code: 'wrong-type', limit: 'integer' },
    ])
    expect(validateInputs(specifications, { dose: 1, code: 3, draws: [] })).toEqual([
      { input: 'code', code: 'wrong-type', limit: 'text' },
      { input: 'draws', code: 'out-of-range', limit: '[1, Infinity] items' },
    ])
  })

  it('take null for absent', () => {
    expect(validateInputs(specifications, { dose: null, code: 'a', draws: null })).toEqual([
      { input: 'dose', code: 'missing' },
    ])
  })

  it('write ranges as intervals', () => {
    expect(describeRange({ min: 1, max: 2, exclusiveMax: true }, 'kg')).toBe('[1, 2) kg')
  })
})
