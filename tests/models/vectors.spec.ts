import { describe, expect, it } from '@jest/globals'
import { MODEL_LIBRARY } from '../../src/models/library/index.js'
import { runVector } from '../../src/models/vectors/run-vector.js'
import { readVectorFile } from '../../src/models/vectors/vector-file.js'

/** MODEL_VECTORS names another file of the same shape; without it the copy in this folder is used. */
const { models } = readVectorFile(process.env.MODEL_VECTORS || undefined)

// proves TL-MOD-001
describe.each(Object.entries(models))('%s', (id, { vectors }) => {
  it('is a model of the library', () => {
    expect(MODEL_LIBRARY.map((model) => model.id)).toContain(id)
  })

  it.each(vectors.map((vector) => [vector.id, vector] as const))('vector %s', (_id, vector) => {
    expect(runVector(id, vector).mismatches).toEqual([])
  })
})
