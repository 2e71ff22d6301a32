import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { encodeEntryBundle } from '../../../src/ledger/log/entry-bundle.js'
import { compileLog } from './support/compiled-log.js'
import { sampleLog, signer, writeLog } from './support/sample-log.js'

/** Verifies the folder given and prints what came of it, and whether threads were at work. */
const PROGRAM = `
import { folderLogSource } from './src/ledger/log/folder-log-source.js'
import { verifyLog } from './src/ledger/log/verify-log.js'
import { bundleHasherFor } from './src/ledger/log/worker-hasher.js'
const [folder, vkey] = process.argv.slice(2)
const hasher = bundleHasherFor(70_000, 3)
await hasher.close()
const outcome = await verifyLog(folderLogSource(folder), { vkey, threads: 3 }).then(
  ({ entries, tiles }) => ({ entries, tiles }),
  ({ code, details }) => ({ code, details }),
)
console.log(JSON.stringify({ hasher: hasher.constructor.name, ...outcome }))
`

describe('verification on worker threads', () => {
  const log = sampleLog(70_000)
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-workers-'))
    await compileLog(folder)
    await writeFile(join(folder, 'program.js'), PROGRAM)
    await writeLog(join(folder, 'log'), log)
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function verify(): Promise<unknown> {
    const { stdout } = await promisify(execFile)(process.execPath, ['program.js', 'log', signer.vkey], { cwd: folder })
    return JSON.parse(stdout)
  }

  it('comes to the result of a single thread, and ends its threads', async () => {
    expect(await verify()).toEqual({ hasher: 'WorkerHasher', entries: 70_000, tiles: 277 })
  })

  it('names the first thing that is wrong', async () => {
    await writeFile(join(folder, 'log/tile/entries/100'), encodeEntryBundle(Array(256).fill(Buffer.from('forged'))))
    await writeFile(join(folder, 'log/tile/entries/200'), 'truncated')
    expect(await verify()).toMatchObject({ code: 'entry-mismatch', details: { position: 25_600 } })
    await writeLog(join(folder, 'log'), new Map([['tile/entries/100', log.get('tile/entries/100')!]]))
    expect(await verify()).toMatchObject({
      code: 'entry-bundle-malformed',
      details: { tile: 'tile/entries/200', position: 51_200 },
    })
  })
})
