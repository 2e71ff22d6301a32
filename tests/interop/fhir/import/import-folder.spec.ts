import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Bundle } from 'fhir/r4.js'
import { importFolder, type ImportOptions } from '../../../../src/interop/fhir/import/import-folder.js'
import { exitCode, type ImportSummary } from '../../../../src/interop/fhir/import/import-summary.js'
import { inProcessSender } from '../../../../src/interop/fhir/import/in-process-sender.js'
import type { SendBundle } from '../../../../src/interop/fhir/import/send-bundle.js'
import { Unauthenticated, Unavailable } from '../../../../src/platform/errors.js'
import { batch, cholesterol, patient, transaction, uuid } from '../support/bundles.js'
import { context, InMemoryRecorder, ingestWith } from '../support/in-memory-recorder.js'

let folder: string
let stateDirectory: string
let recorder: InMemoryRecorder
let send: SendBundle

beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'twin-ledger-import-'))
  folder = join(root, 'bundles')
  stateDirectory = join(root, 'state')
  await mkdir(folder)
  recorder = new InMemoryRecorder()
  send = inProcessSender(ingestWith(recorder), () => context)
})
afterEach(() => rm(join(folder, '..'), { recursive: true }))

/** A bundle of one patient, told apart by a digit, with one observation. */
function bundleOf(digit: string): Bundle {
  const id = uuid(digit)
  const identifier = [{ system: 'urn:mrn', value: digit }]
  return transaction(
    patient({ id, identifier }),
    cholesterol({ id: uuid('b').replace(/^b/, digit), subject: { reference: `Patient/${id}` } }),
  )
}

const put = (name: string, content: object | string | Buffer) =>
  writeFile(
    join(folder, name),
    Buffer.isBuffer(content) || typeof content === 'string' ? content : JSON.stringify(content),
  )

const run = (changes: Partial<ImportOptions> = {}): Promise<ImportSummary> =>
  importFolder({ folder, stateDirectory, send, backOff: 1, ...changes })

describe('an import', () => {
  it('takes .json and .json.gz of all subfolders, and nothing else', async () => {
    await mkdir(join(folder, 'deeper'))
    await put('a.json', bundleOf('1'))
    await put('deeper/b.json.gz', gzipSync(JSON.stringify(bundleOf('2'))))
    await put('notes.txt', 'not a bundle')
    await put('.hidden.json', 'not a bundle')
    const summary = await run()
    expect(summary).toEqual({
      files: 2,
      skipped: 0,
      bundles: 2,
      entries: { recorded: 4, alreadyRecorded: 0, superseded: 0, ignored: 0, refused: 0 },
      refusals: [],
    })
    expect(exitCode(summary)).toBe(0)
  })

  it('sends nothing twice in a second run', async () => {
    await put('a.json', bundleOf('1'))
    await run()
    expect(await run()).toMatchObject({ files: 1, skipped: 1, bundles: 0 })
    expect(recorder.received).toHaveLength(1)
  })

  it('sends a file again that has changed, and records nothing twice', async () => {
    await put('a.json', bundleOf('1'))
    await run()
    await put('a.json', JSON.stringify(bundleOf('1'), null, 1))
    expect(await run()).toMatchObject({ skipped: 0, entries: { recorded: 0, alreadyRecorded: 2 } })
  })

  it('leaves the source folder as it is, and no names in its journal', async () => {
    await put('Jane_Doe.json', bundleOf('1'))
    await run()
    expect(await readdir(folder)).toEqual(['Jane_Doe.json'])
    expect(await readdir(stateDirectory)).toEqual(['.twin-ledger-import.json'])
    expect(await readFile(join(stateDirectory, '.twin-ledger-import.json'), 'utf8')).not.toContain('Jane')
  })

  it('reports files that are refused, goes on with the others and tries them again next time', async () => {
    await put('a.json', '{"resourceType":"Bund')
    await put('b.json.gz', 'no gzip')
    await put('c.json', bundleOf('1'))
    const summary = await run()
    expect(summary.bundles).toBe(1)
    expect(summary.refusals.map(({ file, code }) => [file, code]).sort()).toEqual([
      ['a.json', 'fhir-body-not-json'],
      ['b.json.gz', 'import-file-unreadable'],
    ])
    expect(exitCode(summary)).toBe(1)
    await put('a.json', bundleOf('2'))
    expect(await run()).toMatchObject({ bundles: 1, skipped: 1 })
  })

  it('reports refused entries of a batch with their reason', async () => {
    const broken = { ...cholesterol(), status: 'done' } as never
    await put('a.json', batch(patient(), broken))
    const summary = await run()
    expect(summary.entries).toMatchObject({ recorded: 1, refused: 1 })
    expect(summary.refusals).toEqual([
      { file: 'a.json', code: 'fhir-resource-invalid', message: expect.any(String), entries: 1 },
    ])
  })

  it('says how far it is after each file', async () => {
    await put('a.json', bundleOf('1'))
    await put('b.json', bundleOf('2'))
    const seen: number[] = []
    await run({ concurrency: 1, onProgress: ({ bundles }) => seen.push(bundles) })
    expect(seen).toEqual([1, 2])
  })

  it('has as many bundles under way as allowed, and never more', async () => {
    for (const digit of '123456') await put(`${digit}.json`, bundleOf(digit))
    let underWay = 0
    let most = 0
    let release: (() => void)[] = []
    const counting: SendBundle = async (body) => {
      most = Math.max(most, ++underWay)
      // Nobody goes on before three have come.
      const three = new Promise<void>((resolve) => release.push(resolve))
      if (release.length === 3) release = release.flatMap((go) => (go(), []))
      await three
      const answer = await send(body)
      underWay -= 1
      return answer
    }
    await run({ send: counting, concurrency: 3 })
    expect(most).toBe(3)
  })
})

describe('an import whose service goes away', () => {
  const away = () => Promise.reject(new Unavailable('import-service-unavailable', 'The service cannot be reached.'))

  // proves TL-FHR-005
  it('tries again, and loses and doubles nothing although answers were lost', async () => {
    for (const digit of '1234') await put(`${digit}.json`, bundleOf(digit))
    let calls = 0
    const flaky: SendBundle = async (body) => {
      calls += 1
      if (calls % 3 === 1) return away()
      const answer = await send(body)
      // The bundle was recorded, but nobody heard of it.
      return calls % 3 === 2 ? away() : answer
    }
    const summary = await run({ send: flaky, concurrency: 1 })
    expect(summary).toMatchObject({ bundles: 4, refusals: [] })
    expect(recorder.facts.size).toBe(4)
  })

  it('gives up in the end, and goes on there the next time', async () => {
    for (const digit of '123') await put(`${digit}.json`, bundleOf(digit))
    let calls = 0
    const dying: SendBundle = (body) => (++calls > 1 ? away() : send(body))
    await expect(run({ send: dying, concurrency: 1, attempts: 3 })).rejects.toMatchObject({
      code: 'import-service-unavailable',
    })
    expect(calls).toBe(1 + 3)
    expect(await run()).toMatchObject({ skipped: 1, bundles: 2 })
    expect(recorder.facts.size).toBe(3)
  })

  it('stops at once when its token is not accepted', async () => {
    for (const digit of '123') await put(`${digit}.json`, bundleOf(digit))
    let calls = 0
    const refusing: SendBundle = () => {
      calls += 1
      return Promise.reject(new Unauthenticated('import-token-refused', 'Not accepted.'))
    }
    await expect(run({ send: refusing, concurrency: 1 })).rejects.toMatchObject({ code: 'import-token-refused' })
    expect(calls).toBe(1)
  })

  // proves TL-FHR-005
  it('can be interrupted and continued', async () => {
    for (const digit of '1234') await put(`${digit}.json`, bundleOf(digit))
    const interrupt = new AbortController()
    const onProgress = ({ bundles }: Readonly<ImportSummary>) => {
      if (bundles === 2) interrupt.abort(new Error('interrupted'))
    }
    await expect(run({ concurrency: 1, signal: interrupt.signal, onProgress })).rejects.toThrow('interrupted')
    expect(await run()).toMatchObject({ skipped: 2, bundles: 2 })
  })
})

describe('an import that cannot begin', () => {
  it('says that the folder is missing', async () => {
    await expect(run({ folder: join(folder, 'nowhere') })).rejects.toMatchObject({ code: 'import-folder-missing' })
  })

  it('does not overwrite a journal that it cannot read', async () => {
    await mkdir(stateDirectory)
    await writeFile(join(stateDirectory, '.twin-ledger-import.json'), '{"version":2}')
    await expect(run()).rejects.toMatchObject({ code: 'import-journal-unreadable' })
    expect(await readFile(join(stateDirectory, '.twin-ledger-import.json'), 'utf8')).toBe('{"version":2}')
  })
})
