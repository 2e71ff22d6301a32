import { writeFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { encodeAddCheckpoint } from '../../src/ledger/log/add-checkpoint.js'
import { openCheckpoint, parseCheckpoint, signCheckpoint } from '../../src/ledger/log/checkpoint.js'
import { cosignedCheckpoint } from '../../src/ledger/log/cosigned-checkpoint.js'
import { cosignaturesOn } from '../../src/ledger/log/cosigned.js'
import { cosigner } from '../../src/ledger/log/cosignature.js'
import { privateKeyFromSeed } from '../../src/ledger/log/ed25519.js'
import { decodeEntryBundle } from '../../src/ledger/log/entry-bundle.js'
import { leafHash, subtreeRoot } from '../../src/ledger/log/hash.js'
import { httpLogSource } from '../../src/ledger/log/http-log-source.js'
import { LastSeenStore } from '../../src/ledger/log/last-seen.js'
import { generateSignerKey, noteSignerFromKey, noteVerifier } from '../../src/ledger/log/note-key.js'
import { consistencyProof, treeRoot } from '../../src/ledger/log/prove.js'
import { parseTlogProof, verifyTlogProof } from '../../src/ledger/log/tlog-proof.js'
import { parseWitnessPolicy, thresholdPolicy } from '../../src/ledger/log/witness-policy.js'
import { Witness } from '../../src/ledger/witness/witness.js'
import { startWitnessServer, type WitnessServer } from '../../src/ledger/witness/witness-server.js'
import { silentLog } from '../../src/platform/logging/log.js'
import { verifyLog } from '../../src/ledger/log/verify-log.js'
import { EVENT_STORE } from '../../src/journal/journal.tokens.js'
import type { EventStore } from '../../src/ledger/event-store.js'
import { buildGoVerifier } from '../ledger/log/support/go-verifier.js'
import { anEvent, aStream } from '../support/event-fixtures.js'
import { freePort } from '../support/free-port.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { until } from '../support/until.js'

const EVENTS = 300

const logKey = generateSignerKey('ledger.example.org/inspection')
const logSigner = noteSignerFromKey(logKey)
const cosigners = [51, 52].map((seed) => cosigner(`w${seed}.example`, privateKeyFromSeed(Buffer.alloc(32, seed))))
const silent = cosigner('silent.example', privateKeyFromSeed(Buffer.alloc(32, 53)))

describe('the log over HTTP', () => {
  let test: TestService
  let vkey: string
  let folder: string
  let ports: number[]
  let witnesses: WitnessServer[]
  /** Takes every request and never answers. */
  let mute: Server

  const startWitness = (index: number): Promise<WitnessServer> => {
    const state = join(folder, `w${index}`)
    const witness = new Witness({
      cosigner: cosigners[index]!,
      logs: [logSigner.vkey],
      checkpoints: new LastSeenStore(state),
      evidence: join(state, 'contradictions'),
    })
    return startWitnessServer(witness, { port: ports[index]!, host: '127.0.0.1', log: silentLog })
  }
  const append = (count: number) =>
    test.service.app
      .get<EventStore>(EVENT_STORE)
      .append([{ stream: aStream(), expectedRevision: 'any', events: Array.from({ length: count }, () => anEvent()) }])
  const text = async (path: string) => (await test.request(null, path)).text()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-log-'))
    ports = [await freePort(), await freePort()]
    witnesses = await Promise.all([startWitness(0), startWitness(1)])
    mute = createServer(() => undefined)
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    await writeFile(join(folder, 'key'), logKey, { mode: 0o600 })
    await writeFile(
      join(folder, 'witnesses'),
      [
        ...cosigners.map((each, index) => `witness w${index} ${each.vkey} ${witnesses[index]!.url}`),
        `witness mute ${silent.vkey} http://127.0.0.1:${(mute.address() as AddressInfo).port}`,
        'group two 2 w0 w1 mute',
        'quorum two',
      ].join('\n'),
    )
    test = await startTestService({
      LOG_ORIGIN: logSigner.name,
      LOG_SIGNING_KEY_FILE: join(folder, 'key'),
      LOG_WITNESSES: join(folder, 'witnesses'),
      LOG_WITNESS_INTERVAL_SECONDS: '1',
    })
    const store = test.service.app.get<EventStore>(EVENT_STORE)
    await store.append([
      { stream: aStream(), expectedRevision: 'any', events: Array.from({ length: EVENTS }, () => anEvent()) },
    ])
    vkey = (await (await test.request(null, '/log/vkey')).text()).trim()
  })
  afterAll(async () => {
    await test.stop()
    await Promise.all(witnesses.map((witness) => witness.close()))
    mute.closeAllConnections()
    mute.close()
    await rm(folder, { recursive: true })
  })

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

  /** The policy as the log tells it; here its reader knows the keys already. */
  const policy = async () => parseWitnessPolicy(await text('/log/witness-policy'))
  /** Size of the largest checkpoint that two of three cosigned, everything in it verified; -1 before the first. */
  const cosignedSize = async (): Promise<number> => {
    const answer = await test.request(null, '/log/cosigned-checkpoint')
    if (answer.status === 404) return -1
    const { size, note } = openCheckpoint(await answer.text(), [noteVerifier(vkey)])
    expect(cosignaturesOn(note, (await policy()).witnesses)).toHaveLength(2)
    return size
  }
  /** What the operator could show instead: the log as far as `size`, then something else, signed by the same key. */
  const anotherHistory = async (size: number): Promise<{ checkpoint: string; proof: Buffer[] }> => {
    const source = httpLogSource(`${test.url}/log`)
    const tiles = Array.from({ length: Math.ceil(size / 256) }, (_, index) =>
      source.tile(0, index, Math.min(256, size - index * 256)),
    )
    const leaves = Buffer.concat([...(await Promise.all(tiles)), leafHash('never recorded')])
    const read = async (height: number, index: number) =>
      subtreeRoot(leaves.subarray(index * 2 ** height * 32, (index + 1) * 2 ** height * 32))
    const root = await treeRoot(size + 1, read)
    return {
      checkpoint: signCheckpoint({ origin: logSigner.name, size: size + 1, root }, logSigner),
      proof: await consistencyProof(size, size + 1, read),
    }
  }
  const logSize = async () => parseCheckpoint(await text('/log/checkpoint')).size

  // proves TL-LOG-005
  describe('with two witnesses, and a third that never answers', () => {
    it('names them, and serves what two of them cosigned', async () => {
      const { witnesses: named } = await policy()
      expect(named.map((each) => each.vkey)).toEqual([...cosigners, silent].map((each) => each.vkey))
      await until('the cosigned checkpoint', async () => (await cosignedSize()) === (await logSize()))
      await until('the cosignatures on the newest', async () => {
        return cosignaturesOn(parseCheckpoint(await text('/log/checkpoint')).note, named).length === 2
      })
    })

    it('gives proofs that carry the cosignatures', async () => {
      const proof = parseTlogProof(await (await test.request('regulator', '/log/proof/17')).text())
      const bundle = Buffer.from(await (await test.request('regulator', '/log/tile/entries/000')).arrayBuffer())
      const checkpoint = verifyTlogProof(proof, leafHash(decodeEntryBundle(bundle, 256)[17]!), [noteVerifier(vkey)])
      expect(cosignaturesOn(checkpoint.note, (await policy()).witnesses)).toHaveLength(2)
    })

    it('is verified from outside, cosignatures demanded', async () => {
      const source = httpLogSource(`${test.url}/log`, { token: await test.token('regulator') })
      const demands = { vkey, maxAgeSeconds: 3600, now: Date.now() / 1000 }
      const two = thresholdPolicy(
        cosigners.map((each) => each.vkey),
        2,
      )
      const { signed } = await cosignedCheckpoint(source, { ...demands, policy: two })
      expect((await verifyLog(source, { vkey, cosigned: signed })).entries).toBeGreaterThanOrEqual(EVENTS)
      const three = thresholdPolicy(
        [...cosigners, silent].map((each) => each.vkey),
        3,
      )
      await expect(cosignedCheckpoint(source, { ...demands, policy: three })).rejects.toMatchObject({
        code: 'cosignature-missing',
      })
    })

    it('goes on when one is away, says how far it is behind, and is cosigned when it is back', async () => {
      await witnesses[1]!.close()
      await append(3)
      const { checks } = (await (await test.request(null, '/health/ready')).json()) as {
        checks: Record<string, { ok: boolean; detail: string }>
      }
      expect(checks.witnesses!.ok).toBe(true)
      expect(checks.witnesses!.detail).toMatch(/^enough cosigned \d+ events, w0 \d+ behind.*, w1 [1-9]\d* behind/)
      expect(await text('/metrics')).toMatch(/^log_witness_behind_events\{witness="w1"\} [1-9]/m)
      const size = await logSize()
      expect(await cosignedSize()).toBeLessThan(size)
      witnesses[1] = await startWitness(1)
      await until('the witness that is back', async () => (await cosignedSize()) >= size)
    })

    it('is found out when it showed a witness another history', async () => {
      let seen = -1
      await until('a witness that believes the other history', async () => {
        seen = await cosignedSize()
        const body = encodeAddCheckpoint({ oldSize: seen, ...(await anotherHistory(seen)) })
        return (await fetch(`${witnesses[0]!.url}/add-checkpoint`, { method: 'POST', body })).status === 200
      })
      await append(2)
      const sentences = async () => {
        const found = await test.request('regulator', '/api/v1/audit?type=witness.checkpoint-contradicted')
        return ((await found.json()) as { entries: { sentence: string }[] }).entries.map(({ sentence }) => sentence)
      }
      await until('the event', async () => (await sentences()).length > 0)
      expect((await sentences())[0]).toContain('The witness w51.example did not cosign the checkpoint')
      expect(await text('/metrics')).toMatch(/^security_alerts_total\{kind="checkpoint-contradicted"\} [1-9]/m)
      expect(await cosignedSize()).toBe(seen)
    })
  })
})
