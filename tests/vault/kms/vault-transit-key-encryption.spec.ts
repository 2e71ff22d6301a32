import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  VaultTransitKeyEncryption,
  type VaultTransitOptions,
} from '../../../src/vault/kms/vault-transit-key-encryption.js'
import { describeKeyEncryption } from './key-encryption.contract.js'
import type { StandIn } from './support/stand-in.js'
import { STAND_IN_TOKEN, startVaultStandIn } from './support/vault-stand-in.js'

const MOUNT = 'wrapping/transit'
const retries = { attempts: 3, firstPauseMs: 1 }
const connection = (address: string): VaultTransitOptions => ({
  address,
  token: STAND_IN_TOKEN,
  mount: MOUNT,
  key: 'twin-ledger',
  timeoutMs: 60_000,
  retries,
})

describeKeyEncryption('a stand-in of Vault', async () => {
  const standIn = await startVaultStandIn(MOUNT)
  return {
    keyEncryption: new VaultTransitKeyEncryption(connection(standIn.url)),
    elsewhere: new VaultTransitKeyEncryption(connection(standIn.url)),
    forgetsRetired: true,
    close: standIn.close,
  }
})

const { VAULT_ADDR: address, VAULT_TOKEN: token } = process.env
if (address && token) {
  describeKeyEncryption('the Vault at VAULT_ADDR', async () => {
    const key = `twin-ledger-test-${randomUUID()}`
    const options = { address, token, mount: process.env.VAULT_TRANSIT_MOUNT ?? 'transit', key }
    const made = await fetch(`${address}/v1/${options.mount}/keys/${key}`, {
      method: 'POST',
      headers: { 'x-vault-token': token },
      body: JSON.stringify({ type: 'aes256-gcm96' }),
    })
    expect(made.ok).toBe(true)
    return {
      keyEncryption: new VaultTransitKeyEncryption(options),
      elsewhere: new VaultTransitKeyEncryption(options),
      forgetsRetired: true,
      close: async () => undefined,
    }
  })
} else {
  describe.skip('the Vault at VAULT_ADDR (set VAULT_ADDR and VAULT_TOKEN, and enable a transit engine)', () => {
    it('does what every provider must', () => undefined)
  })
}

describe('a Vault that does not answer as it should', () => {
  let standIn: StandIn
  let kek: VaultTransitKeyEncryption
  /** Gives up on what hangs soon, but no sooner than a slow machine answers what does not. */
  let impatient: VaultTransitKeyEncryption
  const dataKey = randomBytes(32)
  const kid = randomUUID()
  beforeAll(async () => {
    standIn = await startVaultStandIn(MOUNT)
    kek = new VaultTransitKeyEncryption(connection(standIn.url))
    impatient = new VaultTransitKeyEncryption({ ...connection(standIn.url), timeoutMs: 3_000 })
  })
  afterAll(() => standIn.close())

  it.each<[string, number | 'hang']>([
    ['is sealed', 503],
    ['is overloaded', 429],
    ['hangs', 'hang'],
  ])('is asked again when it %s for a moment', async (_what, how) => {
    standIn.fail(2, how)
    const { wrapped, wrappedBy } = await (how === 'hang' ? impatient : kek).wrap(dataKey, kid)
    expect(await kek.unwrap(wrapped, kid, wrappedBy)).toEqual(dataKey)
  })

  it.each<[string, number | 'hang']>([
    ['sealed', 503],
    ['hanging', 'hang'],
  ])('is unavailable, never wrong, while it stays %s', async (_what, how) => {
    const { wrapped, wrappedBy } = await kek.wrap(dataKey, kid)
    const before = standIn.requests
    standIn.fail(3, how)
    const unwrapped = (how === 'hang' ? impatient : kek).unwrap(wrapped, kid, wrappedBy)
    await expect(unwrapped).rejects.toMatchObject({ code: 'key-management-unavailable' })
    expect(standIn.requests - before).toBe(retries.attempts)
  })

  it('is unavailable when nobody listens', async () => {
    const nobody = new VaultTransitKeyEncryption(connection('http://127.0.0.1:9'))
    await expect(nobody.currentId()).rejects.toMatchObject({ code: 'key-management-unavailable' })
  })

  it.each([
    ['token', { token: 'hvs.wrong-secret' }],
    ['mount', { mount: 'elsewhere' }],
    ['key', { key: 'nobodys' }],
  ])('refuses a wrong %s at once, and the refusal tells no secret', async (_what, wrong) => {
    const other = new VaultTransitKeyEncryption({ ...connection(standIn.url), ...wrong })
    const before = standIn.requests
    const error: unknown = await other.wrap(dataKey, kid).catch((failure: unknown) => failure)
    expect(error).toMatchObject({ code: 'key-management-refused' })
    expect(standIn.requests - before).toBe(1)
    const told = JSON.stringify(error) + String((error as Error).stack)
    for (const secret of ['hvs.', dataKey.toString('base64')]) expect(told).not.toContain(secret)
  })

  it('keeps an older version that is still in use when a newer one is retired', async () => {
    const first = await kek.wrap(dataKey, kid)
    const second = await kek.rotate()
    await kek.rotate()
    expect(await kek.retire(second, [first.wrappedBy])).toMatch('older version is still in use')
    expect(await kek.unwrap(first.wrapped, kid, first.wrappedBy)).toEqual(dataKey)
  })
})
