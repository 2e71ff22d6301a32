/** Every real bundle of the optional test data parses, validates and maps. */
import { beforeAll, expect, it } from '@jest/globals'
import type { Bundle } from 'fhir/r4.js'
import { checkBundle } from '../../../src/interop/fhir/bundle.js'
import { DEFAULT_LIMITS } from '../../../src/interop/fhir/json-guard.js'
import { planIngestion, type IngestionPlan } from '../../../src/interop/fhir/plan-ingestion.js'
import { validateEntries } from '../../../src/interop/fhir/validate-entries.js'
import { loadDefinitions } from '../../../src/interop/fhir/validate-resource.js'
import { describeWithSharedData } from '../../support/shared-data.js'
import { context, digest, InMemoryRecorder, ingestWith } from './support/in-memory-recorder.js'
import { bundlesIn } from './support/shared-bundles.js'

interface Planned {
  name: string
  bundle: Bundle
  plan: IngestionPlan
}

/** Validation is most of the work, so each folder is planned once for all of its specifications. */
const planned = new Map<string, Promise<Planned[]>>()

function plansOf(folder: string): Promise<Planned[]> {
  const known = planned.get(folder) ?? planAll(folder)
  planned.set(folder, known)
  return known
}

async function planAll(folder: string): Promise<Planned[]> {
  loadDefinitions()
  const all: Planned[] = []
  for (const { name, bundle } of bundlesIn(folder)) {
    const checked = checkBundle(bundle, DEFAULT_LIMITS)
    const invalid = await validateEntries(checked)
    const plan = planIngestion(checked, { source: 'test', digest, invalid })
    all.push({ name, bundle, plan })
  }
  return all
}

function factsOf(plan: IngestionPlan) {
  return plan.records.flatMap((record) => record.facts.map(({ fact }) => fact))
}

for (const folder of ['synthea-r4', 'nhanes/fhir-r4']) {
  describeWithSharedData(`bundles of ${folder}`, folder, (path) => {
    beforeAll(() => plansOf(path))

    it('are all taken, one record each, without a refused entry', async () => {
      for (const { name, plan } of await plansOf(path)) {
        const refused = plan.entries.filter((entry) => entry.as === 'refused')
        expect({ name, refused, records: plan.records.length }).toEqual({ name, refused: [], records: 1 })
      }
    })

    it('give every observation a fact with a value or the reason why there is none', async () => {
      for (const { bundle, plan } of await plansOf(path)) {
        const sent = bundle.entry?.filter((entry) => entry.resource?.resourceType === 'Observation').length
        const observations = factsOf(plan).filter((fact) => fact.kind === 'observation')
        expect(observations).toHaveLength(sent ?? 0)
        for (const { quantity, coded, text, boolean, absent, components } of observations) {
          const values = [quantity, coded, text, boolean, absent].filter((value) => value !== undefined)
          expect(values.length + (components?.length ? 1 : 0)).toBe(1)
        }
      }
    })

    it('are recorded once however often they are sent', async () => {
      const recorder = new InMemoryRecorder()
      const ingest = ingestWith(recorder)
      const [first, second] = await plansOf(path)
      for (const sent of [first, second, first]) await ingest.execute(context, sent?.bundle)
      const recorded = new Map(recorder.facts)
      const { response } = await ingest.execute(context, second?.bundle)
      expect(response.entry?.filter((entry) => entry.response?.status !== '200 OK')).toEqual([])
      expect(recorder.facts).toEqual(recorded)
    })
  })
}

describeWithSharedData('traps of Synthea', 'synthea-r4', (path) => {
  it('blood pressure comes as two components', async () => {
    for (const { plan } of await plansOf(path)) {
      const pressures = factsOf(plan).filter((fact) => fact.kind === 'observation' && fact.components !== undefined)
      for (const fact of pressures) {
        const codes = fact.kind === 'observation' ? fact.components?.map(({ code }) => code.code) : []
        expect(codes?.sort()).toEqual(['8462-4', '8480-6'])
      }
    }
  })

  it('red cell width in fL keeps its unit, and eGFR both of its units', async () => {
    const units = new Map<string, Set<string>>()
    for (const { plan } of await plansOf(path)) {
      for (const fact of factsOf(plan)) {
        if (fact.kind !== 'observation' || !fact.quantity) continue
        units.set(fact.code.code, (units.get(fact.code.code) ?? new Set()).add(fact.quantity.unit))
      }
    }
    expect([...(units.get('21000-5') ?? [])]).toEqual(['fL'])
    expect([...(units.get('33914-3') ?? [])].sort()).toEqual(['mL/min', 'mL/min/{1.73_m2}'])
  })

  it('reports name the observations of the same bundle', async () => {
    for (const { plan } of await plansOf(path)) {
      const keys = new Set(plan.records[0]?.facts.map(({ key }) => key))
      for (const fact of factsOf(plan)) {
        if (fact.kind !== 'report') continue
        expect(fact.results.length).toBeGreaterThan(0)
        expect(fact.results.every((key) => keys.has(key))).toBe(true)
      }
    }
  })
})
