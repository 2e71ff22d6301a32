import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { gzipSync } from 'node:zlib'
import { BadRequestException, Body, Controller, Get, Param, Post, Req } from '@nestjs/common'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { Test } from '@nestjs/testing'
import { Type } from 'class-transformer'
import { IsInt, IsString, ValidateNested } from 'class-validator'
import request from 'supertest'
import { readConfiguration } from '../../../src/platform/configuration.js'
import { Conflict, IntegrityError, RevisionConflict } from '../../../src/platform/errors.js'
import { HealthRegistry } from '../../../src/platform/health/health-registry.js'
import { prepareHttp } from '../../../src/platform/http/prepare-http.js'
import { JsonLogger } from '../../../src/platform/logging/logger.js'
import { PlatformModule } from '../../../src/platform/platform.module.js'
import { currentCorrelation } from '../../../src/platform/request-context.js'
import { logLines } from '../../support/log-lines.js'

class Reading {
  @IsInt()
  value!: number
}

class Sample {
  @IsString()
  code!: string

  @ValidateNested({ each: true })
  @Type(() => Reading)
  readings!: Reading[]
}

const FAILURES: Record<string, () => Error> = {
  conflict: () => new Conflict('name-taken', 'The name is taken.', { field: 'name', status: 200 }),
  revision: () => new RevisionConflict('twin-1', 3, 4),
  integrity: () => new IntegrityError('root-mismatch', 'The log does not match its root.'),
  framework: () => new BadRequestException('the value Jane Doe is bad'),
  unforeseen: () => new TypeError('Cannot read Jane Doe'),
}

@Controller('sample')
class SampleController {
  @Get('fail/:how')
  fail(@Param('how') how: string): never {
    throw FAILURES[how]!()
  }

  @Post()
  accept(@Body() sample: Sample): { correlation: string; code: string } {
    return { correlation: currentCorrelation(), code: sample.code }
  }

  @Post('raw')
  raw(@Req() { body }: { body: unknown }): { kind: string } {
    return { kind: typeof body }
  }
}

const UUID = /^[0-9a-f-]{36}$/
let app: NestExpressApplication
let log: ReturnType<typeof logLines>

beforeAll(async () => {
  const { configuration } = readConfiguration({ REQUEST_BODY_LIMIT: '10kb' })
  const logger = new JsonLogger('info', { write: (line: string) => log.destination.write(line) })
  log = logLines()
  const module = await Test.createTestingModule({
    imports: [PlatformModule.register({ configuration, logger })],
    controllers: [SampleController],
  }).compile()
  app = prepareHttp(module.createNestApplication<NestExpressApplication>({ bodyParser: false }))
  await app.listen(0, '127.0.0.1')
})
afterAll(() => app.close())
beforeEach(() => {
  log = logLines()
})

const http = () => request(app.getHttpServer())
/** Sends the bytes as they are; supertest would encode a Buffer as JSON. */
const send = (body: string | Buffer, headers: Record<string, string> = {}) =>
  http()
    .post('/sample')
    .set({ 'Content-Type': 'application/json', ...headers })
    .serialize((bytes: unknown) => bytes as string)
    .send(body)

describe('an error', () => {
  it('of ours is a problem document with its code, status and details', async () => {
    const { status, body, headers } = await http().get('/sample/fail/conflict')
    expect(status).toBe(409)
    expect(headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(body).toEqual({
      type: 'urn:twin-ledger:error:name-taken',
      title: 'Conflict',
      status: 409,
      code: 'name-taken',
      detail: 'The name is taken.',
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      field: 'name',
    })
  })

  it('of an expected revision is 412', async () => {
    const { status, body } = await http().get('/sample/fail/revision')
    expect(status).toBe(412)
    expect(body).toMatchObject({ code: 'revision-conflict', expected: 3, actual: 4 })
  })

  it('of integrity is told and logged', async () => {
    expect((await http().get('/sample/fail/integrity')).body).toMatchObject({ status: 500, code: 'root-mismatch' })
    expect(log.lines()).toContainEqual(expect.objectContaining({ level: 'error', code: 'root-mismatch' }))
  })

  it('of the framework keeps its status and loses its words', async () => {
    const { body, text } = await http().get('/sample/fail/framework')
    expect(body).toMatchObject({ status: 400, code: 'invalid-request' })
    expect(text).not.toContain('Jane')
  })

  it('nobody foresaw shows the correlation id alone, under which it is logged', async () => {
    const { status, body, text } = await http().get('/sample/fail/unforeseen')
    expect(status).toBe(500)
    expect(body.code).toBe('internal-error')
    expect(text).not.toContain('Jane')
    const correlation = (body.instance as string).slice('urn:uuid:'.length)
    expect(log.lines()).toContainEqual(
      expect.objectContaining({ level: 'error', correlation, error: expect.objectContaining({ name: 'TypeError' }) }),
    )
  })

  it('is an address that leads nowhere', async () => {
    const { body, text } = await http().get('/nobody/jane-doe')
    expect(body).toMatchObject({ status: 404, code: 'not-found' })
    expect(text).not.toContain('jane')
  })
})

describe('a body', () => {
  it.each([
    ['broken JSON', '{"code": "Jane', 400, 'malformed-json'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), 400, 'malformed-json'],
    ['more bytes than allowed', JSON.stringify({ code: 'x'.repeat(11_000) }), 413, 'request-too-large'],
  ])('of %s is refused', async (_, body, status, code) => {
    const answer = await send(body)
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ status, code, instance: expect.stringMatching(/^urn:uuid:/) })
    expect(answer.text + log.text()).not.toContain('Jane')
    expect(log.lines()).toContainEqual(expect.objectContaining({ message: 'Answered a request.', status }))
  })

  it('that inflates beyond the limit is refused', async () => {
    const bomb = gzipSync(Buffer.alloc(5_000_000, ' '))
    const answer = await send(bomb, { 'Content-Encoding': 'gzip' })
    expect(answer.body).toMatchObject({ status: 413, code: 'request-too-large' })
  })

  it('that only claims to be compressed is refused', async () => {
    const answer = await send('{}', { 'Content-Encoding': 'gzip' })
    expect(answer.body).toMatchObject({ status: 400, code: 'malformed-encoding' })
  })

  it.each([
    ['Content-Type', 'application/json; charset=koi8-r'],
    ['Content-Encoding', 'zebra'],
  ])('with an unknown %s is refused', async (header, value) => {
    const answer = await send('{}', { [header]: value })
    expect(answer.body).toMatchObject({ status: 415, code: 'unsupported-encoding' })
  })

  it("may be of FHIR's media type", async () => {
    const answer = await http().post('/sample/raw').set('Content-Type', 'application/fhir+json').send('{"a":1}')
    expect(answer.body).toEqual({ kind: 'object' })
  })

  // proves TL-OPS-002
  it('with wrong fields is answered with their paths and rules, not their values', async () => {
    const answer = await send(JSON.stringify({ code: 7, readings: [{ value: 1 }, { value: 'Jane' }], extra: 'Doe' }))
    expect(answer.status).toBe(400)
    expect(answer.body.code).toBe('invalid-fields')
    expect(answer.body.fields).toEqual([
      { path: 'extra', rules: ['whitelistValidation'] },
      { path: 'code', rules: ['isString'] },
      { path: 'readings[1].value', rules: ['isInt'] },
    ])
    expect(answer.text).not.toMatch(/Jane|Doe/)
  })
})

describe('a correlation id', () => {
  const given = '0b6f7f5e-3c1e-4a55-9d1b-0a4c3d2e1f00'

  it('that is a UUID is kept through the reading of the body, echoed and logged', async () => {
    const answer = await send('{"code":"x","readings":[]}').set('X-Correlation-Id', given)
    expect(answer.body).toEqual({ correlation: given, code: 'x' })
    expect(answer.headers['x-correlation-id']).toBe(given)
    expect(log.lines()).toContainEqual(expect.objectContaining({ correlation: given, route: '/sample', status: 201 }))
  })

  it('that is anything else is replaced', async () => {
    const answer = await http().get('/health/live').set('X-Correlation-Id', 'jane.doe@example.org')
    expect(answer.headers['x-correlation-id']).toMatch(UUID)
    expect(log.text()).not.toContain('jane')
  })
})

describe('the log of requests', () => {
  it('names the pattern of the route, never the address or the query', async () => {
    await http().get('/sample/fail/conflict?name=jane')
    const line = log.lines().find(({ message }) => message === 'Answered a request.')
    expect(line).toMatchObject({
      method: 'GET',
      route: '/sample/fail/:how',
      status: 409,
      durationMs: expect.any(Number),
    })
    expect(log.text()).not.toContain('jane')
  })
})

describe('health and metrics', () => {
  it('is live while it runs', async () => {
    expect((await http().get('/health/live')).body).toEqual({ status: 'live' })
  })

  it('is ready while every registered check holds', async () => {
    let ok = true
    app.get(HealthRegistry).register('sample', async () => ({ ok, detail: 'lag 0' }))
    const holds = await http().get('/health/ready')
    expect([holds.status, holds.body]).toEqual([
      200,
      { ready: true, checks: { sample: { ok: true, detail: 'lag 0' } } },
    ])
    ok = false
    expect((await http().get('/health/ready')).status).toBe(503)
    ok = true
  })

  it('counts requests by route pattern', async () => {
    await http().get('/sample/fail/conflict')
    const { text, headers } = await http().get('/metrics')
    expect(headers['content-type']).toMatch(/^text\/plain/)
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/sample\/fail\/:how",status="409"\} \d/,
    )
    expect(text).toContain('process_cpu_seconds_total')
  })
})
