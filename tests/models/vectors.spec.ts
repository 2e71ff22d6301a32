import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { MODEL_LIBRARY } from '../../src/models/library/index.js'
import { ModelRefusal } from '../../src/models/model-refusal.js'
import { compareWithExpected, expectsRefusal, type Tolerance } from './support/compare-vector.js'
import { readCurveOfVector } from './support/sampled-vectors.js'

interface Vector {
  readonly id: string
  readonly inputs: object
  readonly expected: unknown
  readonly tolerance: Tolerance
}

interface VectorFile {
  readonly models: Readonly<Record<string, { readonly vectors: readonly Vector[] }>>
}

/** MODEL_VECTORS names another file of the same shape; without it the copy in this folder is used. */
const path = process.env.MODEL_VECTORS ?? new URL('./public-vectors.json', import.meta.url)
const file = JSON.parse(readFileSync(path, 'utf8')) as VectorFile

// proves TL-MOD-001
describe.each(Object.entries(file.models))('%s', (id, { vectors }) => {
  const model = MODEL_LIBRARY.find((candidate) => candidate.id === id)

  it('is a model of the library', () => {
    expect(MODEL_LIBRARY.map((candidate) => candidate.id)).toContain(id)
  })

  it.each(vectors.map((vector) => [vector.id, vector] as const))('vector %s', (_id, vector) => {
    if (model === undefined) throw new Error(`No model has the id ${id}.`)
    if (expectsRefusal(vector.expected)) {
      expect(() => model.evaluate(vector.inputs)).toThrow(ModelRefusal)
      return
    }
    const { inputs, expected } = readCurveOfVector(id, vector.inputs, vector.expected)
    expect(compareWithExpected(model.evaluate(inputs), expected, vector.tolerance)).toEqual([])
  })
})
