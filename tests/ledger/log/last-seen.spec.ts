import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { LastSeenStore } from '../../../src/ledger/log/last-seen.js'
import { signCheckpoint } from '../../../src/ledger/log/checkpoint.js'
import { leafHash } from '../../../src/ledger/log/hash.js'
import { ORIGIN, signer } from './support/sample-log.js'

function checkpoint(size: number, origin = ORIGIN): string {
  return signCheckpoint({ origin, size, root: leafHash(String(size)) }, { ...signer, name: origin })
}

describe('the checkpoints last seen', () => {
  let folder: string
  let store: LastSeenStore
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-seen-'))
    store = new LastSeenStore(join(folder, 'seen'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('are none at first', async () => {
    expect(await store.read(ORIGIN)).toBeUndefined()
  })

  it('are kept verbatim for the next process', async () => {
    await store.keep(checkpoint(5))
    expect(await new LastSeenStore(join(folder, 'seen')).read(ORIGIN)).toBe(checkpoint(5))
  })

  it('are kept apart by origin, whatever its characters', async () => {
    const strange = 'log.example.org/../../etc/ü'
    await store.keep(checkpoint(5))
    await store.keep(checkpoint(9, strange))
    expect(await store.read(ORIGIN)).toBe(checkpoint(5))
    expect(await store.read(strange)).toBe(checkpoint(9, strange))
    expect(await readdir(folder)).toEqual(['seen'])
  })

  it('move forwards and not back', async () => {
    for (const size of [5, 8, 6]) await store.keep(checkpoint(size))
    expect(await store.read(ORIGIN)).toBe(checkpoint(8))
  })

  it('leave no draft behind, also when kept by several at once', async () => {
    await Promise.all([1, 2, 3, 4].map((size) => store.keep(checkpoint(size))))
    expect(await readdir(join(folder, 'seen'))).toHaveLength(1)
    expect(await store.read(ORIGIN)).toMatch(/^log\.example\.org\/twins\n[1-4]\n/)
  })

  it('are refused when they are no checkpoint', async () => {
    await expect(store.keep('nothing')).rejects.toMatchObject({ code: 'checkpoint-malformed' })
  })
})
