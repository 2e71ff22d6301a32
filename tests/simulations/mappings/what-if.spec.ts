/** A twin treated otherwise: who it is comes from the record, what would be otherwise from whoever asks. */
import { describe, expect, it } from '@jest/globals'
import { findModel } from '../../../src/models/registry/find-model.js'
import type { HeartDrugsOutput } from '../../../src/models/library/cvd-what-if-drugs/model.js'
import { chooseFor, drug, measured, P1_FACTS, twinWith } from '../support.js'

const facts = [...Object.values(P1_FACTS).flat(), measured('13457-7', 155, 'mg/dL')] as Parameters<typeof twinWith>[0]
const plan = { newStatin: 'atorvastatin', dose_mg: 40, bpDrugs: 1 }

describe('Drugs for the heart', () => {
  it('asks who orders the run for the drugs alone', () => {
    const { input, inputs, reasons } = chooseFor('cvd.what-if-drugs', twinWith(facts), plan)
    expect(reasons).toEqual([])
    const stated = inputs.filter(({ basis }) => basis === 'stated').map(({ input: name }) => name)
    expect(stated).toEqual(['newStatin', 'dose_mg', 'bpDrugs'])
    const { untreated, treated } = findModel('cvd.what-if-drugs').evaluate(input) as HeartDrugsOutput
    expect(treated.ascvd10).toBeLessThan(untreated.ascvd10)
  })

  it('is refused without a plan, and takes no record from who orders it', () => {
    const missing = chooseFor('cvd.what-if-drugs', twinWith(facts), {}).reasons
    expect(missing).toEqual([expect.objectContaining({ input: 'bpDrugs', code: 'parameter-missing' })])
    const foreign = chooseFor('cvd.what-if-drugs', twinWith(facts), { ...plan, sbp: 120 }).reasons
    expect(foreign).toEqual([expect.objectContaining({ input: 'sbp' })])
  })

  it('leaves it to the model to refuse a second statin', () => {
    const { input } = chooseFor('cvd.what-if-drugs', twinWith([...facts, drug('83367')]), plan)
    const refusals = findModel('cvd.what-if-drugs').refusals(input)
    expect(refusals.map(({ input: name, code }) => [name, code])).toEqual([['newStatin', 'not-applicable']])
  })
})
