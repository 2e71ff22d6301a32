import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { VaultTransitKeyEncryption } from '../../src/vault/kms/vault-transit-key-encryption.js'
import type { SealBinding } from '../../src/vault/sealed-payload.js'
import { Vault } from '../../src/vault/vault.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import type { StandIn } from './kms/support/stand-in.js'
import { STAND_IN_TOKEN, startVaultStandIn } from './kms/support/vault-stand-in.js'

const MINUTE = 60_000
const unavailable = { code: 'key-management-unavailable' }

describe('while the key management service is away', () => {
  let db: TestDatabase
  let kms: StandIn
  let now = 0
  let vault: Vault
  const open = () =>
    new Vault(
      db.servicePool,
      new VaultTransitKeyEncryption({
        address: kms.url,
        token: STAND_IN_TOKEN,
        mount: 'transit',
        key: 'twin-ledger',
        retries: { attempts: 2, firstPauseMs: 1 },
      }),
      () => now,
    )
  beforeAll(async () => {
    db = await createTestDatabase()
    kms = await startVaultStandIn('transit')
    vault = open()
    await vault.assertKeysOpen()
  })
  afterAll(async () => {
    await kms.close()
    await db.drop()
  })
  const sealed = async () => {
    const binding: SealBinding = {
      id: randomUUID(),
      stream: `twin-${randomUUID()}`,
      type: 'twin.registered',
      schema: 1,
    }
    const subject = randomUUID()
    const key = await vault.sealingKey(subject, 'identity')
    return { subject, kid: key.kid, stored: vault.seal('{"value":1}', key, binding), binding }
  }

  // proves TL-VLT-008
  it('serves keys it opened a while ago, and says of others that the service is away, never that they were erased', async () => {
    const { subject, stored, kid, binding } = await sealed()
    kms.fail(Infinity, 503)
    now += 9 * MINUTE
    expect(await vault.open(stored, kid, binding)).toBe('{"value":1}')
    await expect(vault.sealingKey(subject, 'identity')).resolves.toMatchObject({ kid })
    await expect(vault.sealingKey(randomUUID(), 'identity')).rejects.toMatchObject(unavailable)
    now += 2 * MINUTE
    await expect(vault.open(stored, kid, binding)).rejects.toMatchObject(unavailable)
    await expect(open().open(stored, kid, binding)).rejects.toMatchObject(unavailable)
    kms.fail(0, 503)
    expect(await vault.open(stored, kid, binding)).toBe('{"value":1}')
  })

  it('is not ready, and is again when the service is back', async () => {
    now += MINUTE
    await expect(vault.keyEncryptionKeys.assertCurrentOpens()).resolves.toBeUndefined()
    kms.fail(Infinity, 503)
    now += MINUTE
    await expect(vault.keyEncryptionKeys.assertCurrentOpens()).rejects.toMatchObject(unavailable)
    const asked = kms.requests
    await expect(vault.keyEncryptionKeys.assertCurrentOpens()).rejects.toMatchObject(unavailable)
    expect(kms.requests).toBe(asked)
    kms.fail(0, 503)
    now += MINUTE
    await expect(vault.keyEncryptionKeys.assertCurrentOpens()).resolves.toBeUndefined()
  })

  it('does not start, and says why', async () => {
    kms.fail(Infinity, 503)
    await expect(open().assertKeysOpen()).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining('vault-transit: HTTP 503'),
    })
    kms.fail(0, 503)
  })

  it('does not start either with a Vault that has a key of the same name and another secret', async () => {
    const other = await startVaultStandIn('transit')
    const connection = { address: other.url, token: STAND_IN_TOKEN, mount: 'transit', key: 'twin-ledger' }
    const impostor = new Vault(db.servicePool, new VaultTransitKeyEncryption(connection))
    await expect(impostor.assertKeysOpen()).rejects.toMatchObject({ code: 'configuration-invalid' })
    await other.close()
  })

  it('gives up a key when another process destroyed it, within five seconds', async () => {
    const { subject, stored, kid, binding } = await sealed()
    await open().destroy({ subject, classes: ['identity'], event: randomUUID(), position: 0 })
    now += 6_000
    expect(await vault.open(stored, kid, binding)).toBeNull()
    await expect(vault.sealingKey(subject, 'identity')).rejects.toMatchObject({ code: 'subject-erased' })
  })

  it('leaves each key with the algorithm and the key that wrapped it', async () => {
    const { rows } = await db.servicePool.query<{ algorithm: string; wrapped_by: string }>(
      'select distinct algorithm, wrapped_by from vault.subject_key where wrapped is not null',
    )
    expect(rows).toEqual([{ algorithm: 'vault-transit', wrapped_by: 'vault-transit:transit/twin-ledger:v1' }])
  })
})
