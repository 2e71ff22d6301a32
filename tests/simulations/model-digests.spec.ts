import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { transformSync } from '@swc/core'
import { MODEL_LIBRARY } from '../../src/models/library/index.js'
import { findModel } from '../../src/models/registry/find-model.js'
import { modelDigests } from '../../src/models/registry/model-digests.js'
import { runtime } from '../../src/models/registry/runtime.js'

describe('what identifies a model', () => {
  it.each(MODEL_LIBRARY.map((model) => [model.id, model] as const))('%s has digests of its own', (_, model) => {
    const digests = modelDigests(model)
    expect(digests.code).toMatch(/^[0-9a-f]{64}$/)
    expect(digests.coefficients).toMatch(/^[0-9a-f]{64}$/)
    const others = MODEL_LIBRARY.filter((other) => other !== model).map((other) => modelDigests(other).code)
    expect(others).not.toContain(digests.code)
  })

  it('one changed coefficient is another digest', () => {
    const model = findModel('ageing.phenoage-2018')
    const changed = { ...model, coefficients: { ...model.coefficients, intercept: -19.9 } }
    expect(modelDigests(changed).coefficients).not.toBe(modelDigests(model).coefficients)
    expect(modelDigests(changed).code).toBe(modelDigests(model).code)
  })

  it('the compiler keeps the text that is digested in its source maps', () => {
    const path = new URL('../../src/models/library/ageing-phenoage-2018/model.ts', import.meta.url)
    const text = readFileSync(path, 'utf8')
    const { map } = transformSync(text, { filename: path.pathname, sourceMaps: true })
    expect((JSON.parse(map!) as { sourcesContent: string[] }).sourcesContent).toEqual([text])
  })

  it('the runtime is measured once', () => {
    expect(runtime()).toMatchObject({
      node: process.versions.node,
      selfTest: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    })
    expect(runtime()).toBe(runtime())
  })
})
