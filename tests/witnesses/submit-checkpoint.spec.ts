import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { parseAddCheckpoint } from '../../src/ledger/log/add-checkpoint.js'
import { parseCheckpoint } from '../../src/ledger/log/checkpoint.js'
import { cosigner, cosignatureVerifier } from '../../src/ledger/log/cosignature.js'
import { privateKeyFromSeed } from '../../src/ledger/log/ed25519.js'
import { formatSignatureLine } from '../../src/ledger/log/note.js'
import { submitCheckpoint, type SubmissionOutcome } from '../../src/witnesses/submit-checkpoint.js'
import { freePort } from '../support/free-port.js'
import { checkpointOf, sampleLog } from '../ledger/log/support/sample-log.js'
import { proofBetween } from '../ledger/witness/support/sample-request.js'

const own = cosigner('w1.example', privateKeyFromSeed(Buffer.alloc(32, 31)))
const other = cosigner('w2.example', privateKeyFromSeed(Buffer.alloc(32, 32)))
const log = sampleLog(300)
const signed = checkpointOf(log)
const now = () => Math.floor(Date.now() / 1000)
const lineOf = (by = own, time = now(), of = signed) =>
  `${formatSignatureLine(by.cosign(parseCheckpoint(of).note.text, time))}\n`

type Answer = (request: string, response: ServerResponse) => void
const plainly =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body)
const size = (told: number): Answer => plainly(409, `${told}\n`, { 'Content-Type': 'text/x.tlog.size' })

describe('a checkpoint that is sent to a witness', () => {
  let server: Server
  let answers: Answer[]
  let seen: number[]
  beforeEach(async () => {
    seen = []
    server = createServer((request: IncomingMessage, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        seen.push(parseAddCheckpoint(body).oldSize)
        answers.shift()!(body, response)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })

  const submit = (
    knownSize: number,
    options: { timeoutMs?: number; port?: number } = {},
  ): Promise<SubmissionOutcome> => {
    const { port = (server.address() as AddressInfo).port, timeoutMs } = options
    const url = `http://127.0.0.1:${port}/`
    const witness = { name: 'w1', vkey: own.vkey, verifier: cosignatureVerifier(own.vkey), url }
    const prove = (oldSize: number) => proofBetween(log, oldSize)
    return submitCheckpoint({ witness, signed, knownSize, prove, signal: new AbortController().signal, timeoutMs })
  }

  it('comes back with its cosignature, whoever else cosigned', async () => {
    answers = [plainly(200, lineOf(other) + lineOf())]
    expect(await submit(100)).toMatchObject({ kind: 'cosigned', cosignature: { time: expect.any(Number) } })
    expect(seen).toEqual([100])
  })

  it('is sent again from the size that the witness tells', async () => {
    answers = [size(42), plainly(200, lineOf())]
    expect(await submit(100)).toMatchObject({ kind: 'cosigned' })
    expect(seen).toEqual([100, 42])
  })

  it('finds that the witness saw a larger log', async () => {
    answers = [size(301)]
    expect(await submit(100)).toEqual({ kind: 'larger-log-seen', witnessSize: 301 })
  })

  it('is asked about from zero where more was cosigned than it has', async () => {
    answers = [size(400)]
    expect(await submit(400)).toEqual({ kind: 'larger-log-seen', witnessSize: 400 })
    expect(seen).toEqual([0])
  })

  it('finds that the witness saw another history', async () => {
    answers = [size(42), plainly(422, 'no')]
    expect(await submit(100)).toEqual({ kind: 'not-an-extension', witnessSize: 42 })
  })

  const mldsaLine = `— w3.example ${Buffer.alloc(4 + 8 + 2420, 1).toString('base64')}\n`
  it('is taken as cosigned beside signatures of types that are not known', async () => {
    answers = [plainly(200, mldsaLine + lineOf())]
    expect(await submit(100)).toMatchObject({ kind: 'cosigned' })
  })

  it.each<[string, Answer, string]>([
    ['rubbish', plainly(200, 'all is well\n'), 'answer-malformed'],
    ['nothing', plainly(200, ''), 'cosignature-missing'],
    ['bytes that are no text', plainly(200, Buffer.of(0xff, 0xfe)), 'answer-malformed'],
    ["another witness's cosignature", plainly(200, lineOf(other)), 'cosignature-missing'],
    [
      'a cosignature over another checkpoint',
      plainly(200, lineOf(own, now(), checkpointOf(sampleLog(299)))),
      'cosignature-invalid',
    ],
    ['its cosignature twice', plainly(200, lineOf() + lineOf()), 'cosignature-invalid'],
    ['a cosignature made long ago', plainly(200, lineOf(own, now() - 3600)), 'time-implausible'],
    ['a cosignature of the future', plainly(200, lineOf(own, now() + 3600)), 'time-implausible'],
    ['more than it may', plainly(200, lineOf().repeat(2000)), 'answer-too-large'],
    ['no size', plainly(409, 'much\n', { 'Content-Type': 'text/x.tlog.size' }), 'answer-malformed'],
    ['a size without its media type', plainly(409, '42\n'), 'answer-malformed'],
    ['the size it was told', size(100), 'answer-malformed'],
    ['that the log is unknown', plainly(404, ''), 'answer-404'],
    ['that nobody it trusts signed', plainly(403, ''), 'answer-403'],
    ['with another address', plainly(307, '', { Location: 'http://127.0.0.1:1/add-checkpoint' }), 'answer-307'],
    ['by hanging up', (_request, response) => void response.destroy(), 'unreachable'],
  ])('is not cosigned by a witness that answers %s', async (_what, answer, code) => {
    answers = [answer]
    expect(await submit(100)).toEqual({ kind: 'failed', code, retryAfterMs: 0 })
  })

  it('is held back for as long as the witness asks', async () => {
    answers = [plainly(429, '', { 'Retry-After': '120' })]
    expect(await submit(100)).toEqual({ kind: 'failed', code: 'answer-429', retryAfterMs: 120_000 })
  })

  it('waits for nobody who never answers', async () => {
    answers = [() => undefined]
    expect(await submit(100, { timeoutMs: 50 })).toMatchObject({ kind: 'failed', code: 'timeout' })
    expect(await submit(100, { port: await freePort() })).toMatchObject({ kind: 'failed', code: 'unreachable' })
  })

  it('chases no witness whose size changes with every answer', async () => {
    answers = [size(42), size(43)]
    expect(await submit(100)).toMatchObject({ kind: 'failed', code: 'size-changed-again' })
  })
})
