import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { KeyEncryption } from '../../src/vault/key-encryption.js'
import { FileKeyEncryption } from '../../src/vault/kms/file-key-encryption.js'
import { ProviderSuccession } from '../../src/vault/kms/provider-succession.js'
import { VaultTransitKeyEncryption } from '../../src/vault/kms/vault-transit-key-encryption.js'
import { Rewrapping } from '../../src/vault/rewrapping.js'
import type { SealBinding } from '../../src/vault/sealed-payload.js'
import { Vault } from '../../src/vault/vault.js'
import { WrappedKeys } from '../../src/vault/wrapped-keys.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { STAND_IN_TOKEN, startVaultStandIn } from './kms/support/vault-stand-in.js'

const PERSONS = 60

describe('wrapping keys anew', () => {
  let db: TestDatabase
  let folder: string
  let file: FileKeyEncryption
  let wrappedKeys: WrappedKeys
  beforeAll(async () => {
    db = await createTestDatabase()
    folder = await mkdtemp(join(tmpdir(), 'twin-ledger-rewrap-'))
    file = FileKeyEncryption.open(join(folder, 'kek'))
    wrappedKeys = new WrappedKeys(db.servicePool)
  })
  afterAll(async () => {
    await db.drop()
    await rm(folder, { recursive: true })
  })

  const process = (keyEncryption: KeyEncryption = FileKeyEncryption.open(join(folder, 'kek'))) => {
    const vault = new Vault(db.servicePool, keyEncryption)
    return { vault, rewrapping: new Rewrapping(db.servicePool, keyEncryption, vault.keyEncryptionKeys) }
  }
  /** A record of a new person, sealed. */
  const seal = async (vault: Vault) => {
    const binding: SealBinding = {
      id: randomUUID(),
      stream: `twin-${randomUUID()}`,
      type: 'twin.registered',
      schema: 1,
    }
    const subject = randomUUID()
    const key = await vault.sealingKey(subject, 'identity')
    return { subject, kid: key.kid, binding, stored: vault.seal('{"value":1}', key, binding) }
  }
  const opens = async (vault: Vault, { stored, kid, binding }: Awaited<ReturnType<typeof seal>>) =>
    vault.open(stored, kid, binding)
  const allOf = async (rewrapping: Rewrapping, limit: number) => {
    let rewrapped = 0
    for (let after: string | undefined | null; after !== null;) {
      const batch = await rewrapping.batch(limit, after)
      rewrapped += batch.rewrapped
      after = batch.next
    }
    return rewrapped
  }

  // proves TL-VLT-007
  it('goes on while others seal, read and destroy, in several processes at once, and loses nobody', async () => {
    const [one, other, serving] = [process(), process(), process()]
    await one.vault.assertKeysOpen()
    const before = []
    for (let n = 0; n < PERSONS; n++) before.push(await seal(serving.vault))
    const rotated = await file.rotate()

    const destroyed = before.slice(0, 10)
    const [, , during] = await Promise.all([
      allOf(one.rewrapping, 7),
      allOf(other.rewrapping, 11),
      (async () => {
        const sealed = []
        for (let n = 0; n < 10; n++) {
          sealed.push(await seal(serving.vault))
          expect(await opens(serving.vault, before[n + 20]!)).toBe('{"value":1}')
          const { subject } = destroyed[n]!
          await serving.vault.destroy({ subject, classes: ['identity'], event: randomUUID(), position: 0 })
        }
        return sealed
      })(),
    ])

    expect(await wrappedKeys.counts()).toEqual(new Map([[rotated, PERSONS]]))
    const fresh = process().vault
    for (const person of [...before.slice(10), ...during]) expect(await opens(fresh, person)).toBe('{"value":1}')
    for (const person of destroyed) expect(await opens(fresh, person)).toBeNull()
  })

  it('names keys that no longer open, and goes on with the others', async () => {
    const { vault, rewrapping } = process()
    const damaged = await seal(vault)
    await seal(vault)
    await db.ownerPool.query(`update vault.subject_key set wrapped = '\\x00' where kid = $1`, [damaged.kid])
    await file.rotate()
    const batch = await rewrapping.batch(1_000)
    expect(batch).toMatchObject({ failed: [damaged.kid], next: null, remaining: 1 })
    expect(batch.rewrapped).toBeGreaterThan(1)
    await vault.destroy({ subject: damaged.subject, classes: ['identity'], event: randomUUID(), position: 0 })
  })

  it('moves from the key file to a key management service and lets the file go', async () => {
    const person = await seal(process().vault)
    const standIn = await startVaultStandIn('transit')
    const transit = new VaultTransitKeyEncryption({
      address: standIn.url,
      token: STAND_IN_TOKEN,
      mount: 'transit',
      key: 'twin-ledger',
    })
    const { vault, rewrapping } = process(new ProviderSuccession(transit, [file]))
    await vault.assertKeysOpen()
    expect(await opens(vault, person)).toBe('{"value":1}')
    await expect(vault.keyEncryptionKeys.retire(file.id)).rejects.toMatchObject({
      code: 'key-encryption-key-in-use',
      details: { keys: expect.any(Number) },
    })
    await allOf(rewrapping, 50)
    expect([...(await wrappedKeys.counts()).keys()]).toEqual(['vault-transit:transit/twin-ledger:v1'])
    await vault.keyEncryptionKeys.retire(file.id)

    const withoutFile = process(transit)
    await withoutFile.vault.assertKeysOpen()
    expect(await opens(withoutFile.vault, person)).toBe('{"value":1}')
    // Back at the file, by mistake: it was retired, and nothing is wrapped by it again.
    await expect(seal(process().vault)).rejects.toMatchObject({ code: 'key-encryption-key-retired' })
    await standIn.close()
  })
})
