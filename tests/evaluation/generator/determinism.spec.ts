import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { generatePatients } from '../../../src/evaluation/generator/index.js'
import { ofType, population, REFERENCE_DATE } from './support/population.js'

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex')

describe('the generator is deterministic', () => {
  it('gives the same bytes for the same seed, count and reference date', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 4 }), (seed, count) => {
        expect(digest(population(count, seed))).toBe(digest(population(count, seed)))
      }),
      { numRuns: 15 },
    )
  })

  it('gives the bytes it has always given, on every platform', () => {
    expect(digest(population(3, 42).map(({ bundle }) => bundle))).toBe(
      'c03b231e611c1edd4fbf39b5e91fdb0fba7f468dbc264f571fdd2f82478222c0',
    )
  })

  it('does not change a patient when more are asked for', () => {
    expect(digest(population(65).slice(0, 5))).toBe(digest(population(5)))
  })

  it('gives other people for another seed', () => {
    expect(digest(population(1, 1))).not.toBe(digest(population(1, 2)))
  })

  it('gives people of different seeds different record numbers', () => {
    const numbers = [1, 2].flatMap((seed) =>
      population(5, seed).flatMap((patient) =>
        ofType(patient, 'Patient').map(({ identifier }) => identifier?.[0]?.value),
      ),
    )
    expect(new Set(numbers).size).toBe(10)
  })

  it('generates one patient at a time and can be read again', () => {
    const patients = generatePatients({ count: 1_000_000, seed: 1, referenceDate: REFERENCE_DATE })
    const first = () => patients[Symbol.iterator]().next().value
    expect(digest(first())).toBe(digest(first()))
  })
})

describe('the generator refuses what it cannot read', () => {
  it.each([
    [{ count: -1, seed: 1, referenceDate: REFERENCE_DATE }, 'generator-options-invalid'],
    [{ count: 1.5, seed: 1, referenceDate: REFERENCE_DATE }, 'generator-options-invalid'],
    [{ count: 1, seed: NaN, referenceDate: REFERENCE_DATE }, 'generator-options-invalid'],
    [{ count: 1, seed: 1, referenceDate: '2026-02-30' }, 'generator-reference-date-invalid'],
    [{ count: 1, seed: 1, referenceDate: '1 November 2026' }, 'generator-reference-date-invalid'],
  ])('%j', (options, code) => {
    expect(() => generatePatients(options)).toThrow(expect.objectContaining({ code }))
  })
})
