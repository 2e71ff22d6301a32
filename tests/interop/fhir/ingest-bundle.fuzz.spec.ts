/** Whatever is done to a valid bundle: it is answered or refused with a code, and never breaks anything. */
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Bundle, FhirResource } from 'fhir/r4.js'
import { checkBundle } from '../../../src/interop/fhir/bundle.js'
import { DEFAULT_LIMITS } from '../../../src/interop/fhir/json-guard.js'
import { planIngestion } from '../../../src/interop/fhir/plan-ingestion.js'
import { validateEntries } from '../../../src/interop/fhir/validate-entries.js'
import { TwinLedgerError } from '../../../src/platform/errors.js'
import { cholesterol, patient, PATIENT_URL, transaction, uuid } from './support/bundles.js'
import { context, digest, InMemoryRecorder, ingestWith } from './support/in-memory-recorder.js'

const subject = { reference: PATIENT_URL }
const coded = (system: string, code: string) => ({ coding: [{ system, code }] })

/** One of everything that is interpreted. */
const valid: Bundle = transaction(
  patient({ name: [{ family: 'Treviño', given: ['José'] }], telecom: [{ system: 'phone', value: '555' }] }),
  cholesterol(),
  {
    ...cholesterol({ id: uuid('2') }),
    code: coded('http://loinc.org', '84413-4'),
    valueQuantity: undefined,
    valueCodeableConcept: { text: '*1/*2' },
    component: [{ code: coded('http://loinc.org', '48018-6'), valueString: 'CYP2C19' }],
  } as FhirResource,
  { resourceType: 'Condition', id: uuid('3'), subject, code: coded('http://snomed.info/sct', '44054006') },
  {
    resourceType: 'MedicationRequest',
    id: uuid('4'),
    subject,
    status: 'active',
    intent: 'order',
    contained: [{ resourceType: 'Medication', id: 'm', code: coded('urn:drug', '1') } as FhirResource],
    medicationReference: { reference: '#m' },
    dosageInstruction: [{ text: 'daily', doseAndRate: [{ doseQuantity: { value: 1, unit: 'mg' } }] }],
  },
  { resourceType: 'Procedure', id: uuid('5'), subject, status: 'completed', performedPeriod: { start: '2020' } },
  {
    resourceType: 'DiagnosticReport',
    id: uuid('6'),
    subject,
    status: 'final',
    code: coded('http://loinc.org', '57698-3'),
    result: [{ reference: `urn:uuid:${uuid('b')}` }],
  },
  { resourceType: 'Flag', id: uuid('7'), subject, status: 'active', code: { text: 'x' } },
)
const validText = JSON.stringify(valid)

type Path = (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const steps: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [path, ...steps.flatMap(([step, member]) => pathsOf(member, [...path, step]))]
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(null, '', ' ', -1, 1e308, [], {}, [null], [[]], '\u0000', '2023-02-30', 'urn:uuid:x', '__proto__'),
  fc.constantFrom(...pathsOf(valid).map((path) => at(JSON.parse(validText), path))),
)

const mutation = fc.record({
  path: fc.constantFrom(...pathsOf(valid).filter((path) => path.length > 0)),
  change: fc.oneof(
    fc.record({ do: fc.constant('replace' as const), value: anything }),
    fc.record({ do: fc.constant('remove' as const) }),
    fc.record({ do: fc.constant('wrap' as const) }),
    fc.record({
      do: fc.constant('add' as const),
      key: fc.oneof(fc.constantFrom('toString', 'modifierExtension', '_status', 'contained', 'id'), fc.string()),
      value: anything,
    }),
  ),
})

function at(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown> | null)?.[step], document)
}

function mutate(document: unknown, { path, change }: typeof mutation extends fc.Arbitrary<infer M> ? M : never): void {
  const parent = at(document, path.slice(0, -1))
  const step = path.at(-1) as string | number
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, step)) return
  const holder = parent as Record<string | number, unknown>
  const value = holder[step]
  switch (change.do) {
    case 'replace':
      holder[step] = change.value
      break
    case 'remove':
      delete holder[step]
      break
    case 'wrap':
      holder[step] = [value]
      break
    case 'add':
      if (typeof value === 'object' && value !== null && change.key !== '__proto__') {
        ;(value as Record<string, unknown>)[change.key] = change.value
      }
  }
}

const mutated = fc.array(mutation, { minLength: 1, maxLength: 4 }).map((mutations) => {
  const document: unknown = JSON.parse(validText)
  for (const one of mutations) mutate(document, one)
  return JSON.parse(JSON.stringify(document)) as unknown
})

describe('a valid bundle that was tampered with', () => {
  it('is valid to begin with', async () => {
    const { response } = await ingestWith(new InMemoryRecorder()).execute(context, valid)
    expect(new Set(response.entry?.map((answer) => answer.response?.status))).toEqual(new Set(['201 Created']))
  })

  // proves TL-FHR-002
  it.each(['transaction', 'batch'])('is answered or refused with a code, as a %s', async (type) => {
    await fc.assert(
      fc.asyncProperty(mutated, async (document) => {
        if (typeof document === 'object' && document !== null && 'type' in document) document.type = type
        try {
          const { response } = await ingestWith(new InMemoryRecorder()).execute(context, document)
          for (const answer of response.entry ?? []) expect(answer.response?.status).toMatch(/^(200|201|4\d\d) \w/)
        } catch (error) {
          if (!(error instanceof TwinLedgerError)) throw error
          expect(error.code).toMatch(/^[a-z0-9-]+$/)
          expect(error.status).toBeLessThan(500)
        }
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('is mapped the same way each time, and left as it was', async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (document) => {
        const before = JSON.stringify(document)
        const plan = async () => {
          const checked = checkBundle(document, DEFAULT_LIMITS)
          return planIngestion(checked, { source: 'test', digest, invalid: await validateEntries(checked) })
        }
        const refusal = (error: unknown) => (error as TwinLedgerError).code
        expect(await plan().catch(refusal)).toEqual(await plan().catch(refusal))
        expect(JSON.stringify(document)).toBe(before)
      }),
      { numRuns: 100 },
    )
  })
})
