import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { writeBundles, type WriteProgress } from '../../../src/evaluation/generator/index.js'
import { population, REFERENCE_DATE } from './support/population.js'

const options = { count: 3, seed: 1, referenceDate: REFERENCE_DATE }

describe('writing bundles to a folder', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'generated-'))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true })
  })

  it('makes the folder and writes one numbered file a patient', async () => {
    const out = join(folder, 'made', 'here')
    const { files, bytes } = await writeBundles(out, options)
    const names = ['patient-0001.json', 'patient-0002.json', 'patient-0003.json']
    expect(await readdir(out)).toEqual(names)
    expect(files).toEqual(names.map((name) => join(out, name)))
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
    expect(texts.map((text) => JSON.parse(text))).toEqual(
      population(3).map(({ bundle }) => JSON.parse(JSON.stringify(bundle))),
    )
    expect(bytes).toBe(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0))
  })

  it('reports every file as it is finished', async () => {
    const seen: WriteProgress[] = []
    await writeBundles(folder, options, (progress) => seen.push(progress))
    expect(seen).toEqual([1, 2, 3].map((written) => ({ written, total: 3 })))
  })

  it('replaces what an earlier run left, complete or not', async () => {
    await writeFile(join(folder, 'patient-0001.json'), '{"half":')
    await writeFile(join(folder, 'patient-0002.json.partial'), '{"half":')
    await writeBundles(folder, options)
    expect(await readdir(folder)).toHaveLength(3)
    expect(JSON.parse(await readFile(join(folder, 'patient-0001.json'), 'utf8'))).toHaveProperty(
      'resourceType',
      'Bundle',
    )
  })

  it('leaves no half-written file behind when it fails', async () => {
    const failing = writeBundles(folder, options, () => {
      throw new Error('The reader went away.')
    })
    await expect(failing).rejects.toThrow('The reader went away.')
    expect(await readdir(folder)).toEqual(['patient-0001.json'])
  })

  it('refuses bad options before it touches the disk', async () => {
    const out = join(folder, 'never')
    await expect(writeBundles(out, { ...options, count: -1 })).rejects.toMatchObject({
      code: 'generator-options-invalid',
    })
    expect(await readdir(folder)).toEqual([])
  })
})
