/** What this room plans, the twins' own decision model takes: the two agree on keys, contents and references. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { generatePatients } from '../../../src/evaluation/generator/generate-patients.js'
import { checkBundle } from '../../../src/interop/fhir/bundle.js'
import { DEFAULT_LIMITS } from '../../../src/interop/fhir/json-guard.js'
import { planIngestion } from '../../../src/interop/fhir/plan-ingestion.js'
import type { PatientRecord } from '../../../src/twins/commands/ingest-patient-record.js'
import { items } from '../../../src/twins/chain.js'
import { ingest } from '../../../src/twins/ingestion.js'
import { proposalOn } from '../../../src/twins/proposal.js'
import { UNREGISTERED } from '../../../src/twins/twin-state.js'
import { digest } from './support/in-memory-recorder.js'

const uuidOf = (...parts: string[]) => digest(parts.join('\n'))
const ingesting = {
  at: '2026-01-15T00:00:00Z',
  name: () => randomUUID(),
  deriveEventId: uuidOf,
  custody: { controller: 'hospital', owner: 'hospital' },
}

function recordOf(bundle: unknown): PatientRecord {
  const checked = checkBundle(bundle, DEFAULT_LIMITS)
  const [record] = planIngestion(checked, { source: 'hospital', digest, invalid: new Map() }).records
  if (!record) throw new Error('Nothing was planned')
  return record
}

describe('a planned record', () => {
  const [generated] = generatePatients({ count: 1, seed: 3, referenceDate: '2026-01-15' })
  const record = recordOf(generated?.bundle)
  const first = ingest(proposalOn(randomUUID(), UNREGISTERED), record, ingesting)

  it('is recorded whole', () => {
    expect(record.facts.length).toBeGreaterThan(20)
    expect(new Set(first.placed.map(({ outcome }) => outcome))).toEqual(new Set(['recorded']))
  })

  it('is known when it comes again', () => {
    const again = ingest(first.proposal, recordOf(generated?.bundle), ingesting)
    expect(again.proposal.events).toBe(first.proposal.events)
    expect(again.placed.map(({ eventId }) => eventId)).toEqual(first.placed.map(({ eventId }) => eventId))
    expect(new Set(again.placed.map(({ outcome }) => outcome))).toEqual(new Set(['already-recorded']))
  })

  it('has reports whose results become the events of their observations', () => {
    const ids = new Set(first.placed.map(({ eventId }) => eventId))
    const reports = record.facts.filter(({ fact }) => fact.kind === 'report')
    expect(reports.length).toBeGreaterThan(0)
    for (const { event } of items(first.proposal.events)) {
      const { type, data } = event
      if (type === 'twin.report-recorded') expect(data.results.every((result) => ids.has(result))).toBe(true)
    }
  })
})
