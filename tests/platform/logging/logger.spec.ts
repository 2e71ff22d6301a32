import { describe, expect, it } from '@jest/globals'
import { readConfiguration } from '../../../src/platform/configuration.js'
import { JsonLogger } from '../../../src/platform/logging/logger.js'
import { runInRequestContext } from '../../../src/platform/request-context.js'
import { logLines } from '../../support/log-lines.js'

function logged(write: (log: JsonLogger) => void): { text: string; lines: Record<string, unknown>[] } {
  const log = logLines()
  write(new JsonLogger('debug', log.destination))
  return { text: log.text(), lines: log.lines() }
}

describe('a log line', () => {
  it('is one JSON object with level, time, message and fields', () => {
    const { lines } = logged((log) => log.info('Started.', { port: 3000 }))
    expect(lines).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), message: 'Started.', port: 3000 },
    ])
  })

  it('carries the correlation id of the request at hand', () => {
    const { lines } = logged((log) => runInRequestContext({ correlation: 'c-1' }, () => log.warn('Slow.')))
    expect(lines[0]).toMatchObject({ level: 'warn', correlation: 'c-1' })
  })

  it('keeps what Nest says of every module and route for those who ask for detail', () => {
    const { lines } = logged((log) => log.log('Mapped {/health}', 'RouterExplorer'))
    expect(lines).toMatchObject([{ level: 'debug', context: 'RouterExplorer' }])
  })

  it('is quiet below the level', () => {
    const log = logLines()
    new JsonLogger('warn', log.destination).info('Chatter.')
    expect(log.text()).toBe('')
  })

  it("takes Nest's own way of calling", () => {
    const { lines } = logged((log) => {
      log.log('Mapped {/health}', 'WebSocketsController')
      log.error('Broken', 'Error: x\n    at y', 'ExceptionsHandler')
    })
    expect(lines[0]).toMatchObject({ level: 'info', message: 'Mapped {/health}', context: 'WebSocketsController' })
    expect(lines[1]).toMatchObject({
      level: 'error',
      context: 'ExceptionsHandler',
      stack: expect.stringContaining('at y'),
    })
  })
})

// proves TL-OPS-002
describe('what never enters the log', () => {
  it.each([
    'authorization',
    'Authorization',
    'cookie',
    'Set-Cookie',
    'password',
    'access_token',
    'refreshToken',
    'client_secret',
    'api-key',
    'privateKey',
    'kek',
    'otp',
  ])('is the value of %s, at any depth', (name) => {
    const { text } = logged((log) => log.info('x', { request: { headers: [{ [name]: 'hunter2' }] } }))
    expect(text).toContain('[redacted]')
    expect(text).not.toContain('hunter2')
  })

  it.each([
    ['a password in a URL', 'cannot reach postgres://owner:hunter2@db:5432/x'],
    ['a bearer token', 'header was Bearer hunter2.abc-def'],
    ['a JWT', 'got eyJhbGciOiJub25lIn0.hunter2.'],
  ])('is %s inside a text', (_, secret) => {
    const { text } = logged((log) => log.error('x', { error: new Error(secret), note: secret }))
    expect(text).not.toContain('hunter2')
  })

  it.each([
    ['a JSON parser', () => JSON.parse('hunter2')],
    [
      'the database',
      () => {
        throw Object.assign(new Error('invalid input syntax for type date: "hunter2"'), {
          code: '22007',
          detail: 'hunter2',
        })
      },
    ],
  ])('is the input that %s quotes in its message', (_, fail) => {
    const { text, lines } = logged((log) => {
      try {
        fail()
      } catch (error) {
        log.error('x', { error })
      }
    })
    expect(text).not.toContain('hunter2')
    expect(lines[0]!.error).toMatchObject({ stack: expect.stringContaining('at ') })
  })

  it('is a secret of the configuration, or bytes', () => {
    const { configuration } = readConfiguration({ DATABASE_URL: 'postgres://u:hunter2@db/x' })
    const { text } = logged((log) => log.info('x', { configuration, payload: Buffer.from('hunter2') }))
    expect(text).not.toContain('hunter2')
    expect(text).toContain('[7 bytes]')
  })
})

describe('what helps to find a fault', () => {
  it('is the name, code, message and stack of an error', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
    expect(logged((log) => log.error('x', { error })).lines[0]!.error).toEqual({
      name: 'Error',
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED 127.0.0.1:5432',
      stack: expect.stringMatching(/^at .*logger\.spec/),
    })
  })
})
