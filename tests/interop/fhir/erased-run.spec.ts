import { describe, expect, it } from '@jest/globals'
import { riskAssessment } from '../../../src/interop/fhir/runs/risk-assessment.js'
import type { RunView } from '../../../src/simulations/queries/get-run.js'

describe('a run whose values were erased, in FHIR', () => {
  it('says that a result is absent, and does not look like a run without one', () => {
    const request = { model: 'cvd.prevent-2023', version: '1.0.0', twin: 'twin-1', use: { stamp: 'exploratory' } }
    const run = { run: 'run-1', subject: 'subject-1', request, result: null, steps: [] } as unknown as RunView
    expect(riskAssessment(run).prediction).toEqual([
      {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
        outcome: { text: '[erased]' },
      },
    ])
  })
})
