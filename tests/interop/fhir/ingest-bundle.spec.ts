import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Bundle, BundleEntry, FhirResource, Immunization, OperationOutcome, Patient } from 'fhir/r4.js'
import { BundleRefused } from '../../../src/interop/fhir/bundle-refused.js'
import { PatientRecorder } from '../../../src/interop/fhir/patient-recorder.js'
import { Conflict, Unavailable } from '../../../src/platform/errors.js'
import { batch, cholesterol, entry, patient, PATIENT_URL, transaction, uuid } from './support/bundles.js'
import { context, InMemoryRecorder, ingestWith } from './support/in-memory-recorder.js'

let recorder: InMemoryRecorder
beforeEach(() => {
  recorder = new InMemoryRecorder()
})

const send = async (bundle: unknown, source?: string): Promise<Bundle> =>
  (await ingestWith(recorder).execute(context, bundle, { source })).response

const codesOf = (answer: BundleEntry | undefined): (string | undefined)[] =>
  ((answer?.response?.outcome ?? { issue: [] }) as OperationOutcome).issue.map(
    (issue) => issue.details?.coding?.[0]?.code,
  )
const statuses = (response: Bundle) => response.entry?.map((answer) => answer.response?.status)

/** Codes and places of the issues for which a transaction was refused. */
async function refusalOf(bundle: unknown): Promise<{ detail: string; expression?: string }[]> {
  const error: unknown = await send(bundle).catch((reason: unknown) => reason)
  if (!(error instanceof BundleRefused)) throw error
  return error.issues.map(({ detail, expression }) => ({ detail, expression }))
}

const vaccination: Immunization = {
  resourceType: 'Immunization',
  id: uuid('e'),
  status: 'completed',
  vaccineCode: { text: 'influenza' },
  patient: { reference: PATIENT_URL },
  occurrenceDateTime: '2020',
}
const hospital: FhirResource = { resourceType: 'Organization', id: uuid('f'), name: 'General' }
const OTHER_URL = `urn:uuid:${uuid('1')}`
const otherPatient = patient({ id: uuid('1'), identifier: [{ system: 'urn:oid:1.2.36.146.595.217.0.1', value: '99' }] })

describe('a transaction', () => {
  it('is answered entry by entry, in order', async () => {
    const response = await send(transaction(cholesterol(), hospital, patient(), vaccination))
    expect(response).toMatchObject({ resourceType: 'Bundle', type: 'transaction-response' })
    expect(statuses(response)).toEqual(['201 Created', '200 OK', '201 Created', '201 Created'])
    expect(response.entry?.map(codesOf)).toEqual([
      ['all-ok'],
      ['fhir-resource-ignored'],
      ['all-ok'],
      ['fhir-kept-as-evidence'],
    ])
    expect(response.entry?.map((answer) => answer.response?.location?.split('/')[0])).toEqual([
      'Observation',
      undefined,
      'Patient',
      'Immunization',
    ])
  })

  // proves TL-FHR-001
  it('sent again is recognised and records nothing', async () => {
    const bundle = transaction(patient(), cholesterol())
    const first = await send(bundle)
    const second = await send(bundle)
    expect(statuses(second)).toEqual(['200 OK', '200 OK'])
    expect(second.entry?.[1]?.response?.location).toBe(first.entry?.[1]?.response?.location)
    expect(recorder.facts.size).toBe(1)
  })

  it('is recognised although the server that sent it stamped it anew', async () => {
    await send(transaction(patient(), cholesterol()))
    const stamped = cholesterol({ meta: { lastUpdated: '2026-01-01T00:00:00Z', versionId: '2' } })
    expect(statuses(await send(transaction(patient(), stamped)))).toEqual(['200 OK', '200 OK'])
  })

  it('with new content for a known resource says that the earlier was superseded', async () => {
    await send(transaction(patient(), cholesterol()))
    const changed = cholesterol({ valueQuantity: { value: 221, unit: 'mg/dL' } })
    const response = await send(transaction(patient(), changed))
    expect(codesOf(response.entry?.[1])).toEqual(['fhir-superseded'])
  })

  // proves TL-FHR-003
  it('with one broken entry is refused whole, and the place is named', async () => {
    const broken = { ...cholesterol(), status: 'done' } as never
    expect(await refusalOf(transaction(patient(), broken))).toEqual([
      { detail: 'fhir-resource-invalid', expression: 'Bundle.entry[1].resource.status' },
    ])
    expect(recorder.received).toEqual([])
  })

  it('with several patients makes a record of each', async () => {
    const hers = cholesterol({ id: uuid('2'), subject: { reference: OTHER_URL } })
    await send(transaction(patient(), otherPatient, hers, cholesterol()))
    const shares = recorder.received.map(({ identifiers, facts }) => [
      identifiers[0]?.value,
      facts.map(({ key }) => key),
    ])
    expect(shares).toEqual([
      ['12345', [`Observation/${uuid('b')}`]],
      ['99', [`Observation/${uuid('2')}`]],
    ])
  })

  it('fails as a whole when the domain refuses', async () => {
    const refusing = new (class extends PatientRecorder {
      record = () => Promise.reject(new Conflict('twin-withdrawn', 'This twin is withdrawn from use.'))
    })()
    await expect(ingestWith(refusing).execute(context, transaction(patient()))).rejects.toMatchObject({
      code: 'twin-withdrawn',
    })
  })
})

describe('a batch', () => {
  it('goes on after a broken entry', async () => {
    const broken = { ...cholesterol({ id: uuid('2') }), status: 'done' } as never
    const response = await send(batch(patient(), broken, cholesterol()))
    expect(response.type).toBe('batch-response')
    expect(statuses(response)).toEqual(['201 Created', '422 Unprocessable Content', '201 Created'])
    expect(codesOf(response.entry?.[1])).toEqual(['fhir-resource-invalid'])
  })

  it('records nothing about a patient whose own entry is broken', async () => {
    const response = await send(batch(patient({ gender: 'f' as never }), cholesterol()))
    expect(response.entry?.map(codesOf)).toEqual([['fhir-resource-invalid'], ['fhir-patient-refused']])
    expect(recorder.received).toEqual([])
  })

  it('answers the entries of a patient that the domain refuses, and goes on with the next', async () => {
    const accepting = recorder
    const choosy = new (class extends PatientRecorder {
      record: PatientRecorder['record'] = (who, record) =>
        record.identifiers[0]?.value === '12345'
          ? Promise.reject(new Conflict('twin-withdrawn', 'This twin is withdrawn from use.'))
          : accepting.record(who, record)
    })()
    const { response } = await ingestWith(choosy).execute(context, batch(patient(), cholesterol(), otherPatient))
    expect(statuses(response)).toEqual(['409 Conflict', '409 Conflict', '201 Created'])
    expect(codesOf(response.entry?.[1])).toEqual(['twin-withdrawn'])
  })

  it('fails as a whole when trying again may help', async () => {
    const away = new (class extends PatientRecorder {
      record = () => Promise.reject(new Unavailable('database-unavailable', 'The database is away.'))
    })()
    await expect(ingestWith(away).execute(context, batch(patient()))).rejects.toMatchObject({ status: 503 })
  })
})

describe('whose record an entry belongs to', () => {
  it.each([
    ['nobody in the bundle', { reference: `urn:uuid:${uuid('9')}` }, 'fhir-patient-unknown'],
    ["a sender's id that is not in the bundle", { reference: 'Patient/4711' }, 'fhir-patient-unknown'],
    ['an identifier alone', { identifier: { value: '12345' } }, 'fhir-patient-unknown'],
    ['nobody at all', undefined, 'fhir-subject-missing'],
  ])('cannot be told for %s', async (_what, subject, code) => {
    const bundle = JSON.parse(JSON.stringify(batch(patient(), cholesterol({ subject })))) as unknown
    expect(codesOf((await send(bundle)).entry?.[1])).toEqual([code])
  })

  it('may be told by type and id, and by the id of a twin', async () => {
    await send(batch(patient(), cholesterol({ subject: { reference: `Patient/${uuid('a')}` } })))
    await send(batch(cholesterol({ subject: { reference: `Patient/${uuid('7')}` } })))
    expect(recorder.received.map(({ twin, facts }) => [twin, facts.length])).toEqual([
      [undefined, 1],
      [uuid('7'), 1],
    ])
  })

  it('is nobody when the subject is no patient', async () => {
    const device: FhirResource = { resourceType: 'Device', id: uuid('8') }
    const ofDevice = cholesterol({ subject: { reference: `urn:uuid:${uuid('8')}` } })
    expect(codesOf((await send(batch(device, ofDevice))).entry?.[1])).toEqual(['fhir-not-about-a-patient'])
  })

  it('is refused when a reference leads into the record of another patient', async () => {
    const hers = cholesterol({ id: uuid('2'), subject: { reference: OTHER_URL } })
    const mixed: FhirResource = {
      resourceType: 'DiagnosticReport',
      id: uuid('3'),
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '57698-3' }] },
      subject: { reference: PATIENT_URL },
      result: [{ reference: `urn:uuid:${uuid('2')}` }],
    }
    const response = await send(batch(patient(), otherPatient, hers, mixed))
    expect(codesOf(response.entry?.[3])).toEqual(['fhir-reference-crosses-patients'])
  })

  it('survives references in a circle', async () => {
    const circle = (id: string, to: string): FhirResource => ({
      ...cholesterol({ id: uuid(id) }),
      hasMember: [{ reference: `urn:uuid:${uuid(to)}` }],
    })
    const response = await send(transaction(patient(), circle('2', '3'), circle('3', '2'), circle('4', '4')))
    expect(new Set(statuses(response))).toEqual(new Set(['201 Created']))
  })
})

describe('dates', () => {
  it.each([
    ['an observation', [patient(), cholesterol({ effectiveDateTime: '2023-02-30' })], 1],
    ['a patient', [patient({ birthDate: '1961-06-31' })], 0],
  ])('that no calendar has are refused for %s', async (_what, resources, place) => {
    expect(codesOf((await send(batch(...(resources as FhirResource[])))).entry?.[place])).toEqual([
      'fhir-date-impossible',
    ])
  })
})

describe('the source system', () => {
  const sourceOf = async (bundle: unknown, header?: string) => {
    await send(bundle, header)
    const [record] = recorder.received
    return [record?.source, record?.facts[0]?.fact.source.system]
  }
  const named = (source: string) => patient({ meta: { source } })

  it('is the one configured when nobody names any', async () => {
    expect(await sourceOf(transaction(patient(), cholesterol()))).toEqual(['test-hospital', 'test-hospital'])
  })

  // proves TL-FHR-004
  it("is the caller's, unless the bundle names it, unless the patient does", async () => {
    const bundle = {
      ...transaction(named('urn:oid:1.2.3#request-7'), cholesterol()),
      meta: { source: 'http://a.org/ehr' },
    }
    expect(await sourceOf(bundle, 'header')).toEqual(['urn:oid:1.2.3', 'urn:oid:1.2.3'])
    recorder = new InMemoryRecorder()
    const unnamed = { ...transaction(named('#request-7'), cholesterol()), meta: { source: 'http://a.org/ehr' } }
    expect(await sourceOf(unnamed, 'header')).toEqual(['http://a.org/ehr', 'http://a.org/ehr'])
    recorder = new InMemoryRecorder()
    expect(await sourceOf(transaction(patient(), cholesterol()), 'lab-7')).toEqual(['lab-7', 'lab-7'])
  })

  it.each(['', 'two words', 'http://user@a.org', 'http://a.org/?patient=Jane', 'x'.repeat(65), 'urn:oid:9.1', '<b>'])(
    'is refused under the name "%s"',
    async (name) => {
      await expect(send(transaction(patient()), name)).rejects.toMatchObject({ code: 'fhir-source-invalid' })
    },
  )
})

describe('what is recorded', () => {
  it('holds no evidence in clear text', async () => {
    await send(transaction(patient(), vaccination))
    const [fact] = recorder.received[0]?.facts ?? []
    expect(fact?.fact).toEqual({
      kind: 'evidence',
      resourceType: 'Immunization',
      digest: expect.stringMatching(/^[\w-]{43}$/),
      size: expect.any(Number),
      source: { system: 'test-hospital', resourceType: 'Immunization', resourceId: uuid('e') },
    })
  })

  it('reads the drug from a Medication in the bundle', async () => {
    const coding = [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '312961' }]
    const drug: FhirResource = { resourceType: 'Medication', id: uuid('5'), code: { coding } }
    const order: FhirResource = {
      resourceType: 'MedicationRequest',
      id: uuid('6'),
      status: 'active',
      intent: 'order',
      subject: { reference: PATIENT_URL },
      medicationReference: { reference: `urn:uuid:${uuid('5')}` },
    }
    const response = await send(transaction(patient(), order, drug))
    expect(codesOf(response.entry?.[2])).toEqual(['fhir-resource-supporting'])
    expect(recorder.received[0]?.facts[0]?.fact).toMatchObject({ kind: 'medication', code: { code: '312961' } })
  })

  it('refuses what the validators overlook: a null among codings behind an extension', async () => {
    const overlooked = { ...cholesterol(), code: { coding: [null], _coding: [{ id: 'x' }] } } as never
    const response = await send(batch(patient(), overlooked))
    expect(codesOf(response.entry?.[1])).toEqual(['fhir-resource-invalid'])
  })

  it('refuses a type that FHIR R4 does not have', async () => {
    const elephant = entry({ resourceType: 'Elephant', id: '1' } as unknown as Patient)
    expect(await refusalOf(transaction({ entry: elephant }))).toEqual([
      { detail: 'fhir-resource-type-unknown', expression: 'Bundle.entry[0].resourceType' },
    ])
  })
})
