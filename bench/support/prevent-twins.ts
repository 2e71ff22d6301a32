/** Twins whose records give PREVENT all of its inputs, each with a consent: what a cohort is measured on. */
import { randomUUID } from 'node:crypto'
import type { CommandContext } from '../../src/journal/command-context.js'
import type { DomainEvent } from '../../src/journal/event-type.js'
import type { Journal } from '../../src/journal/journal.js'

const LOINC = 'http://loinc.org'
const SNOMED = 'http://snomed.info/sct'
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const source = { system: 'bench' }
/** Twins that are written at the same time. */
const AT_ONCE = 250

const clerk = (): CommandContext => ({ actor: { id: 'bench', role: 'investigator' }, correlation: randomUUID() })

const measured = (code: string, value: number, unit: string): DomainEvent => ({
  type: 'twin.observation-recorded',
  data: {
    kind: 'observation',
    code: { system: LOINC, code },
    quantity: { value, unit },
    status: 'final',
    effective: { at: '2026-03-01T09:00:00Z' },
    source,
  },
})

/** Two events about who it is, ten facts; the numbers differ from twin to twin. */
function recordOf(number: number): DomainEvent[] {
  const spread = number % 40
  return [
    { type: 'twin.registered', data: { controller: 'bench', owner: 'bench', source: 'bench' } },
    {
      type: 'twin.demographics-recorded',
      data: { sex: number % 2 ? 'male' : 'female', birthDate: `19${60 + (number % 25)}-02-10`, source },
    },
    measured('8480-6', 110 + spread, 'mm[Hg]'),
    measured('2093-3', 160 + spread, 'mg/dL'),
    measured('2085-9', 40 + (number % 20), 'mg/dL'),
    measured('98979-8', 70 + (number % 30), 'mL/min/{1.73_m2}'),
    measured('39156-5', 22 + (number % 14), 'kg/m2'),
    measured('4548-4', 5 + (number % 3), '%'),
    measured('8867-4', 60 + spread, '/min'),
    {
      type: 'twin.observation-recorded',
      data: {
        kind: 'observation',
        code: { system: LOINC, code: '72166-2' },
        coded: { system: SNOMED, code: number % 3 ? '266919005' : '8517006' },
        status: 'final',
        effective: { at: '2026-03-01' },
        source,
      },
    },
    {
      type: 'twin.condition-recorded',
      data: {
        kind: 'condition',
        code: { system: SNOMED, code: number % 5 ? '38341003' : '44054006' },
        clinicalStatus: 'active',
        verificationStatus: 'confirmed',
        onset: { at: '2019-05-01' },
        source,
      },
    },
    {
      type: 'twin.medication-recorded',
      data: {
        kind: 'medication',
        code: { system: RXNORM, code: '29046' },
        intent: 'order',
        status: 'active',
        period: { at: '2020-01-01' },
        source,
      },
    },
  ]
}

const consent = (): DomainEvent => ({
  type: 'consent.given',
  data: {
    consent: randomUUID(),
    scope: {
      purposes: ['HRESCH'],
      duo: ['DUO:0000006'],
      modelClasses: ['cvd'],
      dataCategories: 'any',
      controller: 'bench',
    },
    notice: { id: 'bench-notice', version: '1', language: 'en', sha256: null },
    method: 'electronic',
    by: 'subject',
    givenAt: '2026-01-01T00:00:00.000Z',
  },
})

/** @returns the ids of the twins */
export async function writePreventTwins(journal: Journal, count: number): Promise<string[]> {
  const twins = Array.from({ length: count }, () => randomUUID())
  const write = async (twin: string, subject: string, number: number) => {
    const entries = recordOf(number).map((event) => ({ event, subject }))
    await journal.append(clerk(), [
      { stream: `twin-${twin}`, expectedRevision: 'no-stream', entries },
      { stream: `consent-${subject}`, expectedRevision: 'no-stream', entries: [{ event: consent(), subject }] },
    ])
  }
  for (let from = 0; from < count; from += AT_ONCE) {
    const together = twins.slice(from, from + AT_ONCE)
    const subjects = together.map(() => randomUUID())
    await journal.prepareSealing(subjects, 'identity')
    await Promise.all(together.map((twin, index) => write(twin, subjects[index]!, from + index)))
  }
  return twins
}
