import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { SeedingProgress } from '../../src/evaluation/seed/seeding-progress.js'
import { Conflict } from '../../src/platform/errors.js'

describe('filling the evaluation ledger in parts', () => {
  let folder: string
  let file: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-seeding-'))
    file = join(folder, 'evaluation-seeding')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('continues after the last part that was done, knowing what that gave', async () => {
    await new SeedingProgress(file).once('begun', async () => undefined)
    await new SeedingProgress(file).once('trial', async () => 'T-1')
    const next = new SeedingProgress(file)
    expect(next.interrupted).toBe(true)
    expect(await next.once('trial', () => Promise.reject(new Error('done twice')))).toBe('T-1')
  })

  it('is over once it ended, and was never interrupted where it never began', async () => {
    expect(new SeedingProgress(file).interrupted).toBe(false)
    for (const name of ['begun', 'ended']) await new SeedingProgress(file).once(name, async () => undefined)
    expect(new SeedingProgress(file).interrupted).toBe(false)
  })

  it('does a part that failed again, and takes one the ledger has for done', async () => {
    const progress = new SeedingProgress(file)
    await expect(progress.once('run', () => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
    expect(await progress.once('run', async () => 'again')).toBe('again')
    expect(await progress.once('enrol', () => Promise.reject(new Conflict('here-already', 'It is here.')))).toBeNull()
  })

  it('begins no part after it was told to stop', async () => {
    const stop = new AbortController()
    const progress = new SeedingProgress(file, stop.signal)
    stop.abort()
    await expect(progress.once('trial', async () => 'T-1')).rejects.toThrow()
    expect(await new SeedingProgress(file).once('trial', async () => 'T-2')).toBe('T-2')
  })
})
