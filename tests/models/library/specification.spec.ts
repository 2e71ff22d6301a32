import { describe, expect, it } from '@jest/globals'
import { type InputSpecification, type NumberSpecification } from '../../../src/models/input-specification.js'
import { MODEL_LIBRARY } from '../../../src/models/library/index.js'
import { riskTier } from '../../../src/models/model-card.js'
import { ModelRefusal } from '../../../src/models/model-refusal.js'
import { validateInputs } from '../../../src/models/validate-inputs.js'

/** Every number specification of a model, with the path a refusal names it by and an input that holds only it. */
function numbersOf(
  specifications: readonly InputSpecification[],
  prefix = '',
): { path: string; specification: NumberSpecification; wrap: (value: number) => object }[] {
  return specifications.flatMap((specification) => {
    if (specification.kind === 'number') {
      const wrap = (value: number): object => ({ [specification.name]: value })
      return [{ path: prefix + specification.name, specification, wrap }]
    }
    if (specification.kind !== 'group') return []
    return numbersOf(specification.members, `${prefix}${specification.name}.`).map((inner) => ({
      ...inner,
      wrap: (value: number) => ({ [specification.name]: inner.wrap(value) }),
    }))
  })
}

/** A step that is small beside a limit and does not vanish in it. */
const nextTo = (limit: number): number => Math.max(Math.abs(limit) * 1e-9, 1e-9)

describe('the library', () => {
  it('names every model once and lists them in order', () => {
    const ids = MODEL_LIBRARY.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe.each(MODEL_LIBRARY.map((model) => [model.id, model] as const))('%s', (id, model) => {
  it('has a card of its own version that covers its required inputs, with the tier of its risk', () => {
    expect(model.card.id).toBe(id)
    expect(model.card.version).toBe(model.version)
    expect(model.version).toMatch(/^\d+\.\d+\.\d+$/)
    expect(model.card.doi.every((doi) => /^10\.\d{4,}\//.test(doi))).toBe(true)
    const { influence, consequence, tier } = model.card.risk
    expect(tier).toBe(riskTier(influence, consequence))
    const carded = model.card.inputs.map(({ name }) => name)
    const required = model.inputs.filter(({ optional }) => optional !== true).map(({ name }) => name)
    expect(required.filter((name) => !carded.includes(name))).toEqual([])
  })

  it('has coefficients that survive a trip through JSON, so that their digest covers all of them', () => {
    expect(JSON.parse(JSON.stringify(model.coefficients))).toEqual(model.coefficients)
  })

  it('names every missing input at once', () => {
    const required = model.inputs.filter(({ optional }) => optional !== true).map(({ name }) => name)
    const missing = model.refusals({}).filter(({ code }) => code === 'missing')
    expect(missing.map(({ input }) => input)).toEqual(expect.arrayContaining(required))
    expect(() => model.evaluate({})).toThrow(ModelRefusal)
  })

  it('accepts the ends of every range and refuses just outside', () => {
    for (const { path, specification, wrap } of numbersOf(model.inputs)) {
      const { min, max, exclusiveMin, exclusiveMax } = specification.range ?? {}
      const outOfRange = (value: number): boolean =>
        validateInputs(model.inputs, wrap(value)).some(({ input, code }) => input === path && code === 'out-of-range')
      if (min !== undefined) {
        expect([path, outOfRange(min)]).toEqual([path, exclusiveMin === true])
        expect([path, outOfRange(min - nextTo(min))]).toEqual([path, true])
      }
      if (max !== undefined) {
        expect([path, outOfRange(max)]).toEqual([path, exclusiveMax === true])
        expect([path, outOfRange(max + nextTo(max))]).toEqual([path, true])
      }
    }
  })

  it('refuses what is not a finite number where one belongs', () => {
    for (const { path, wrap } of numbersOf(model.inputs)) {
      for (const value of [Number.NaN, Infinity, '7', true]) {
        const reasons = validateInputs(model.inputs, wrap(value as number))
        expect(reasons).toContainEqual({ input: path, code: 'wrong-type', limit: 'finite number' })
      }
    }
  })
})
