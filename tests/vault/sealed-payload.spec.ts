import { createSecretKey, randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compactDecrypt } from 'jose'
import { openPayload, sealPayload, type SealBinding } from '../../src/vault/sealed-payload.js'

const material = randomBytes(32)
const key = createSecretKey(material)
const kid = randomUUID()
const binding: SealBinding = { id: randomUUID(), stream: `twin-${randomUUID()}`, type: 'twin.registered', schema: 1 }
const seal = (text: string) => sealPayload(text, key, kid, binding)

describe('a sealed payload', () => {
  it('opens to what was sealed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => openPayload(seal(text), key, kid, binding) === text),
    )
  })

  it('is a JWE that a stock library opens', async () => {
    const { plaintext, protectedHeader } = await compactDecrypt(seal('{"value":1}').toString(), material)
    expect(Buffer.from(plaintext).toString()).toBe('{"value":1}')
    expect(protectedHeader).toMatchObject({ alg: 'dir', enc: 'A256GCM', kid })
  })

  it('never uses a nonce twice', () => {
    const nonces = Array.from({ length: 3000 }, () => seal('x').toString().split('.')[2])
    expect(new Set(nonces).size).toBe(3000)
  })

  it.each<[string, Partial<SealBinding>]>([
    ['event', { id: randomUUID() }],
    ['stream', { stream: `twin-${randomUUID()}` }],
    ['type', { type: 'twin.withdrawn' }],
    ['schema', { schema: 2 }],
  ])('does not open when moved to another %s', (_what, elsewhere) => {
    expect(() => openPayload(seal('x'), key, kid, { ...binding, ...elsewhere })).toThrow(
      expect.objectContaining({ code: 'payload-unsealing-failed' }),
    )
  })

  // proves TL-VLT-002
  it('does not open after any byte of it changed', () => {
    const sealed = seal('{"value":120}')
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const altered = Buffer.from(sealed)
        altered[at]! ^= flip
        // The last character of a base64url part may carry unused bits; then the bytes it stands for did not change.
        const same = altered
          .toString('latin1')
          .split('.')
          .every((part, i) =>
            Buffer.from(part, 'base64url').equals(Buffer.from(sealed.toString('latin1').split('.')[i]!, 'base64url')),
          )
        fc.pre(!same)
        expect(() => openPayload(altered, key, kid, binding)).toThrow()
      }),
    )
  })

  it('does not open under another key', () => {
    expect(() => openPayload(seal('x'), createSecretKey(randomBytes(32)), kid, binding)).toThrow()
  })
})
