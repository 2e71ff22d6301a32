/** The HTTP side alone: the twins behind it are kept in memory and the caller is given. */
import { createServer, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Module, type CanActivate, type ExecutionContext, type INestApplication } from '@nestjs/common'
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { Test } from '@nestjs/testing'
import type { CapabilityStatement, OperationOutcome } from 'fhir/r4.js'
import request from 'supertest'
import type { CallerRequest } from '../../../src/identity/current-caller.js'
import { PolicyService } from '../../../src/identity/policy.service.js'
import { httpSender } from '../../../src/interop/fhir/import/http-sender.js'
import { FhirModule } from '../../../src/interop/fhir/fhir.module.js'
import { PatientRecorder } from '../../../src/interop/fhir/patient-recorder.js'
import { validateResource } from '../../../src/interop/fhir/validate-resource.js'
import { Unauthenticated } from '../../../src/platform/errors.js'
import { JsonLogger } from '../../../src/platform/logging/logger.js'
import { SourcesNotTaken } from '../../../src/sources/queries/sources-not-taken.js'
import { cholesterol, patient, transaction } from './support/bundles.js'
import { digest, InMemoryRecorder } from './support/in-memory-recorder.js'

const MAX_BYTES = 200_000
const FHIR = 'application/fhir+json'

/** Lets in whoever says a role, as a member of an organisation. */
class GivenCaller implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const incoming = context.switchToHttp().getRequest<CallerRequest>()
    const role = incoming.headers['x-role']
    if (role === undefined && context.getHandler().name !== 'metadata') {
      throw new Unauthenticated('token-missing', 'An access token is required.')
    }
    const id = '00000000-0000-4000-8000-000000000001'
    incoming.caller = { id, role, roles: [role], org: 'org-1' } as unknown as CallerRequest['caller']
    return true
  }
}

/** Every source is a registered one here. */
@QueryHandler(SourcesNotTaken)
class AllSourcesTaken implements IQueryHandler<SourcesNotTaken> {
  execute(): Promise<string[]> {
    return Promise.resolve([])
  }
}

@Module({
  providers: [
    AllSourcesTaken,
    { provide: PolicyService, useFactory: () => new PolicyService({ record: () => Promise.resolve() } as never) },
    { provide: JsonLogger, useFactory: () => new JsonLogger('silent') },
  ],
  exports: [PolicyService, JsonLogger],
})
class Surroundings {}

let recorder: InMemoryRecorder
let application: INestApplication<Server>

beforeAll(async () => {
  const delegating = new (class extends PatientRecorder {
    record: PatientRecorder['record'] = (context, record) => recorder.record(context, record)
  })()
  const options = {
    maxBytes: MAX_BYTES,
    defaultSource: 'default',
    version: '1.2.3',
    publicUrl: 'http://localhost',
    digest,
  }
  const module = await Test.createTestingModule({
    imports: [FhirModule.register({ imports: [Surroundings], useFactory: () => options })],
  })
    .overrideProvider(PatientRecorder)
    .useValue(delegating)
    .compile()
  application = module.createNestApplication({ logger: false })
  application.useGlobalGuards(new GivenCaller())
  await application.listen(0, '127.0.0.1')
})
afterAll(() => application.close())
beforeEach(() => {
  recorder = new InMemoryRecorder()
})

const http = () => request(application.getHttpServer())
const post = (body: string | Buffer, type = FHIR) =>
  http().post('/fhir/R4').set('Content-Type', type).set('X-Role', 'steward').send(body)
const bundle = JSON.stringify(transaction(patient(), cholesterol()))
const codeOf = (body: unknown) => (body as OperationOutcome).issue[0]?.details?.coding?.[0]?.code

describe('POST /fhir/R4', () => {
  it.each([FHIR, 'application/json', 'application/fhir+json; fhirVersion=4.0'])('takes bundles as %s', async (type) => {
    const answer = await post(bundle, type)
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^application\/fhir\+json/)
    expect(answer.headers['ledger-position']).toBe('1')
    expect(answer.body).toMatchObject({ resourceType: 'Bundle', type: 'transaction-response' })
  })

  it('answers with a bundle that is itself valid FHIR', async () => {
    const { body } = await post(bundle)
    expect(validateResource(body as never)).toEqual([])
  })

  it('takes a compressed body larger than general limits', async () => {
    const padded = { ...transaction(patient(), cholesterol()), id: 'x', language: 'en' }
    const large = JSON.stringify(padded) + ' '.repeat(150_000)
    const answer = await http()
      .post('/fhir/R4')
      .set({ 'Content-Type': FHIR, 'Content-Encoding': 'gzip', 'X-Role': 'steward' })
      .serialize((body: unknown) => body as string)
      .send(gzipSync(large) as never)
    expect(answer.status).toBe(200)
  })

  it('acts for the caller, under the source system that the header names', async () => {
    await post(bundle).set('X-Source-System', 'lab-7')
    expect(recorder.contexts[0]?.actor).toEqual({
      id: '00000000-0000-4000-8000-000000000001',
      role: 'steward',
      org: 'org-1',
    })
    expect(recorder.received[0]?.source).toBe('lab-7')
  })

  const refused: [string, string | Buffer, string, number, string][] = [
    ['a truncated body', bundle.slice(0, 200), FHIR, 400, 'fhir-body-not-json'],
    ['an empty body', '', FHIR, 400, 'fhir-body-empty'],
    ['a body over the limit', ' '.repeat(MAX_BYTES + 1), FHIR, 413, 'request-too-large'],
    ['another media type', '<Bundle/>', 'application/fhir+xml', 415, 'unsupported-media-type'],
    ['hostile keys', '{"resourceType":"Bundle","__proto__":{}}', FHIR, 400, 'fhir-forbidden-key'],
    ['a single resource', JSON.stringify(patient()), FHIR, 400, 'fhir-not-a-bundle'],
  ]
  // proves TL-FHR-002
  it.each(refused)('refuses %s with an OperationOutcome', async (_what, body, type, status, code) => {
    const answer = await post(body, type)
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code])
    expect(answer.headers['content-type']).toMatch(/^application\/fhir\+json/)
    expect(validateResource(answer.body as never)).toEqual([])
  })

  it('names every place that stands in the way of a transaction', async () => {
    const broken = { ...cholesterol(), status: 'done' } as never
    const answer = await post(JSON.stringify(transaction(patient(), broken)))
    expect(answer.status).toBe(422)
    expect((answer.body as OperationOutcome).issue).toMatchObject([
      { details: { coding: [{ code: 'fhir-transaction-refused' }] } },
      { code: 'code-invalid', expression: ['Bundle.entry[1].resource.status'] },
    ])
  })

  it('refuses callers without a token, and investigators without a site', async () => {
    const nobody = await http().post('/fhir/R4').set('Content-Type', FHIR).send(bundle)
    expect([nobody.status, codeOf(nobody.body)]).toEqual([401, 'token-missing'])
    const siteless = await post(bundle).set('X-Role', 'investigator')
    expect([siteless.status, codeOf(siteless.body)]).toEqual([403, 'other-site'])
    expect(recorder.received).toEqual([])
  })

  it('says nothing of errors that nobody foresaw', async () => {
    recorder.record = () => Promise.reject(new Error('secret of 12345'))
    const answer = await post(bundle)
    expect([answer.status, codeOf(answer.body)]).toEqual([500, 'internal-error'])
    expect(JSON.stringify(answer.body)).not.toContain('secret')
  })
})

describe('GET /fhir/R4/metadata', () => {
  it('is a valid CapabilityStatement, open to everyone', async () => {
    const answer = await http().get('/fhir/R4/metadata')
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^application\/fhir\+json/)
    expect(validateResource(answer.body as never)).toEqual([])
    const { software, rest } = answer.body as CapabilityStatement
    expect(software).toEqual({ name: 'Twin Ledger', version: '1.2.3' })
    expect(rest?.[0]?.interaction?.map(({ code }) => code)).toEqual(['transaction', 'batch'])
  })
})

describe('the sender of bulk imports', () => {
  const body = Buffer.from(bundle)
  const listening = async (status: number, text: string): Promise<{ url: string; close: () => void }> => {
    const server = createServer((_incoming, outgoing) => outgoing.writeHead(status).end(text))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
  }

  it('hands back what the service answers, and how it refuses', async () => {
    const outcome = {
      resourceType: 'OperationOutcome',
      issue: [{ diagnostics: 'Why', details: { coding: [{ code: 'c' }] } }],
    }
    for (const [status, document, expected] of [
      [200, { resourceType: 'Bundle' }, { response: { resourceType: 'Bundle' } }],
      [422, outcome, { refused: { status: 422, code: 'c', message: 'Why' } }],
    ] as const) {
      const service = await listening(status, JSON.stringify(document))
      expect(await httpSender({ url: service.url, token: 't' })(body)).toEqual(expected)
      service.close()
    }
  })

  it.each([
    [401, 'import-token-refused'],
    [403, 'import-not-allowed'],
    [429, 'import-service-unavailable'],
    [503, 'import-service-unavailable'],
  ])('turns status %i into %s', async (status, code) => {
    const service = await listening(status, '')
    await expect(httpSender({ url: service.url, token: 't' })(body)).rejects.toMatchObject({ code })
    service.close()
  })

  it('takes a lost connection for a service that is away', async () => {
    const service = await listening(200, '')
    service.close()
    await expect(httpSender({ url: service.url, token: 't' })(body)).rejects.toMatchObject({ status: 503 })
  })
})
