import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parseCheckpoint } from '../../../src/ledger/log/checkpoint.js'
import { buildGoVerifier, type GoVerifier } from './support/go-verifier.js'
import {
  buildLog,
  checkpointOf,
  type Resources,
  sampleEntries,
  sampleLog,
  signer,
  writeLog,
} from './support/sample-log.js'

const built = await buildGoVerifier()
const suite = 'unavailable' in built ? describe.skip : describe
if ('unavailable' in built) console.warn(`Skipping the verification by Go: ${built.unavailable}.`)

suite('golang.org/x/mod/sumdb, note and tlog', () => {
  const go = built as GoVerifier
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-interop-'))
  })
  afterAll(async () => {
    await rm(folder, { recursive: true })
    await go.remove()
  })

  async function stored(log: Resources): Promise<string> {
    const place = await mkdtemp(join(folder, 'log-'))
    await writeLog(place, log)
    return place
  }

  // proves TL-LOG-002
  it.each([1, 2, 255, 256, 257, 1_000, 65_537, 70_000])('accepts our log of %i entries', async (size) => {
    const log = sampleLog(size)
    const summary = await go.verify('-dir', await stored(log), '-vkey', signer.vkey)
    const { origin, root } = parseCheckpoint(checkpointOf(log))
    expect(summary).toMatchObject({ origin, size, root: root.toString('base64') })
    expect(summary.inclusion).toBeGreaterThan(0)
    expect(summary.consistency).toBeGreaterThan(0)
  })

  it('accepts it over HTTP, and as an extension of an earlier checkpoint of ours', async () => {
    const log = sampleLog(1_000)
    const old = join(folder, 'old')
    await writeFile(old, checkpointOf(sampleLog(300)))
    const server = createServer((request, response) => {
      const path = request.url!.slice('/log/'.length)
      const allowed = !path.startsWith('tile/entries') || request.headers.authorization === 'Bearer reviewer'
      response.writeHead(allowed ? (log.has(path) ? 200 : 404) : 401).end(allowed ? log.get(path) : undefined)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`
    const summary = await go.verify('-url', url, '-vkey', signer.vkey, '-token', 'reviewer', '-old', old)
    expect(summary.size).toBe(1_000)
    await expect(go.verify('-url', url, '-vkey', signer.vkey)).rejects.toThrow('401')
    await new Promise((resolve) => server.close(resolve))
  })

  // proves TL-LOG-002
  it('rejects what it should, so that its acceptance means something', async () => {
    const log = sampleLog(1_000)
    const forged = new Map([...buildLog(sampleEntries(1_000).with(5, Buffer.from('forged')))])
    const entries = new Map(log).set('tile/entries/000', forged.get('tile/entries/000')!)
    const tiles = new Map(forged).set('checkpoint', log.get('checkpoint')!)
    const old = join(folder, 'forked')
    await writeFile(old, checkpointOf(buildLog(sampleEntries(300).with(5, Buffer.from('forged')))))
    const verify = async (of: Resources, ...flags: string[]) =>
      go.verify('-dir', await stored(of), '-vkey', signer.vkey, ...flags)
    await expect(verify(entries)).rejects.toThrow('entry 5 is not the one in the tree')
    await expect(verify(tiles)).rejects.toThrow('verify:')
    await expect(verify(log, '-old', old)).rejects.toThrow('old checkpoint')
  })
})
