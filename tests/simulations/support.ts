/** A person whose record gives exactly the inputs of the PREVENT vector P1, as facts. */
import { findModel } from '../../src/models/registry/find-model.js'
import { mappingOf } from '../../src/simulations/inputs/mappings.js'
import { modelInput, selectInputs } from '../../src/simulations/inputs/select-inputs.js'
import type { StatedParameters } from '../../src/simulations/inputs/selection.js'
import type { Fact, TwinRecord } from '../../src/simulations/inputs/twin-record.js'

export const DAY = '2026-06-01'
const LOINC = 'http://loinc.org'
const SNOMED = 'http://snomed.info/sct'
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const source = { system: 'clinic-ehr' }

export const measured = (
  code: string,
  value: number,
  unit: string,
  at = '2026-03-01T09:00:00Z',
  more: object = {},
): Fact => ({
  kind: 'observation',
  code: { system: LOINC, code },
  quantity: { value, unit },
  status: 'final',
  effective: { at },
  source,
  ...more,
})

export const pressure = (systolic: number, at = '2026-03-01T09:00:00Z'): Fact => ({
  kind: 'observation',
  code: { system: LOINC, code: '85354-9' },
  components: [
    { code: { system: LOINC, code: '8480-6' }, quantity: { value: systolic, unit: 'mm[Hg]' } },
    { code: { system: LOINC, code: '8462-4' }, quantity: { value: 80, unit: 'mm[Hg]' } },
  ],
  status: 'final',
  effective: { at },
  source,
})

export const smokes = (answer: string, at = '2026-03-01'): Fact => ({
  kind: 'observation',
  code: { system: LOINC, code: '72166-2' },
  coded: { system: SNOMED, code: answer },
  status: 'final',
  effective: { at },
  source,
})

export const diagnosis = (code: string, clinicalStatus = 'active', more: object = {}): Fact => ({
  kind: 'condition',
  code: { system: SNOMED, code },
  clinicalStatus,
  verificationStatus: 'confirmed',
  onset: { at: '2019-05-01' },
  source,
  ...more,
})

export const drug = (code: string, status = 'active', period: object = { at: '2020-01-01' }): Fact => ({
  kind: 'medication',
  code: { system: RXNORM, code },
  intent: 'order',
  status,
  period: period as { at: string },
  source,
})

export const operation = (code: string): Fact => ({
  kind: 'procedure',
  code: { system: SNOMED, code },
  status: 'completed',
  performed: { at: '2018-01-01' },
  source,
})

/** One dose as given. */
export const given = (code: string, amount: number, at: string, until?: string): Fact => ({
  kind: 'medication',
  code: { system: RXNORM, code },
  intent: 'administration',
  status: 'completed',
  dose: { value: amount, unit: 'mg' },
  period: { at, ...(until !== undefined && { until }) },
  source,
})

export const genotype = (gene: string, found: string, at = '2020-01-01'): Fact => ({
  kind: 'genotype',
  gene,
  genotype: found,
  effective: { at },
  source,
})

/** By input of PREVENT, so that a test can take one away or put another in its place. */
export const P1_FACTS: Readonly<Record<string, readonly Fact[]>> = {
  sbp: [pressure(160)],
  bp_tx: [drug('29046')],
  total_c: [measured('2093-3', 200, 'mg/dL')],
  hdl_c: [measured('2085-9', 45, 'mg/dL')],
  dm: [diagnosis('44054006')],
  smoking: [smokes('8517006')],
  egfr: [measured('98979-8', 90, 'mL/min/{1.73_m2}')],
  bmi: [measured('39156-5', 35, 'kg/m2')],
}

export const demographics = { sex: 'female', birthDate: '1976-02-10', source } as const

export const eventId = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** P1 with some of its facts replaced; the nth fact has event id n, from 1. */
export function p1(
  changes: Readonly<Record<string, readonly Fact[]>> = {},
  more: Partial<TwinRecord> = {},
): TwinRecord {
  return {
    demographics: { eventId: eventId(0), value: demographics },
    facts: Object.values({ ...P1_FACTS, ...changes })
      .flat()
      .map((fact, index) => ({ eventId: eventId(index + 1), position: index + 1, fact })),
    errors: [],
    ...more,
  }
}

/** A twin that holds just these facts; the nth has event id n, from 1. */
export function twinWith(facts: readonly Fact[], person: object = demographics): TwinRecord {
  return {
    demographics: { eventId: eventId(0), value: person as typeof demographics },
    facts: facts.map((fact, index) => ({ eventId: eventId(index + 1), position: index + 1, fact })),
    errors: [],
  }
}

/** What the mapping of a model chooses from a twin, on `DAY` unless said otherwise. */
export function chooseFor(id: string, record: TwinRecord, stated: StatedParameters = {}, day = DAY) {
  const model = findModel(id)
  const { inputs, excluded, reasons } = selectInputs(model, mappingOf(id), record, day, stated)
  return { model, inputs, excluded, reasons, input: modelInput(inputs) }
}
