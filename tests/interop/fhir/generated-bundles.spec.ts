/** What the project generates, it also takes. */
import { describe, expect, it } from '@jest/globals'
import { generatePatients } from '../../../src/evaluation/generator/generate-patients.js'
import { context, InMemoryRecorder, ingestWith } from './support/in-memory-recorder.js'

describe('generated patients', () => {
  const patients = [...generatePatients({ count: 12, seed: 7, referenceDate: '2026-01-15' })]

  it('are taken whole, each as one record', async () => {
    const recorder = new InMemoryRecorder()
    for (const { bundle } of patients) await ingestWith(recorder).execute(context, bundle)
    expect(recorder.received).toHaveLength(patients.length)
  })

  it('give facts and no evidence: whatever is generated can be interpreted', async () => {
    const recorder = new InMemoryRecorder()
    for (const { bundle } of patients) await ingestWith(recorder).execute(context, bundle)
    const facts = recorder.received.flatMap((record) => record.facts.map(({ fact }) => fact))
    const notInterpreted = facts.filter((fact) => fact.kind === 'evidence' && fact.resourceType !== 'Encounter')
    expect(notInterpreted).toEqual([])
    const genotypes = facts.filter((fact) => fact.kind === 'genotype')
    expect(new Set(genotypes.map(({ gene }) => gene))).toEqual(new Set(['CYP2C9', 'CYP2C19', 'VKORC1']))
  })
})
