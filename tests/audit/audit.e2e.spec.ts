/** Audit trail and trials over HTTP, on a real ledger; only who calls is given. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  Global,
  Module,
  ValidationPipe,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { CqrsModule } from '@nestjs/cqrs'
import { Test } from '@nestjs/testing'
import { TypeOrmModule } from '@nestjs/typeorm'
import request from 'supertest'
import { AuditModule } from '../../src/audit/audit.module.js'
import { AuditProjection } from '../../src/audit/audit.projection.js'
import { AUDIT_EVENT_TYPES } from '../../src/audit/events.js'
import { EXPORT_SIGNING_KEY } from '../../src/audit/export/export-signer.js'
import { assertEveryRouteHasAPolicy } from '../../src/identity/assert-every-route-has-a-policy.js'
import type { Caller } from '../../src/identity/caller.js'
import type { CallerRequest } from '../../src/identity/current-caller.js'
import { PolicyService } from '../../src/identity/policy.service.js'
import { ScopeCheckedInterceptor } from '../../src/identity/scope-checked.interceptor.js'
import { AccessRecorder } from '../../src/journal/access-recorder.js'
import { EventCatalogue } from '../../src/journal/event-catalogue.js'
import { Journal } from '../../src/journal/journal.js'
import { EVENT_STORE, LOG_SIGNER, SERVICE_POOL } from '../../src/journal/journal.tokens.js'
import { projectedEvents } from '../../src/journal/projected-events.js'
import { dataSourceOptions } from '../../src/platform/database/data-source.js'
import { VALIDATION } from '../../src/platform/http/invalid-fields.js'
import { ProblemDetailsFilter } from '../../src/platform/http/problem-details.filter.js'
import { silentLog } from '../../src/platform/logging/log.js'
import { SecurityAlerts } from '../../src/platform/security-alerts.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import { SIGNATURE_EVENT_TYPES } from '../../src/signatures/events.js'
import { SignatureProjection } from '../../src/signatures/signature.projection.js'
import { SignaturesModule } from '../../src/signatures/signatures.module.js'
import { TRIAL_EVENT_TYPES } from '../../src/trials/events.js'
import { TrialProjection } from '../../src/trials/trial.projection.js'
import { TrialsModule } from '../../src/trials/trials.module.js'
import { TWIN_EVENT_TYPES } from '../../src/twins/events.js'
import { TwinProjection } from '../../src/twins/twin.projection.js'
import { TwinsModule } from '../../src/twins/twins.module.js'
import { DerivedSecrets } from '../../src/vault/derived-secrets.js'
import { IdentifierIndex } from '../../src/vault/identifier-index.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { openTestJournal, type TestJournal } from '../support/test-journal.js'

const SITE = 'site-basel'
const SUBJECT = randomUUID()
let callers: Record<string, Partial<Caller>>

class GivenCaller implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const incoming = context.switchToHttp().getRequest<CallerRequest>()
    const name = String(incoming.headers['x-caller'])
    incoming.caller = { id: `actor-${name}`, role: name, roles: [name], tokenId: name, ...callers[name] } as Caller
    return true
  }
}

let db: TestDatabase
let opened: TestJournal
let projections: ProjectionEngine
let app: INestApplication<Server>
let keysFolder: string

beforeAll(async () => {
  callers = {
    sponsor: { org: 'sponsor-1', trials: [] },
    'other-sponsor': { role: 'sponsor', roles: ['sponsor'], org: 'sponsor-2' },
    investigator: { site: SITE, org: 'clinic' },
    'other-investigator': { role: 'investigator', roles: ['investigator'], site: 'site-zurich' },
    participant: { subject: SUBJECT, trials: [] },
  }
  db = await createTestDatabase()
  opened = await openTestJournal(db, [TWIN_EVENT_TYPES, TRIAL_EVENT_TYPES, SIGNATURE_EVENT_TYPES, AUDIT_EVENT_TYPES])
  const { journal, store, access, identifiers, secrets } = opened
  const decode = async (events: Parameters<typeof projectedEvents>[1]) => projectedEvents(journal.catalogue, events)
  const readModels = [new TwinProjection(), new TrialProjection(), new SignatureProjection(), new AuditProjection()]
  projections = new ProjectionEngine(readModels, { pool: db.servicePool, store, decode, log: silentLog })
  await projections.start()

  const surroundings = [
    { provide: Journal, useValue: journal },
    { provide: EventCatalogue, useValue: journal.catalogue },
    { provide: EVENT_STORE, useValue: store },
    { provide: AccessRecorder, useValue: access },
    { provide: IdentifierIndex, useValue: identifiers },
    { provide: DerivedSecrets, useValue: secrets },
    { provide: PolicyService, useValue: new PolicyService({ record: () => undefined }) },
    { provide: ProjectionEngine, useValue: projections },
    { provide: SecurityAlerts, useValue: { raise: () => undefined } },
    { provide: SERVICE_POOL, useValue: db.servicePool },
    { provide: LOG_SIGNER, useValue: {} },
    { provide: EXPORT_SIGNING_KEY, useValue: generateKeyPairSync('ed25519').privateKey },
  ]
  @Global()
  @Module({ providers: surroundings, exports: surroundings.map(({ provide }) => provide) })
  class Surroundings {}

  const database = TypeOrmModule.forRoot({ ...dataSourceOptions(db.serviceUrl), autoLoadEntities: true })
  keysFolder = await mkdtemp(join(tmpdir(), 'twin-ledger-audit-'))
  const signing = { allComponents: [], oneComponent: [], maxAgeSeconds: 120, idleSeconds: 900 }
  const signatures = SignaturesModule.register({ signing, keysFile: join(keysFolder, 'signature-keys') })
  const rooms = [CqrsModule.forRoot(), TwinsModule, TrialsModule, signatures, AuditModule]
  const module = await Test.createTestingModule({ imports: [Surroundings, database, ...rooms] }).compile()
  app = module.createNestApplication({ logger: false })
  app.useGlobalGuards(new GivenCaller())
  app.useGlobalInterceptors(new ScopeCheckedInterceptor(app.get(Reflector), app.get(PolicyService)))
  app.useGlobalPipes(new ValidationPipe(VALIDATION))
  app.useGlobalFilters(new ProblemDetailsFilter(silentLog as never))
  await app.init()
  assertEveryRouteHasAPolicy(app)

  const custody = { controller: 'clinic', owner: SITE, source: 'clinic-ehr' }
  const registered = { type: 'twin.registered', data: custody } as const
  await journal.append({ actor: { id: 'actor-x', role: 'steward' }, correlation: randomUUID() }, [
    { stream: `twin-${randomUUID()}`, expectedRevision: 'any', entries: [{ event: registered, subject: SUBJECT }] },
  ])
  await caughtUp()
})
afterAll(async () => {
  await app.close()
  await rm(keysFolder, { recursive: true })
  await projections.stop()
  await opened.close()
  await db.drop()
})

const caughtUp = async () => projections.waitFor((await opened.store.head()).size, 60_000)
const get = (path: string, caller: string) => request(app.getHttpServer()).get(`/api/v1${path}`).set('X-Caller', caller)
const post = (path: string, caller: string, body: object) =>
  request(app.getHttpServer()).post(`/api/v1${path}`).set('X-Caller', caller).send(body)

const description = {
  code: '2026-501234-17-00',
  title: 'Statin intensity guided by a digital twin',
  sponsor: 'sponsor-1',
  protocol: { id: 'PROT-042', version: '1.0' },
}

describe('a trial over HTTP', () => {
  it('is registered, opened at a site, joined and left, each by who may', async () => {
    const { body } = await post('/trials', 'sponsor', description)
    expect(body).toMatchObject({ revision: 0 })
    const { trial } = body as { trial: string }
    for (const name of ['participant', 'sponsor']) callers[name] = { ...callers[name], trials: [trial] }
    await post(`/trials/${trial}/sites`, 'other-sponsor', { site: SITE, country: 'CH' }).expect(403)
    await post(`/trials/${trial}/sites`, 'sponsor', { site: SITE, country: 'CH' }).expect(200).expect('ETag', '"1"')

    const enrolment = { subject: SUBJECT, site: SITE }
    await post(`/trials/${trial}/enrolments`, 'other-investigator', enrolment).expect(403)
    const { body: enrolled } = await post(`/trials/${trial}/enrolments`, 'investigator', enrolment).expect(201)
    const { code } = enrolled as { code: string }
    await caughtUp()
    const own = await get(`/trials/${trial}/enrolments`, 'participant').expect(200)
    expect(own.body).toMatchObject({ enrolments: [{ code, status: 'enrolled' }] })
    const listed = await get(`/trials/${trial}/enrolments`, 'sponsor').expect(200)
    expect(listed.text).not.toContain(SUBJECT)

    const withdrawal = `/trials/${trial}/enrolments/${code}/withdrawal`
    await post(withdrawal, 'other-investigator', { reason: 'subject-decision' }).expect(403)
    await post(withdrawal, 'investigator', { reason: 'because' }).expect(400)
    await post(withdrawal, 'investigator', { reason: 'subject-decision' }).expect(200)
    const { body: view } = await get(`/trials/${trial}`, 'regulator').expect(200)
    expect(view).toMatchObject({ ...description, enrolled: 1, withdrawn: 1, sites: [{ site: SITE, country: 'CH' }] })
    await get(`/trials/${trial}`, 'other-sponsor').expect(403)
    await caughtUp()
    const { body: page } = await get('/trials?status=open&limit=5', 'sponsor').expect(200)
    expect(page).toMatchObject({ trials: [{ trial, enrolled: 1, withdrawn: 1 }] })
    expect((await get('/trials', 'other-sponsor').expect(200)).body).toEqual({ trials: [] })
  })
})

describe('the audit trail over HTTP', () => {
  it('answers a search page by page', async () => {
    const first = await get(
      '/audit?type=trial.*&order=recordedAt&direction=asc&limit=2&total=true',
      'regulator',
    ).expect(200)
    expect(first.body).toMatchObject({
      total: 4,
      entries: [{ type: 'trial.registered', actor: { role: 'sponsor' } }, { type: 'trial.site-opened' }],
    })
    const { next } = first.body as { next: string }
    const rest = await get(`/audit?type=trial.*&order=recordedAt&direction=asc&limit=2&cursor=${next}`, 'regulator')
    expect(rest.body).toMatchObject({
      entries: [{ type: 'trial.subject-enrolled' }, { type: 'trial.subject-withdrawn', reason: 'subject-decision' }],
    })
    expect(rest.body).not.toHaveProperty('next')
    await get(`/audit?type=trial.*&limit=2&cursor=${next}`, 'regulator').expect(400, /cursor-invalid/)
  })

  it('shows one entry, and refuses what is not there', async () => {
    const { body } = await get('/audit?type=trial.protocol-amended,x', 'regulator')
    expect(body).toMatchObject({ code: 'invalid-fields' })
    expect((await get('/audit/0', 'regulator').expect(200)).body).toMatchObject({
      type: 'twin.registered',
      subject: SUBJECT,
      proof: '/log/proof/0',
      payload: { state: 'clear' },
      change: { rule: 'recorded', old: null, new: { owner: SITE } },
    })
    await get('/audit/999999', 'regulator').expect(404, /position-not-found/)
    await get('/audit/0x10', 'regulator').expect(400, /position-invalid/)
    await get('/audit?asOfPosition=999999', 'regulator').expect(400, /position-in-future/)
    await get('/audit?from=2026-03-01', 'regulator').expect(400, /invalid-fields/)
    await get('/audit?subject=somebody', 'regulator').expect(400, /invalid-fields/)
  })

  it('is narrowed to the caller’s part', async () => {
    const own = await get('/audit?limit=500', 'participant').expect(200)
    const { entries } = own.body as { entries: { subject: string }[] }
    expect(entries.length).toBeGreaterThan(0)
    expect(new Set(entries.map(({ subject }) => subject))).toEqual(new Set([SUBJECT]))
    expect((await get('/audit', 'modeller').expect(200)).body).toEqual({ entries: [] })
    const sponsored = await get('/audit?limit=500', 'sponsor').expect(200)
    expect(sponsored.text).not.toContain(SUBJECT)
    await get(`/audit?subject=${SUBJECT}`, 'sponsor').expect(403, /audit-field-withheld/)
  })

  it('explains every type of event', async () => {
    const { body } = await get('/audit/event-types', 'qa').expect(200)
    expect(body).toContainEqual({
      type: 'twin.observation-recorded',
      schema: 1,
      sealedUnder: 'trial-record',
      sentence: 'An observation was recorded.',
    })
  })

  it('gives a zip archive to those who may export, and the keys to everyone', async () => {
    const answer = await get('/audit/export?format=csv', 'regulator').buffer().parse(binary).expect(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': expect.stringMatching(/^attachment; filename="audit-[0-9a-f-]{36}\.zip"$/),
    })
    expect((answer.body as Buffer).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004')
    await get('/audit/export?format=xlsx', 'regulator').expect(400)
    await get('/audit/export?format=csv', 'administrator').expect(403)
    const keys = await get('/keys', 'nobody')
      .expect(200)
      .expect('Content-Type', /application\/jwk-set\+json/)
    expect(JSON.parse(keys.text)).toMatchObject({ keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' }] })
    expect(keys.text).not.toContain('"d"')
  })
})

function binary(answer: unknown, done: (error: Error | null, body: Buffer) => void): void {
  const response = answer as NodeJS.ReadableStream
  const chunks: Buffer[] = []
  response.on('data', (chunk: Buffer) => chunks.push(Buffer.from(chunk)))
  response.on('end', () => done(null, Buffer.concat(chunks)))
}
