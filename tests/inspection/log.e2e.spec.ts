import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { decodeEntryBundle } from '../../src/ledger/log/entry-bundle.js'
import { leafHash } from '../../src/ledger/log/hash.js'
import { httpLogSource } from '../../src/ledger/log/http-log-source.js'
import { noteVerifier } from '../../src/ledger/log/note-key.js'
import { parseTlogProof, verifyTlogProof } from '../../src/ledger/log/tlog-proof.js'
import { verifyLog } from '../../src/ledger/log/verify-log.js'
import { EVENT_STORE } from '../../src/journal/journal.tokens.js'
import type { EventStore } from '../../src/ledger/event-store.js'
import { buildGoVerifier } from '../ledger/log/support/go-verifier.js'
import { anEvent, aStream } from '../support/event-fixtures.js'
import { startTestService, type TestService } from '../support/test-service.js'

const EVENTS = 300

describe('the log over HTTP', () => {
  let test: TestService
  let vkey: string
  beforeAll(async () => {
    test = await startTestService()
    const store = test.service.app.get<EventStore>(EVENT_STORE)
    await store.append([
      { stream: aStream(), expectedRevision: 'any', events: Array.from({ length: EVENTS }, () => anEvent()) },
    ])
    vkey = (await (await test.request(null, '/log/vkey')).text()).trim()
  })
  afterAll(() => test.stop())

  it('shows anybody the checkpoint, the key and the tiles', async () => {
    for (const path of [
      '/log/checkpoint',
      '/log/vkey',
      '/log/tile/0/000',
      '/log/tile/0/001.p/44',
      '/log/tile/1/000.p/1',
    ]) {
      const answer = await test.request(null, path)
      expect([path, answer.status]).toEqual([path, 200])
    }
  })

  it.each([
    ['nobody', null, 401],
    ['a participant', 'participant', 403],
    ['a modeller', 'modeller', 403],
    ['a regulator', 'regulator', 200],
    ['a compliance officer', 'compliance', 200],
  ])('answers %s who asks for entries', async (_who, account, status) => {
    expect((await test.request(account, '/log/tile/entries/000')).status).toBe(status)
  })

  it.each([
    '/log/tile/0/0',
    '/log/tile/0/000.p/0',
    '/log/tile/0/000.p/256',
    '/log/tile/64/000',
    '/log/tile/0/x000/000',
  ])('refuses the path %s, which names no tile', async (path) => {
    const answer = await test.request(null, path)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'tile-path-malformed'])
  })

  it.each(['/log/tile/0/002', '/log/tile/0/001', '/log/tile/0/001.p/255', '/log/tile/2/000.p/1'])(
    'has no tile at %s yet',
    async (path) => {
      const answer = await test.request(null, path)
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'tile-not-found'])
    },
  )

  it('verifies from outside: signature, every tile, every entry', async () => {
    const source = httpLogSource(`${test.url}/log`, { token: await test.token('regulator') })
    const verified = await verifyLog(source, { vkey })
    expect(verified.checkpoint.size).toBeGreaterThanOrEqual(EVENTS)
    expect(verified.entries).toBe(verified.checkpoint.size)
  })

  // proves TL-LOG-003
  it('gives a proof file that holds offline for the event, and for no other', async () => {
    const file = await (await test.request('regulator', '/log/proof/17')).text()
    const bundle = Buffer.from(await (await test.request('regulator', '/log/tile/entries/000')).arrayBuffer())
    const entries = decodeEntryBundle(bundle, 256)
    const proof = parseTlogProof(file)
    expect(verifyTlogProof(proof, leafHash(entries[17]!), [noteVerifier(vkey)]).size).toBeGreaterThanOrEqual(EVENTS)
    expect(() => verifyTlogProof(proof, leafHash(entries[18]!), [noteVerifier(vkey)])).toThrow(
      expect.objectContaining({ code: 'proof-invalid' }),
    )
  })

  it('has no proof for what has not happened', async () => {
    expect((await test.request('regulator', '/log/proof/999999')).status).toBe(404)
    expect((await test.request('regulator', '/log/proof/first')).status).toBe(400)
  })

  // proves TL-LOG-002
  it("is accepted by Go's own sumdb verifier", async () => {
    const go = await buildGoVerifier()
    if ('unavailable' in go) return console.warn(`Skipped: ${go.unavailable}`)
    const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-go-'))
    try {
      const old = join(folder, 'old')
      await writeFile(old, await (await test.request(null, '/log/checkpoint')).text())
      await test.service.app
        .get<EventStore>(EVENT_STORE)
        .append([{ stream: aStream(), expectedRevision: 'any', events: [anEvent()] }])
      await go.verify('-url', `${test.url}/log`, '-vkey', vkey, '-token', await test.token('regulator'), '-old', old)
    } finally {
      await go.remove()
      await rm(folder, { recursive: true })
    }
  })
})
