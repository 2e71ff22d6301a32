/** Twins over HTTP, on a real ledger; only who calls is given. */
import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
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
import { Test } from '@nestjs/testing'
import { TypeOrmModule } from '@nestjs/typeorm'
import request, { type Response } from 'supertest'
import type { Caller } from '../../src/identity/caller.js'
import type { CallerRequest } from '../../src/identity/current-caller.js'
import { PolicyService } from '../../src/identity/policy.service.js'
import { ScopeCheckedInterceptor } from '../../src/identity/scope-checked.interceptor.js'
import { AccessRecorder } from '../../src/journal/access-recorder.js'
import { Journal } from '../../src/journal/journal.js'
import { projectedEvents } from '../../src/journal/projected-events.js'
import { dataSourceOptions } from '../../src/platform/database/data-source.js'
import { VALIDATION } from '../../src/platform/http/invalid-fields.js'
import { ProblemDetailsFilter } from '../../src/platform/http/problem-details.filter.js'
import { silentLog } from '../../src/platform/logging/log.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import { TWIN_EVENT_TYPES } from '../../src/twins/events.js'
import { TwinProjection } from '../../src/twins/twin.projection.js'
import { TwinsModule } from '../../src/twins/twins.module.js'
import { IdentifierIndex } from '../../src/vault/identifier-index.js'
import { NothingSigned } from '../support/nothing-signed.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { openTestJournal, type TestJournal } from '../support/test-journal.js'
import { adult, observation, source } from './support.js'

const SITE = 'site-basel'
const CALLERS: Record<string, Partial<Caller>> = {
  investigator: { site: SITE, org: 'clinic' },
  stranger: { role: 'investigator', roles: ['investigator'], site: 'site-zurich' },
  steward: {},
  regulator: {},
  modeller: {},
}

class GivenCaller implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const incoming = context.switchToHttp().getRequest<CallerRequest>()
    const name = String(incoming.headers['x-caller'] ?? 'investigator')
    incoming.caller = { id: `actor-${name}`, role: name, roles: [name], tokenId: name, ...CALLERS[name] } as Caller
    return true
  }
}

let db: TestDatabase
let opened: TestJournal
let projections: ProjectionEngine
let app: INestApplication<Server>

beforeAll(async () => {
  db = await createTestDatabase()
  opened = await openTestJournal(db, [TWIN_EVENT_TYPES])
  const { journal, store, access, identifiers } = opened
  const decode = async (events: Parameters<typeof projectedEvents>[1]) => projectedEvents(journal.catalogue, events)
  projections = new ProjectionEngine([new TwinProjection()], { pool: db.servicePool, store, decode, log: silentLog })
  await projections.start()

  const provided = [Journal, AccessRecorder, IdentifierIndex, PolicyService]
  @Global()
  @Module({
    providers: [
      NothingSigned,
      { provide: Journal, useValue: journal },
      { provide: AccessRecorder, useValue: access },
      { provide: IdentifierIndex, useValue: identifiers },
      { provide: PolicyService, useValue: new PolicyService({ record: () => Promise.resolve() } as never) },
    ],
    exports: provided,
  })
  class Surroundings {}

  const database = TypeOrmModule.forRoot({ ...dataSourceOptions(db.serviceUrl), autoLoadEntities: true })
  const module = await Test.createTestingModule({ imports: [Surroundings, database, TwinsModule] }).compile()
  app = module.createNestApplication({ logger: false })
  app.useGlobalGuards(new GivenCaller())
  app.useGlobalInterceptors(new ScopeCheckedInterceptor(app.get(Reflector), app.get(PolicyService)))
  app.useGlobalPipes(new ValidationPipe(VALIDATION))
  app.useGlobalFilters(new ProblemDetailsFilter(silentLog as never))
  await app.init()
})
afterAll(async () => {
  await app.close()
  await projections.stop()
  await opened.close()
  await db.drop()
})

const get = (path: string, caller = 'investigator') =>
  request(app.getHttpServer()).get(`/api/v1/twins${path}`).set('X-Caller', caller)
const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  request(app.getHttpServer()).post(`/api/v1/twins${path}`).set(headers).send(body)
const registration = () => ({
  custody: { controller: 'clinic', owner: SITE },
  source: 'clinic-ehr',
  demographics: { name: { family: 'Alvarez' }, ...adult },
  identifiers: [{ system: 'urn:mrn', value: randomUUID() }],
})
const register = async (): Promise<string> =>
  ((await post('', registration()).expect(201)).body as { twin: string }).twin
const cholesterol = (value: number) => observation('2093-3', value, 'mg/dL', { text: 'typed by hand' })
const record = async (twin: string, ...values: number[]): Promise<string[]> => {
  const { body } = await post(`/${twin}/facts`, { facts: values.map(cholesterol) }).expect(200)
  return (body as { eventIds: string[] }).eventIds
}
const caughtUp = async () => projections.waitFor((await opened.store.head()).size, 60_000)
const codeOf = (response: Response) => (response.body as { code: string }).code
const readsOf = async (subject: string) =>
  (await opened.journal.read(`access-${subject}`)).map(({ data, header }) => ({ ...data, by: header.actor.id }))

describe('POST /api/v1/twins', () => {
  it('answers with where the twin is and what its revision is', async () => {
    const answer = await post('', registration()).expect(201)
    const { twin, revision, position } = answer.body as { twin: string; revision: number; position: number }
    expect(answer.headers).toMatchObject({
      location: `/api/v1/twins/${twin}`,
      etag: `"${revision}"`,
      'ledger-position': String(position + 1),
    })
  })
  it('is refused for a person who has a twin, for another site, and for a body with unknown fields', async () => {
    const body = registration()
    await post('', body).expect(201)
    expect(codeOf(await post('', body).expect(409))).toBe('twin-exists')
    expect(codeOf(await post('', registration(), { 'X-Caller': 'stranger' }).expect(403))).toBe('other-site')
    expect(codeOf(await post('', { ...registration(), nickname: 'x' }).expect(400))).toBe('invalid-fields')
  })
  it('repeats its answer under the same Idempotency-Key', async () => {
    const [body, key] = [registration(), { 'Idempotency-Key': randomUUID() }]
    const first = await post('', body, key).expect(201)
    const again = await post('', body, key).expect(201)
    expect(again.body).toEqual({ ...(first.body as object), replayed: true })
  })
})

describe('GET /api/v1/twins/:id', () => {
  // proves TL-TWN-003, TL-TWN-004
  it('shows codes by default, and who it is to those who may ask; both readings are recorded', async () => {
    const twin = await register()
    await record(twin, 195)
    const coded = (await get(`/${twin}`).expect(200)).body as Record<string, unknown> & { subject: string }
    expect(JSON.stringify(coded)).not.toMatch(/Alvarez|1970-05-20|typed by hand/)
    expect(coded).toMatchObject({
      detail: 'coded',
      facts: [{ status: 'current', value: { quantity: { value: 195 } } }],
    })
    const full = (await get(`/${twin}?detail=full`).expect(200)).body as unknown
    expect(full).toMatchObject({ person: { demographics: [{ value: { name: { family: 'Alvarez' } } }] } })
    expect(await readsOf(coded.subject)).toEqual([
      { twin, what: ['observation'], count: 1, by: 'actor-investigator' },
      { twin, what: ['demographics', 'identifiers', 'observation'], count: 3, by: 'actor-investigator' },
    ])
  })
  it('is refused to other sites, for identity to stewards, and where consent is not known', async () => {
    const twin = await register()
    expect(codeOf(await get(`/${twin}`, 'stranger').expect(403))).toBe('other-site')
    expect(codeOf(await get(`/${twin}?detail=full`, 'steward').expect(403))).toBe('ticket-missing')
    expect(codeOf(await get(`/${twin}`, 'modeller').expect(403))).toBe('use-not-consented')
    await get(`/${twin}`, 'steward').expect(200)
    expect(codeOf(await get(`/${randomUUID()}`, 'steward').expect(404))).toBe('twin-not-found')
  })
  // proves TL-TWN-002
  it('reads as of a revision and as of a time', async () => {
    const twin = await register()
    await record(twin, 195)
    const { revision, lastRecordedAt } = (await get(`/${twin}`)).body as { revision: number; lastRecordedAt: string }
    await record(twin, 205)
    for (const point of [`revision=${revision}`, `asOf=${lastRecordedAt}`]) {
      const { facts } = (await get(`/${twin}?${point}`).expect(200)).body as { facts: unknown[] }
      expect(facts).toHaveLength(1)
    }
    expect(codeOf(await get(`/${twin}?asOf=yesterday`).expect(400))).toBe('point-invalid')
    expect(codeOf(await get(`/${twin}?asOf=2001-01-01T00:00:00Z`).expect(404))).toBe('twin-not-found')
  })
})

describe('correcting a fact', () => {
  // proves TL-TWN-001
  it('keeps the earlier version, explains the change, and honours If-Match', async () => {
    const twin = await register()
    const [fact] = await record(twin, 1950)
    const correction = { reason: 'entry-error', explanation: 'One digit too many.', replacement: cholesterol(195) }
    const path = `/${twin}/facts/${fact}/corrections`
    expect(codeOf(await post(path, correction, { 'If-Match': '"0"' }).expect(412))).toBe('revision-conflict')
    expect(codeOf(await post(path, { ...correction, reason: 'because' }).expect(400))).toBe('invalid-fields')
    const { revision } = (await get(`/${twin}`)).body as { revision: number }
    await post(path, correction, { 'If-Match': `"${revision}"` }).expect(200)
    expect((await get(`/${twin}/facts/${fact}?detail=full`)).body).toMatchObject([
      { status: 'corrected', value: { quantity: { value: 1950 } } },
      {
        status: 'current',
        value: { quantity: { value: 195 } },
        reason: 'entry-error',
        explanation: 'One digit too many.',
      },
    ])
    const { facts } = (await get(`/${twin}/diff?from=${revision}&detail=full`).expect(200)).body as {
      facts: { changed: object[] }
    }
    expect(facts.changed).toMatchObject([
      {
        before: { quantity: { value: 1950 } },
        after: { quantity: { value: 195 } },
        by: { reason: 'entry-error', actor: { id: 'actor-investigator' } },
        explanation: 'One digit too many.',
      },
    ])
  })
  it('filters facts by what is asked for', async () => {
    const twin = await register()
    const [fact] = await record(twin, 195, 205)
    await post(`/${twin}/facts/${fact}/corrections`, {
      reason: 'duplicate',
      explanation: 'Twice.',
      replacement: null,
    }).expect(200)
    const count = async (query: string) => ((await get(`/${twin}/facts?${query}`).expect(200)).body as unknown[]).length
    expect(await count('')).toBe(2)
    expect(await count('status=current&kind=observation&code=2093-3')).toBe(1)
    expect(await count('kind=condition')).toBe(0)
  })
  it('refuses facts of a kind that does not exist', async () => {
    const twin = await register()
    const fact = { kind: 'rumour', text: 'x', source }
    expect(codeOf(await post(`/${twin}/facts`, { facts: [fact] }).expect(400))).toBe('invalid-fields')
  })
})

describe('findings, withdrawal, custody and merge', () => {
  // proves TL-TWN-005
  it('shows what is wrong, with its meaning', async () => {
    const twin = await register()
    await post(`/${twin}/facts`, { facts: [observation('2160-0', 90, 'mg/dL')] }).expect(200)
    const findings = (await get(`/${twin}/findings`, 'steward').expect(200)).body as object[]
    expect(findings).toContainEqual(
      expect.objectContaining({
        value: expect.objectContaining({ rule: 'observation.unit-suspect', code: '2160-0' }),
        meaning: expect.stringContaining('unit is probably wrong'),
      }),
    )
  })
  it('takes a twin out of use and back', async () => {
    const twin = await register()
    await post(`/${twin}/withdrawal`, { reason: 'objection-pending' }).expect(200)
    expect(codeOf(await post(`/${twin}/facts`, { facts: [cholesterol(1)] }).expect(409))).toBe('twin-withdrawn')
    await post(`/${twin}/return-to-use`, { reason: 'review-completed' }).expect(200)
    await record(twin, 195)
  })
  it('passes custody on, after which the site that gave it away sees nothing any more', async () => {
    const twin = await register()
    await request(app.getHttpServer())
      .put(`/api/v1/twins/${twin}/custody`)
      .send({ controller: 'other', owner: 'site-zurich' })
      .expect(200)
    await get(`/${twin}`).expect(403)
    await get(`/${twin}`, 'stranger').expect(200)
  })
  it('merges a twin named by an identifier', async () => {
    const body = registration()
    const ended = (await post('', body).expect(201)).body as { twin: string }
    await record(ended.twin, 195)
    const survivor = await register()
    const answer = await post(`/${survivor}/merge`, { identifier: body.identifiers[0] }).expect(200)
    expect(answer.body).toMatchObject({ twin: survivor, merged: ended.twin })
    expect((await get(`/${survivor}`)).body).toMatchObject({
      absorbed: [{ merged: ended.twin }],
      facts: [{ twin: ended.twin }],
    })
    await caughtUp()
    const { twins } = (await get('?status=merged&limit=500', 'regulator').expect(200)).body as { twins: object[] }
    expect(twins).toContainEqual(expect.objectContaining({ twin: ended.twin, survivor, openFindings: 0 }))
  })
})

describe('GET /api/v1/twins', () => {
  it('goes through all twins page by page, and shows each caller their part', async () => {
    const mine = [await register(), await register(), await register()]
    await caughtUp()
    const seen: string[] = []
    let next = ''
    do {
      const page = (await get(`?limit=2${next && `&cursor=${next}`}`).expect(200)).body as {
        twins: { twin: string }[]
        next?: string
      }
      expect(page.twins.length).toBeLessThanOrEqual(2)
      seen.push(...page.twins.map(({ twin }) => twin))
      next = page.next ?? ''
    } while (next)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(mine))
    expect((await get('/count')).body).toMatchObject({ twins: seen.length })
    expect((await get('?owner=site-basel', 'stranger')).body).toEqual({ twins: [] })
    expect((await get('', 'modeller')).body).toEqual({ twins: [] })
    expect(codeOf(await get('?cursor=nonsense').expect(400))).toBe('cursor-invalid')
  })
  it('sums up what is wrong, rule by rule', async () => {
    const summary = async (caller?: string) => {
      await caughtUp()
      const rules = (await get('/findings', caller).expect(200)).body as {
        rule: string
        twins: number
        findings: number
      }[]
      return rules.find(({ rule }) => rule === 'observation.value-implausible')
    }
    const before = (await summary()) ?? { twins: 0, findings: 0 }
    const twin = await register()
    const [fact] = await record(twin, 90000)
    const raised = { rule: 'observation.value-implausible', severity: 'error', twins: before.twins + 1 }
    expect(await summary()).toMatchObject({ ...raised, findings: before.findings + 1 })
    expect(await summary('stranger')).toBeUndefined()
    const withdrawal = { reason: 'entry-error', explanation: 'Not measured.', replacement: null }
    await post(`/${twin}/facts/${fact}/corrections`, withdrawal).expect(200)
    expect((await summary()) ?? { twins: 0, findings: 0 }).toMatchObject(before)
  })
  it('counts what each twin holds, the same after a rebuild', async () => {
    const twin = await register()
    const [fact] = await record(twin, 195, 90000)
    await post(`/${twin}/facts/${fact}/corrections`, {
      reason: 'wrong-unit',
      explanation: 'x',
      replacement: cholesterol(196),
    })
    await caughtUp()
    const row = async () => {
      const { twins } = (await get('?limit=500')).body as { twins: { twin: string }[] }
      return twins.find((candidate) => candidate.twin === twin)
    }
    const before = await row()
    const { findings } = (await get(`/${twin}`)).body as { findings: { value: { severity: string } }[] }
    expect(before).toMatchObject({
      facts: 2,
      corrections: 1,
      openFindings: findings.length,
      openErrors: findings.filter(({ value }) => value.severity === 'error').length,
    })
    await projections.rebuild('twins')
    expect(await row()).toEqual(before)
  })
  it('keeps nothing personal in its tables', async () => {
    const { rows } = await db.ownerPool.query('select * from read.twin')
    expect(JSON.stringify(rows)).not.toMatch(/Alvarez|1970-05-20|mrn/)
  })
})
