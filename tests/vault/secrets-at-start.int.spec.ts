import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DerivedSecrets } from '../../src/vault/derived-secrets.js'
import { FileKeyEncryption } from '../../src/vault/kms/file-key-encryption.js'
import { IdentifierIndex } from '../../src/vault/identifier-index.js'
import { Vault } from '../../src/vault/vault.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'

describe('secrets that do not belong to the database', () => {
  let db: TestDatabase
  let folder: string
  beforeAll(async () => {
    db = await createTestDatabase()
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-keys-'))
  })
  afterAll(async () => {
    await db.drop()
    await rm(folder, { recursive: true })
  })
  const vaultWith = (file: string) => new Vault(db.servicePool, FileKeyEncryption.open(join(folder, file)))

  it('refuses another key-encryption key than the one that wrapped the keys', async () => {
    const vault = vaultWith('right')
    await vault.assertKeysOpen()
    await vault.sealingKey(randomUUID(), 'identity')
    await expect(vaultWith('right').assertKeysOpen()).resolves.toBeUndefined()
    await expect(vaultWith('other').assertKeysOpen()).rejects.toMatchObject({ code: 'configuration-invalid' })
  })

  it('refuses another derivation secret than the one the identifiers were digested with', async () => {
    const secret = randomBytes(32)
    const indexWith = (material: Buffer) => new IdentifierIndex(db.servicePool, new DerivedSecrets(material))
    await indexWith(secret).assertSameSecret()
    await expect(indexWith(secret).assertSameSecret()).resolves.toBeUndefined()
    await expect(indexWith(randomBytes(32)).assertSameSecret()).rejects.toMatchObject({ code: 'configuration-invalid' })
  })
})
