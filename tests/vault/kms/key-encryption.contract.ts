/** What every provider of key-encryption keys must do. Each provider's spec runs this suite against itself. */
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { KeyEncryption } from '../../../src/vault/key-encryption.js'

export interface ProviderUnderTest {
  keyEncryption: KeyEncryption
  /** The same provider as another process holds it. */
  elsewhere: KeyEncryption
  /** Whether a retired version stops opening what it wrapped. */
  forgetsRetired: boolean
  close(): Promise<void>
}

export function describeKeyEncryption(provider: string, open: () => Promise<ProviderUnderTest>): void {
  describe(`${provider} as a provider of key-encryption keys`, () => {
    let under: ProviderUnderTest
    let kek: KeyEncryption
    const dataKey = randomBytes(32)
    const kid = randomUUID()
    const wrapped = () => kek.wrap(Buffer.from(dataKey), kid)
    const failed = { code: 'key-unwrap-failed' }

    beforeAll(async () => {
      under = await open()
      kek = under.keyEncryption
    })
    afterAll(() => under?.close())

    it('opens what it wrapped, here and in another process, and says by what and how it was wrapped', async () => {
      const key = await wrapped()
      expect(key.wrapped.includes(dataKey)).toBe(false)
      expect(key.wrapped.toString('latin1')).not.toContain(dataKey.toString('base64'))
      expect(key.wrappedBy).toBe(await kek.currentId())
      expect(key.wrappedBy.startsWith(`${kek.provider}:`)).toBe(true)
      expect(key.algorithm).not.toBe('')
      for (const holder of [kek, under.elsewhere])
        expect((await holder.unwrap(key.wrapped, kid, key.wrappedBy)).equals(dataKey)).toBe(true)
    })

    it('does not open it as another data key, after a change, or by a key that is not there', async () => {
      const { wrapped: bytes, wrappedBy } = await wrapped()
      const altered = Buffer.from(bytes)
      const at = altered.length - 5
      altered[at] = altered[at] === 0x41 ? 0x42 : 0x41
      await expect(kek.unwrap(bytes, randomUUID(), wrappedBy)).rejects.toMatchObject(failed)
      await expect(kek.unwrap(altered, kid, wrappedBy)).rejects.toMatchObject(failed)
      await expect(kek.unwrap(bytes, kid, 'nowhere:0')).rejects.toMatchObject(failed)
    })

    it('wraps by a new version after a rotation, everywhere, and still opens what earlier ones wrapped', async () => {
      const before = await wrapped()
      const rotated = await kek.rotate()
      expect(rotated).not.toBe(before.wrappedBy)
      const after = await under.elsewhere.wrap(Buffer.from(dataKey), kid)
      expect(after.wrappedBy).toBe(rotated)
      for (const holder of [kek, under.elsewhere])
        for (const key of [before, after])
          expect((await holder.unwrap(key.wrapped, kid, key.wrappedBy)).equals(dataKey)).toBe(true)
    })

    it('lets go of a version that is retired, as far as it can, and says what is left to do', async () => {
      const before = await wrapped()
      const current = await kek.rotate()
      expect(await kek.retire(before.wrappedBy, [current])).toMatch(/\.$/)
      const opening = kek.unwrap(before.wrapped, kid, before.wrappedBy)
      if (under.forgetsRetired) await expect(opening).rejects.toMatchObject(failed)
      else await expect(opening).resolves.toEqual(dataKey)
    })

    it('serves many at once', async () => {
      const ids = Array.from({ length: 40 }, () => randomUUID())
      const keys = await Promise.all(ids.map((id) => kek.wrap(Buffer.from(dataKey), id)))
      const opened = await Promise.all(keys.map((key, n) => kek.unwrap(key.wrapped, ids[n]!, key.wrappedBy)))
      expect(opened.every((key) => key.equals(dataKey))).toBe(true)
    })
  })
}
