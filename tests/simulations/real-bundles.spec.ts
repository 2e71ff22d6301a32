/**
 * Every real bundle of the optional test data gives PREVENT and PhenoAge a result or the exact reason why not, on the day of
 * its last observation. TWIN_LEDGER_TEST_TABLE=1 prints the table.
 */
import { randomUUID } from 'node:crypto'
import { expect, it } from '@jest/globals'
import { checkBundle } from '../../src/interop/fhir/bundle.js'
import { DEFAULT_LIMITS } from '../../src/interop/fhir/json-guard.js'
import { planIngestion } from '../../src/interop/fhir/plan-ingestion.js'
import { findModel } from '../../src/models/registry/find-model.js'
import { earliestDay } from '../../src/simulations/inputs/calendar.js'
import type { InputReason } from '../../src/simulations/inputs/chosen-input.js'
import { mappingOf } from '../../src/simulations/inputs/mappings.js'
import { modelInput, selectInputs } from '../../src/simulations/inputs/select-inputs.js'
import { factsOfKind, recordOf, type TwinRecord } from '../../src/simulations/inputs/twin-record.js'
import { ingest } from '../../src/twins/ingestion.js'
import { proposalOn } from '../../src/twins/proposal.js'
import { viewOf } from '../../src/twins/twin-view.js'
import { UNREGISTERED } from '../../src/twins/twin-state.js'
import { digest } from '../interop/fhir/support/in-memory-recorder.js'
import { bundlesIn } from '../interop/fhir/support/shared-bundles.js'
import { describeWithSharedData } from '../support/shared-data.js'

interface Outcome {
  name: string
  day: string
  /** `y10.total_cvd`, years, or null when the model was refused. */
  result: number | null
  reasons: readonly InputReason[]
}

const RESULTS = {
  'cvd.prevent-2023': (outputs: object) => (outputs as { y10: { total_cvd: number } }).y10.total_cvd,
  'ageing.phenoage-2018': (outputs: object) => (outputs as { phenoAge: number }).phenoAge,
} as const
type Model = keyof typeof RESULTS

/** Through the same plan and the same quality rules as in the service. */
function twinOf(bundle: unknown): TwinRecord {
  const [record] = planIngestion(checkBundle(bundle, DEFAULT_LIMITS), {
    source: 'test',
    digest,
    invalid: new Map(),
  }).records
  const { proposal } = ingest(proposalOn(randomUUID(), UNREGISTERED), record!, {
    at: '2026-01-15T00:00:00Z',
    name: () => randomUUID(),
    deriveEventId: (...parts) => digest(parts.join('\n')),
    custody: { controller: 'hospital', owner: 'hospital' },
  })
  return recordOf(viewOf(proposal.state, 'full'))
}

function lastObservation(record: TwinRecord): string {
  const days = factsOfKind(record, 'observation').map(({ fact }) => earliestDay(fact.effective?.at ?? '') ?? '')
  return days.sort().at(-1)!
}

function outcomeOf(id: Model, name: string, record: TwinRecord): Outcome {
  const model = findModel(id)
  const day = lastObservation(record)
  const { inputs, reasons } = selectInputs(model, mappingOf(id), record, day)
  const result = reasons.length === 0 ? RESULTS[id](model.evaluate(modelInput(inputs))) : null
  return { name: name.slice(0, 24), day, result, reasons }
}

const outcomes = new Map<string, Record<Model, Outcome[]>>()

function outcomesOf(folder: string): Record<Model, Outcome[]> {
  const known = outcomes.get(folder)
  if (known) return known
  const records = [...bundlesIn(folder)].map(({ name, bundle }) => ({ name, record: twinOf(bundle) }))
  const of = (id: Model) => records.map(({ name, record }) => outcomeOf(id, name, record))
  const all = { 'cvd.prevent-2023': of('cvd.prevent-2023'), 'ageing.phenoage-2018': of('ageing.phenoage-2018') }
  outcomes.set(folder, all)
  if (process.env.TWIN_LEDGER_TEST_TABLE) process.stderr.write(`${tableOf(all)}\n`)
  return all
}

function tableOf(all: Record<Model, Outcome[]>): string {
  const cell = ({ result, reasons }: Outcome) =>
    result === null ? reasons.map(({ input, code }) => `${input} ${code}`).join(', ') : String(result)
  return Object.entries(all)
    .flatMap(([id, of]) => of.map((outcome) => `${id}\t${outcome.day}\t${outcome.name}\t${cell(outcome)}`))
    .join('\n')
}

const count = (of: Outcome[], holds: (outcome: Outcome) => boolean) => of.filter(holds).length
const isRefusedFor =
  (input: string, code: string) =>
  ({ reasons }: Outcome) =>
    reasons.some((reason) => reason.input === input && reason.code === code)

for (const folder of ['synthea-r4', 'nhanes/fhir-r4']) {
  describeWithSharedData(`bundles of ${folder}`, folder, (path) => {
    it.each(Object.keys(RESULTS) as Model[])('each gives %s a result or an exact reason', (id) => {
      const all = outcomesOf(path)[id]
      expect(all.length).toBeGreaterThan(0)
      for (const { name, result, reasons } of all) {
        if (result !== null) expect({ name, finite: Number.isFinite(result) }).toEqual({ name, finite: true })
        else expect(reasons.length).toBeGreaterThan(0)
        const names = [...findModel(id).inputs.map((input) => input.name)]
        expect(names).toEqual(expect.arrayContaining(reasons.map(({ input }) => input)))
      }
    })
  })
}

describeWithSharedData('Synthea', 'synthea-r4', (path) => {
  it('gives PREVENT results for some, and never satisfies PhenoAge: its red cell width is in fL', () => {
    const { 'cvd.prevent-2023': prevent, 'ageing.phenoage-2018': phenoAge } = outcomesOf(path)
    expect(count(prevent, ({ result }) => result !== null)).toBeGreaterThan(0)
    expect(count(phenoAge, ({ result }) => result !== null)).toBe(0)
    expect(count(phenoAge, isRefusedFor('rdw_pct', 'missing'))).toBe(phenoAge.length)
  })
})

describeWithSharedData('NHANES', 'nhanes/fhir-r4', (path) => {
  it('has all nine markers of PhenoAge and a year of birth, which gives no age; nobody was asked about smoking', () => {
    const { 'cvd.prevent-2023': prevent, 'ageing.phenoage-2018': phenoAge } = outcomesOf(path)
    expect(phenoAge.map(({ reasons }) => reasons)).toEqual(phenoAge.map(() => [{ input: 'age', code: 'imprecise' }]))
    expect(count(prevent, isRefusedFor('smoking', 'missing'))).toBe(prevent.length)
  })
})
