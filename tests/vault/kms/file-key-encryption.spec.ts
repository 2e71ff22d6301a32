import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { FileKeyEncryption } from '../../../src/vault/kms/file-key-encryption.js'
import { describeKeyEncryption } from './key-encryption.contract.js'

describeKeyEncryption('a key file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-kek-'))
  const path = join(folder, 'kek')
  return {
    keyEncryption: FileKeyEncryption.open(path),
    elsewhere: FileKeyEncryption.open(path),
    forgetsRetired: true,
    close: () => rm(folder, { recursive: true }),
  }
})

describe('a key file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-kek-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('holds a key a line, the newest last', async () => {
    const path = join(folder, 'kek')
    const kek = FileKeyEncryption.open(path)
    const before = await readFile(path, 'utf8')
    await kek.rotate()
    const after = await readFile(path, 'utf8')
    expect(after.startsWith(before)).toBe(true)
    expect(after.trim().split('\n')).toHaveLength(2)
  })

  it('is refused when others may read it or a line is no key', async () => {
    const path = join(folder, 'damaged')
    FileKeyEncryption.open(path)
    await writeFile(path, 'short\n', { flag: 'a' })
    expect(() => FileKeyEncryption.open(path)).toThrow('32-byte base64url keys')
    await chmod(path, 0o644)
    expect(() => FileKeyEncryption.open(path)).toThrow('mode 0600')
  })
})
