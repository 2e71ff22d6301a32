import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { encodeAddCheckpoint, MAX_ADD_CHECKPOINT_BYTES } from '../../../src/ledger/log/add-checkpoint.js'
import { originHash } from '../../../src/ledger/log/checkpoint.js'
import {
  cosignatureTime,
  cosignatureVerifier,
  cosigner,
  generateCosignerKey,
} from '../../../src/ledger/log/cosignature.js'
import { privateKeyFromSeed } from '../../../src/ledger/log/ed25519.js'
import { leafHash } from '../../../src/ledger/log/hash.js'
import { LastSeenStore } from '../../../src/ledger/log/last-seen.js'
import { parseNote, verifyNote } from '../../../src/ledger/log/note.js'
import { noteVerifier } from '../../../src/ledger/log/note-key.js'
import { Witness, type CosignedCheckpoints, type WitnessAnswer } from '../../../src/ledger/witness/witness.js'
import { startWitnessServer, type WitnessServer } from '../../../src/ledger/witness/witness-server.js'
import { silentLog } from '../../../src/platform/logging/log.js'
import { startTypeScript, type TypeScriptChild } from '../../support/typescript-child.js'
import { ORIGIN, checkpointOf, sampleLog, signer, type Resources } from '../log/support/sample-log.js'
import { forkedLog, requestFor } from './support/sample-request.js'

const NOW = 1_790_000_000
const w1 = cosigner('witness.example.org/w1', privateKeyFromSeed(Buffer.alloc(32, 21)))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-ledger-witness-'))
})
afterEach(() => rm(folder, { recursive: true }))

function aWitness(checkpoints: CosignedCheckpoints = new LastSeenStore(folder)): Witness {
  const evidence = join(folder, 'contradictions')
  return new Witness({ cosigner: w1, logs: [signer.vkey], checkpoints, evidence, now: () => NOW })
}

/** The cosignature of `w1` in an answer, verified over the checkpoint of a log. */
function cosignatureIn({ body }: WitnessAnswer, log: Resources) {
  const note = parseNote(checkpointOf(log) + body)
  return verifyNote(note, [cosignatureVerifier(w1.vkey)])[0]!
}

// proves TL-LOG-005
describe('a witness', () => {
  it('answers with its cosignature and the time', async () => {
    const answer = await aWitness().addCheckpoint(await requestFor(sampleLog(3), 0))
    expect(answer.status).toBe(200)
    expect(cosignatureTime(cosignatureIn(answer, sampleLog(3)))).toBe(NOW)
  })

  it('follows the log as it grows, and remembers across a restart', async () => {
    await aWitness().addCheckpoint(await requestFor(sampleLog(3), 0))
    const restarted = aWitness()
    expect(await restarted.addCheckpoint(await requestFor(sampleLog(300), 0))).toMatchObject({
      status: 409,
      contentType: 'text/x.tlog.size',
      body: '3\n',
    })
    expect(await restarted.addCheckpoint(await requestFor(sampleLog(300), 3))).toMatchObject({ status: 200 })
  })

  it('refuses another history and keeps what the log signed as evidence', async () => {
    const witness = aWitness()
    await witness.addCheckpoint(await requestFor(sampleLog(100), 0))
    const forged = await requestFor(forkedLog(120), 100)
    expect(await witness.addCheckpoint(forged)).toMatchObject({ status: 422 })
    expect(await witness.addCheckpoint(await requestFor(forkedLog(100), 100))).toMatchObject({ status: 422 })
    const kept = await readdir(join(folder, 'contradictions'))
    expect(kept).toHaveLength(2)
    const [larger] = kept.filter((name) => name.includes('.120.'))
    expect(await readFile(join(folder, 'contradictions', larger!), 'utf8')).toBe(forged)
    expect(await witness.addCheckpoint(await requestFor(sampleLog(120), 100))).toMatchObject({ status: 200 })
  })

  it('keeps the proof of a fork though somebody filled its folder with checkpoints that the log published', async () => {
    const witness = aWitness()
    await witness.addCheckpoint(await requestFor(sampleLog(100), 0))
    const checkpoints = Array.from({ length: 110 }, (_, index) => checkpointOf(sampleLog(101 + index)))
    for (const checkpoint of checkpoints)
      await witness.addCheckpoint(encodeAddCheckpoint({ oldSize: 100, proof: [], checkpoint }))
    const again = encodeAddCheckpoint({
      oldSize: 100,
      proof: [leafHash('x')],
      checkpoint: checkpointOf(sampleLog(100)),
    })
    expect(await witness.addCheckpoint(again)).toMatchObject({ status: 422 })
    await witness.addCheckpoint(await requestFor(forkedLog(100), 100))
    const kept = await readdir(join(folder, 'contradictions'))
    expect(kept.filter((name) => name.startsWith(`unproven.${originHash(ORIGIN)}.`))).toHaveLength(100)
    expect(kept.filter((name) => name.startsWith(`fork.${originHash(ORIGIN)}.100.`))).toHaveLength(1)
    expect(kept).toHaveLength(101)
  })

  it('cosigns one of two checkpoints that are sent at once with the same old size', async () => {
    const witness = aWitness()
    const requests = await Promise.all([requestFor(sampleLog(5), 0), requestFor(forkedLog(7), 0)])
    const answers = await Promise.all(requests.map((request) => witness.addCheckpoint(request)))
    expect(answers.map(({ status }) => status)).toEqual([200, 409])
  })

  it('gives no answer before its memory is durable', async () => {
    const store = new LastSeenStore(folder)
    const order: string[] = []
    const watched: CosignedCheckpoints = {
      read: (origin) => store.read(origin),
      keep: async (signed) => (await store.keep(signed), void order.push('kept')),
    }
    await aWitness(watched).addCheckpoint(await requestFor(sampleLog(3), 0))
    order.push('answered')
    expect(order).toEqual(['kept', 'answered'])
  })

  it('stays with what it kept when it died before it answered', async () => {
    const store = new LastSeenStore(folder)
    const dying: CosignedCheckpoints = {
      read: (origin) => store.read(origin),
      keep: async (signed) => {
        await store.keep(signed)
        throw new Error('killed')
      },
    }
    await expect(aWitness(dying).addCheckpoint(await requestFor(sampleLog(100), 0))).rejects.toThrow('killed')
    const restarted = aWitness()
    expect(await restarted.addCheckpoint(await requestFor(forkedLog(100), 0))).toMatchObject({ body: '100\n' })
    expect(await restarted.addCheckpoint(await requestFor(forkedLog(100), 100))).toMatchObject({ status: 422 })
    expect(await restarted.addCheckpoint(await requestFor(sampleLog(100), 100))).toMatchObject({ status: 200 })
  })

  it('answers nothing and goes on when its memory cannot be written', async () => {
    const store = new LastSeenStore(folder)
    let full = true
    const witness = aWitness({
      read: (origin) => store.read(origin),
      keep: (signed) => (full ? Promise.reject(new Error('ENOSPC')) : store.keep(signed)),
    })
    await expect(witness.addCheckpoint(await requestFor(sampleLog(3), 0))).rejects.toThrow('ENOSPC')
    full = false
    expect(await witness.addCheckpoint(await requestFor(sampleLog(3), 0))).toMatchObject({ status: 200 })
  })

  it('cosigns nothing on a memory that was altered', async () => {
    const witness = aWitness()
    await witness.addCheckpoint(await requestFor(sampleLog(100), 0))
    const file = join(folder, `${originHash(ORIGIN)}.checkpoint`)
    await writeFile(file, (await readFile(file, 'utf8')).replace('\n100\n', '\n10\n'))
    await expect(witness.addCheckpoint(await requestFor(forkedLog(20), 10))).rejects.toMatchObject({
      code: 'note-signature-invalid',
    })
    await expect(witness.assertMemory()).rejects.toMatchObject({ code: 'note-signature-invalid' })
  })
})

describe('a witness over HTTP', () => {
  let server: WitnessServer
  let said: string[]
  beforeEach(async () => {
    said = []
    const log = { ...silentLog, error: (message: string) => void said.push(message) }
    server = await startWitnessServer(aWitness(), { port: 0, host: '127.0.0.1', log })
  })
  afterEach(() => server.close())
  const add = (body: string) => fetch(`${server.url}/add-checkpoint`, { method: 'POST', body })
  const monitored = () => fetch(`${server.url}/${originHash(ORIGIN)}/checkpoint`)

  it('takes checkpoints and shows monitors the last one, signed by the log and by itself', async () => {
    expect((await monitored()).status).toBe(404)
    expect((await add(await requestFor(sampleLog(5), 0))).status).toBe(200)
    const note = parseNote(await (await monitored()).text())
    expect(verifyNote(note, [noteVerifier(signer.vkey), cosignatureVerifier(w1.vkey)])).toHaveLength(2)
    expect(await (await fetch(server.url)).text()).toContain(w1.vkey)
  })

  it('tells its size as the standard asks', async () => {
    await add(await requestFor(sampleLog(5), 0))
    const answer = await add(await requestFor(sampleLog(8), 0))
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      409,
      'text/x.tlog.size',
      '5\n',
    ])
  })

  it('refuses a body without bounds, other methods and other paths', async () => {
    expect((await add('x'.repeat(MAX_ADD_CHECKPOINT_BYTES + 1))).status).toBe(413)
    expect((await fetch(`${server.url}/add-checkpoint`)).status).toBe(405)
    expect((await fetch(`${server.url}/${'0'.repeat(64)}/checkpoint`)).status).toBe(404)
    expect((await fetch(`${server.url}/other`)).status).toBe(404)
    expect((await add('rubbish')).status).toBe(400)
  })

  it('says of a fork that the log made it, and of a proof left out that anybody may have', async () => {
    await add(await requestFor(sampleLog(100), 0))
    const sent = [await requestFor(forkedLog(100), 100), await requestFor(forkedLog(120), 100)]
    for (const body of sent) expect((await add(body)).status).toBe(422)
    expect(said).toEqual([
      'The log signed another tree of the size that was cosigned last.',
      'Somebody sent a checkpoint of the log without a proof that it extends what was cosigned.',
    ])
  })

  it('goes on after a client that hung up in the middle', async () => {
    const { port, hostname } = new URL(server.url)
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write('POST /add-checkpoint HTTP/1.1\r\nHost: w\r\nContent-Length: 1000\r\n\r\nold 0\n', () =>
          socket.destroy(),
        )
      }).once('close', () => resolve())
    })
    expect((await add(await requestFor(sampleLog(5), 0))).status).toBe(200)
  })
})

// proves TL-LOG-005
describe('a witness that is killed', () => {
  let key: string
  const start = async (): Promise<{ url: string; process: TypeScriptChild }> => {
    const options = ['--key', key, '--log', signer.vkey, '--state', join(folder, 'state'), '--port', '0']
    const process = startTypeScript(join(import.meta.dirname, '../../../src/cli.ts'), ['witness', 'serve', ...options])
    return { url: (await process.nextLine<{ url: string }>()).url, process }
  }
  beforeEach(async () => {
    key = join(folder, 'key')
    await writeFile(key, generateCosignerKey('witness.example.org/w1'), { mode: 0o600 })
  })

  it('still knows what it said, and at most the one checkpoint more that nobody heard of', async () => {
    let acknowledged = 0
    for (const answers of [1, 4, 7]) {
      const { url, process } = await start()
      const send = async (log: Resources, oldSize: number) =>
        fetch(`${url}/add-checkpoint`, { method: 'POST', body: await requestFor(log, oldSize) })
      const conflict = await send(sampleLog(acknowledged + 2), acknowledged + 2)
      const known = Number(await conflict.text())
      expect([acknowledged, acknowledged + 1]).toContain(known)
      if (known > 0) expect((await send(forkedLog(known), known)).status).toBe(422)
      for (acknowledged = known; acknowledged < known + answers; acknowledged++)
        expect((await send(sampleLog(acknowledged + 1), acknowledged)).status).toBe(200)
      const unheard = send(sampleLog(acknowledged + 1), acknowledged).catch(() => undefined)
      await process.kill()
      await unheard
    }
  })
})
