import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { CommandContext } from '../../src/journal/command-context.js'
import { IngestPatientRecord, IngestPatientRecordHandler } from '../../src/twins/commands/ingest-patient-record.js'
import { CorrectFact, CorrectFactHandler } from '../../src/twins/commands/correct-fact.js'
import { MergeTwins, MergeTwinsHandler } from '../../src/twins/commands/merge-twins.js'
import { RegisterTwin, RegisterTwinHandler } from '../../src/twins/commands/register-twin.js'
import { WithdrawTwinFromUse, WithdrawTwinFromUseHandler } from '../../src/twins/commands/withdraw-twin-from-use.js'
import { TWIN_EVENT_TYPES } from '../../src/twins/events.js'
import { currentFacts, factsOf, openFindings } from '../../src/twins/fact-history.js'
import type { PatientRecord } from '../../src/twins/ingestion.js'
import { TwinReader } from '../../src/twins/twin-reader.js'
import { twinStream } from '../../src/twins/twin-state.js'
import { TwinWriter } from '../../src/twins/twin-writer.js'
import { PolicyService } from '../../src/identity/policy.service.js'
import { TwinAccess } from '../../src/twins/twin-access.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { openTestJournal } from '../support/test-journal.js'
import { adult, custody, observation, sent } from './support.js'

let db: TestDatabase
let opened: Awaited<ReturnType<typeof openTestJournal>>
let reader: TwinReader
let writer: TwinWriter
let ingester: IngestPatientRecordHandler

beforeAll(async () => {
  db = await createTestDatabase()
  opened = await openTestJournal(db, [TWIN_EVENT_TYPES])
  reader = new TwinReader(opened.journal)
  writer = new TwinWriter(opened.journal, reader)
  const policy = new PolicyService({ record: () => Promise.resolve() })
  const access = new TwinAccess(policy, reader, opened.identifiers)
  ingester = new IngestPatientRecordHandler(reader, writer, opened.identifiers, opened.journal, access)
})
afterAll(async () => {
  await opened.close()
  await db.drop()
})

const context = (more: Partial<CommandContext> = {}): CommandContext => ({
  actor: { id: 'steward-1', role: 'steward', org: 'clinic' },
  correlation: randomUUID(),
  ...more,
})
const cholesterol = (value: number) => observation('2093-3', value, 'mg/dL')
let mrn: string
const record = (facts: PatientRecord['facts'], more: Partial<PatientRecord> = {}): PatientRecord => ({
  source: 'clinic-ehr',
  demographics: adult,
  identifiers: [{ system: 'urn:mrn', value: mrn }],
  facts,
  ...more,
})
const ingest = (given: PatientRecord) => ingester.execute(new IngestPatientRecord(context(), given))
const eventsOf = (twin: string) => opened.store.readStream(twinStream(twin))

beforeEach(() => {
  mrn = randomUUID()
})

describe('a patient record from a source', () => {
  it('registers the person once and records its facts in one append', async () => {
    const answer = await ingest(
      record([sent('Observation/1', cholesterol(200)), sent('Observation/2', cholesterol(90000))]),
    )
    expect(answer).toMatchObject({ registered: true, results: [{ outcome: 'recorded' }, { outcome: 'recorded' }] })
    expect(answer.results[1]!.findings.map(({ rule }) => rule)).toContain('observation.value-implausible')
    const events = await eventsOf(answer.twin)
    expect(events.at(-1)!.position).toBe(answer.position)
    expect(events.every(({ header }) => header.subject === answer.subject)).toBe(true)
    expect(events.map(({ position }) => position - events[0]!.position)).toEqual(events.map((_, index) => index))
  })

  // proves TL-VLT-001
  it('leaves nothing personal in the clear', async () => {
    const { twin } = await ingest(record([sent('Observation/1', { ...cholesterol(201), text: 'Hypatia' })]))
    const stored = (await eventsOf(twin)).map(({ leaf, payload }) => `${leaf}${payload}`).join()
    for (const personal of ['Hypatia', '1970-05-20', mrn, '"value":201']) expect(stored).not.toContain(personal)
  })

  // proves TL-FHR-001
  it('sent again changes nothing and says what is there already', async () => {
    const given = record([
      sent('Observation/1', cholesterol(200)),
      sent('Condition/1', { kind: 'condition', code: { system: 's', code: 'c' }, source: { system: 'x' } }),
    ])
    const first = await ingest(given)
    const before = await eventsOf(first.twin)
    const again = await ingest(given)
    expect(again).toMatchObject({ twin: first.twin, subject: first.subject, registered: false, position: null })
    expect(again.results).toEqual(first.results.map((result) => ({ ...result, outcome: 'already-recorded' })))
    expect(await eventsOf(first.twin)).toHaveLength(before.length)
  })

  it('with new content corrects the earlier version, and back again, for the reason source-update', async () => {
    const [one, two] = [sent('Observation/1', cholesterol(200)), sent('Observation/1', cholesterol(210))]
    const { twin } = await ingest(record([one]))
    for (const version of [two, one, one, two]) await ingest(record([version]))
    const facts = [...factsOf(await reader.state(twin)).values()]
    expect(
      facts.map(({ value }) => (value as typeof one.fact & { quantity: { value: number } }).quantity.value),
    ).toEqual([200, 210, 200, 210])
    expect(facts.slice(1).every(({ reason }) => reason === 'source-update')).toBe(true)
    expect(facts.filter(({ status }) => status === 'current')).toHaveLength(1)
  })

  it('does not undo what a person corrected since', async () => {
    const { twin, results } = await ingest(record([sent('Observation/1', cholesterol(200))]))
    const corrected = await new CorrectFactHandler(writer).execute(
      new CorrectFact(context(), {
        twin,
        target: results[0]!.eventId,
        replacement: cholesterol(260),
        reason: 'entry-error',
        explanation: 'Misread.',
      }),
    )
    const again = await ingest(record([sent('Observation/1', cholesterol(200))]))
    expect(again.results[0]).toMatchObject({ outcome: 'already-recorded' })
    expect(currentFacts(await reader.state(twin))).toMatchObject([{ id: corrected.eventIds[0], reason: 'entry-error' }])
  })

  it('makes one twin of bundles that arrive at the same time, and records each fact once', async () => {
    const given = record(Array.from({ length: 50 }, (_, n) => sent(`Observation/${n}`, cholesterol(100 + n))))
    const answers = await Promise.all(Array.from({ length: 6 }, () => ingest(given)))
    expect(new Set(answers.map(({ twin }) => twin)).size).toBe(1)
    expect(answers.filter(({ registered }) => registered)).toHaveLength(1)
    const state = await reader.state(answers[0]!.twin)
    expect(factsOf(state).size).toBe(50)
    expect(answers.flatMap(({ results }) => results).filter(({ outcome }) => outcome === 'recorded')).toHaveLength(50)
  })

  it('of 1,500 facts is one append', async () => {
    const given = record(Array.from({ length: 1500 }, (_, n) => sent(`Observation/${n}`, cholesterol(100 + (n % 100)))))
    const { twin, results } = await ingest(given)
    expect(results).toHaveLength(1500)
    expect(factsOf(await reader.state(twin)).size).toBe(1500)
  })

  it('gives reports the event ids of the observations they group', async () => {
    const report = {
      kind: 'report',
      code: { system: 'http://loinc.org', code: '24331-1' },
      status: 'final',
      results: ['Observation/1'],
      source: { system: 'x' },
    } as const
    const { twin, results } = await ingest(
      record([sent('DiagnosticReport/1', report), sent('Observation/1', cholesterol(200))]),
    )
    const facts = factsOf(await reader.state(twin))
    expect(facts.get(results[0]!.eventId)?.value).toMatchObject({ results: [results[1]!.eventId] })
  })

  it('is refused when nothing says whose it is, or two twins claim it', async () => {
    await expect(ingest(record([], { identifiers: [] }))).rejects.toMatchObject({ code: 'identifier-missing' })
    await expect(ingest(record([], { twin: randomUUID() }))).rejects.toMatchObject({ code: 'twin-not-found' })
    const other = { system: 'urn:mrn', value: randomUUID() }
    await ingest(record([]))
    await ingest(record([], { identifiers: [other] }))
    const both = record([], { identifiers: [{ system: 'urn:mrn', value: mrn }, other] })
    await expect(ingest(both)).rejects.toMatchObject({ code: 'identifier-conflict' })
  })

  it('is refused by a twin that is withdrawn from use', async () => {
    const { twin } = await ingest(record([]))
    const change = { twin, reason: 'objection-pending' } as const
    await new WithdrawTwinFromUseHandler(writer).execute(new WithdrawTwinFromUse(context(), change))
    await expect(ingest(record([sent('Observation/1', cholesterol(200))]))).rejects.toMatchObject({
      code: 'twin-withdrawn',
    })
  })

  // proves TL-TWN-005
  it('settles findings when the correction arrives', async () => {
    const { twin } = await ingest(record([sent('Observation/1', cholesterol(90000))]))
    const rules = async () => openFindings(await reader.state(twin)).map(({ value }) => value?.rule)
    expect(await rules()).toContain('observation.value-implausible')
    await ingest(record([sent('Observation/1', cholesterol(190))]))
    expect(await rules()).not.toContain('observation.value-implausible')
  })
})

// proves TL-TWN-006
describe('merging two twins of one person', () => {
  it('unites their facts; later records of either identifier reach the survivor', async () => {
    const other = { system: 'urn:lab', value: randomUUID() }
    const survivor = await ingest(record([sent('Observation/1', cholesterol(200))]))
    const ended = await ingest(
      record([sent('Observation/2', cholesterol(220))], { identifiers: [other], source: 'lab' }),
    )
    const merger = new MergeTwinsHandler(reader, writer, opened.identifiers)
    const merge = new MergeTwins(context(), { survivor: survivor.twin, merged: { identifier: other } })
    expect(await merger.execute(merge)).toMatchObject({ merged: ended.twin, replayed: false })
    expect(
      await merger.execute(new MergeTwins(context(), { survivor: survivor.twin, merged: { twin: ended.twin } })),
    ).toMatchObject({ replayed: true })

    const again = await ingest(
      record([sent('Observation/2', cholesterol(220))], { identifiers: [other], source: 'lab' }),
    )
    expect(again).toMatchObject({
      twin: survivor.twin,
      results: [{ outcome: 'already-recorded', eventId: ended.results[0]!.eventId }],
    })
    const updated = await ingest(
      record([sent('Observation/2', cholesterol(230))], { identifiers: [other], source: 'lab' }),
    )
    expect(updated.results).toMatchObject([{ outcome: 'superseded-earlier' }])
    const facts = currentFacts(await reader.state(survivor.twin))
    expect(facts.map(({ value }) => value)).toMatchObject([{ quantity: { value: 200 } }, { quantity: { value: 230 } }])
    expect(await reader.state(ended.twin)).toMatchObject({ status: 'merged', survivor: survivor.twin })
  })
})

describe('one request sent twice', () => {
  it('with an Idempotency-Key registers one twin and gives the same answer', async () => {
    const handler = new RegisterTwinHandler(writer, opened.identifiers, opened.journal, {} as TwinAccess)
    const registration = {
      custody,
      source: 'clinic-ehr',
      demographics: adult,
      identifiers: [{ system: 'urn:mrn', value: mrn }],
    }
    const keyed = context({ idempotencyKey: 'key-1' })
    const first = await handler.execute(new RegisterTwin(keyed, registration))
    expect(await handler.execute(new RegisterTwin(context({ idempotencyKey: 'key-1' }), registration))).toEqual({
      ...first,
      replayed: true,
    })
    await expect(handler.execute(new RegisterTwin(context(), registration))).rejects.toMatchObject({
      code: 'twin-exists',
    })
  })

  it('is told from another one under the same key, and from one that saw an older revision', async () => {
    const { twin, results } = await ingest(record([sent('Observation/1', cholesterol(200))]))
    const handler = new CorrectFactHandler(writer)
    const change = {
      twin,
      target: results[0]!.eventId,
      replacement: null,
      reason: 'duplicate',
      explanation: 'x',
    } as const
    await expect(handler.execute(new CorrectFact(context(), { ...change, ifRevision: 0 }))).rejects.toMatchObject({
      code: 'revision-conflict',
    })
    const first = await handler.execute(new CorrectFact(context({ idempotencyKey: 'key-2' }), change))
    expect(await handler.execute(new CorrectFact(context({ idempotencyKey: 'key-2' }), change))).toEqual({
      ...first,
      replayed: true,
    })
    await expect(
      handler.execute(new CorrectFact(context({ idempotencyKey: 'key-2' }), { ...change, explanation: 'y' })),
    ).rejects.toMatchObject({ code: 'idempotency-key-reused' })
  })
})

describe('a twin in time', () => {
  it('reads as of a revision and as of a moment', async () => {
    const { twin } = await ingest(record([sent('Observation/1', cholesterol(200))]))
    const then = (await reader.state(twin)).lastRecordedAt!
    const { revision } = await reader.state(twin)
    await ingest(record([sent('Observation/1', cholesterol(210))]))
    for (const point of [{ toRevision: revision }, { asOf: then }]) {
      expect(currentFacts(await reader.state(twin, point))).toMatchObject([{ value: { quantity: { value: 200 } } }])
    }
  })
})
