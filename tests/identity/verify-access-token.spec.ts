import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type CryptoKey, exportSPKI, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { localKeys, remoteKeys } from '../../src/identity/issuer-keys.js'
import { createAccessTokenVerifier, type VerifyAccessToken } from '../../src/identity/verify-access-token.js'
import { signingPair, TestIssuer } from './support/test-issuer.js'

const NOW = Math.floor(Date.now() / 1000)

// proves TL-IDN-003
describe('verifying an access token', () => {
  let issuer: TestIssuer
  let verify: VerifyAccessToken

  beforeAll(async () => {
    issuer = await TestIssuer.start()
    verify = verifier()
  })
  afterAll(() => issuer.stop())

  function verifier(changes: Partial<Parameters<typeof createAccessTokenVerifier>[0]> = {}): VerifyAccessToken {
    return createAccessTokenVerifier({
      issuer: issuer.url,
      audience: issuer.audience,
      keys: remoteKeys({ issuer: issuer.url }),
      ...changes,
    })
  }

  it('resolves with the claims of a token that the issuer signed for us, its keys found by discovery', async () => {
    await expect(verify(await issuer.token())).resolves.toMatchObject({ sub: 'user-1', iss: issuer.url })
  })

  it.each(['RS256', 'PS256', 'ES384', 'Ed25519'])('takes a token signed with %s', async (alg) => {
    const pair = await signingPair(alg)
    const verifyLocally = verifier({ keys: localKeys({ keys: [pair.publicJwk] }) })
    await expect(verifyLocally(await issuer.token({}, pair))).resolves.toMatchObject({ sub: 'user-1' })
  })

  it('refuses a token that claims to need no signature (alg none)', async () => {
    const token = new UnsecuredJWT(issuer.claims()).setIssuedAt().setExpirationTime('5m').encode()
    await expect(verify(token)).rejects.toMatchObject({ code: 'token-algorithm-refused', status: 401 })
  })

  it('refuses HS256 with the public key as its secret', async () => {
    const { publicJwk, kid } = issuer.currentKey
    const secret = new TextEncoder().encode(await exportSPKI((await importJWK(publicJwk, 'ES256')) as CryptoKey))
    const token = await new SignJWT(issuer.claims())
      .setProtectedHeader({ alg: 'HS256', kid, typ: 'at+jwt' })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(secret)
    await expect(verify(token)).rejects.toMatchObject({ code: 'token-algorithm-refused' })
  })

  it('refuses an asymmetric algorithm that is not on the allow-list', async () => {
    const onlyRsa = verifier({ algorithms: ['RS256'] })
    await expect(onlyRsa(await issuer.token())).rejects.toMatchObject({ code: 'token-algorithm-refused' })
  })

  it.each([['none'], ['HS256'], ['ES256', 'HS512']])('cannot be set up to take %s', (...algorithms) => {
    expect(() => verifier({ algorithms })).toThrow(expect.objectContaining({ code: 'configuration-invalid' }))
  })

  it('refuses a foreign key that carries the id of a published one', async () => {
    const forged = await signingPair('ES256', issuer.currentKey.kid)
    await expect(verify(await issuer.token({}, forged))).rejects.toMatchObject({ code: 'token-signature-invalid' })
  })

  it('refuses a key that the issuer does not publish', async () => {
    const foreign = await signingPair()
    await expect(verify(await issuer.token({}, foreign))).rejects.toMatchObject({ code: 'token-key-unknown' })
  })

  it('refuses claims that were changed after signing', async () => {
    const [header, , signature] = (await issuer.token()).split('.')
    const claims = { ...issuer.claims({ role: 'regulator' }), iat: NOW, exp: NOW + 300 }
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
    await expect(verify(forged)).rejects.toMatchObject({ code: 'token-signature-invalid' })
  })

  it.each([
    ['expired beyond the clock skew', { issuedAt: NOW - 600, expiresAt: NOW - 31 }, 'token-expired'],
    ['not valid before a future time', { claims: { nbf: NOW + 3_600 } }, 'token-not-yet-valid'],
    ['issued for another service', { claims: { aud: 'another' } }, 'token-audience-wrong'],
    ['issued by another issuer', { claims: { iss: 'https://elsewhere.example' } }, 'token-issuer-wrong'],
    ['without an audience', { claims: { aud: undefined } }, 'token-audience-wrong'],
    ['without a subject', { claims: { sub: undefined } }, 'token-malformed'],
    ['with an empty subject', { claims: { sub: '' } }, 'token-malformed'],
    ['of the type of an ID token', { typ: 'JWT' }, 'token-type-refused'],
  ])('refuses a token %s', async (_case, changes, code) => {
    await expect(verify(await issuer.token(changes))).rejects.toMatchObject({ code, status: 401 })
  })

  it('refuses a token that never expires', async () => {
    const { privateKey, kid, alg } = issuer.currentKey
    const token = await new SignJWT(issuer.claims())
      .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
      .setIssuedAt()
      .sign(privateKey)
    await expect(verify(token)).rejects.toMatchObject({ code: 'token-malformed' })
  })

  it.each(['', 'a', 'a.b', 'a.b.c', 'a.b.c.d.e', '..', `${'x'.repeat(100)}.y.z`])(
    'refuses what is no signed JWT: %p',
    async (token) => {
      await expect(verify(token)).rejects.toMatchObject({ code: 'token-malformed' })
    },
  )

  it('allows the clocks to differ by the configured seconds', async () => {
    const token = await issuer.token({ expiresAt: NOW + 60 })
    const at = (seconds: number): VerifyAccessToken =>
      verifier({ clockSkewSeconds: 10, now: () => new Date((NOW + seconds) * 1000) })
    await expect(at(69)(token)).resolves.toBeDefined()
    await expect(at(70)(token)).rejects.toMatchObject({ code: 'token-expired' })
  })

  it.each(['at+jwt', 'application/at+jwt', 'AT+JWT'])('takes the type %s', async (typ) => {
    await expect(verify(await issuer.token({ typ }))).resolves.toBeDefined()
  })

  it('takes another type when configured, and then not the default one', async () => {
    const plain = verifier({ types: ['JWT'] })
    await expect(plain(await issuer.token({ typ: 'JWT' }))).resolves.toBeDefined()
    await expect(plain(await issuer.token())).rejects.toMatchObject({ code: 'token-type-refused' })
  })

  it('says nothing of the token in any refusal', async () => {
    const token = await issuer.token({ claims: { aud: 'another', email: 'someone@example.org' } })
    const refusal = await verify(token).catch((failure: Error) => failure)
    const said = JSON.stringify([refusal, (refusal as Error).message])
    expect(said).not.toContain('someone@example.org')
    for (const part of token.split('.')) expect(said).not.toContain(part)
  })
})

describe("the issuer's keys", () => {
  let issuer: TestIssuer

  beforeAll(async () => {
    issuer = await TestIssuer.start()
  })
  afterAll(() => issuer.stop())

  function verifier(keys: Parameters<typeof createAccessTokenVerifier>[0]['keys']): VerifyAccessToken {
    return createAccessTokenVerifier({ issuer: issuer.url, audience: issuer.audience, keys })
  }

  it('are fetched once for many tokens', async () => {
    const verify = verifier(remoteKeys({ issuer: issuer.url, jwksUri: issuer.jwksUri }))
    const before = issuer.jwksRequests
    for (let count = 0; count < 5; count += 1) await verify(await issuer.token())
    expect(issuer.jwksRequests - before).toBe(1)
  })

  it('are fetched again when a token names a new key, and the old key still verifies', async () => {
    const verify = verifier(remoteKeys({ issuer: issuer.url, jwksUri: issuer.jwksUri, cooldownMs: 0 }))
    const old = await issuer.token()
    await verify(old)
    await issuer.rotate()
    await expect(verify(await issuer.token())).resolves.toBeDefined()
    await expect(verify(old)).resolves.toBeDefined()
  })

  it('are not fetched again for unknown key ids during the cooldown', async () => {
    const verify = verifier(remoteKeys({ issuer: issuer.url, jwksUri: issuer.jwksUri, cooldownMs: 60_000 }))
    await verify(await issuer.token())
    const before = issuer.jwksRequests
    for (let count = 0; count < 5; count += 1) {
      const forged = await issuer.token({}, await signingPair())
      await expect(verify(forged)).rejects.toMatchObject({ code: 'token-key-unknown' })
    }
    expect(issuer.jwksRequests).toBe(before)
  })

  it('serve from the cache while the issuer is away, and make new tokens wait with 503', async () => {
    const cached = verifier(remoteKeys({ issuer: issuer.url, jwksUri: issuer.jwksUri }))
    const cold = verifier(remoteKeys({ issuer: issuer.url, jwksUri: issuer.jwksUri }))
    const undiscovered = verifier(remoteKeys({ issuer: issuer.url }))
    const token = await issuer.token()
    await cached(token)
    await issuer.stop()

    await expect(cached(token)).resolves.toBeDefined()
    await expect(cold(token)).rejects.toMatchObject({ code: 'issuer-unavailable', status: 503 })
    await expect(undiscovered(token)).rejects.toMatchObject({ code: 'issuer-unavailable', status: 503 })

    await issuer.listen()
    await expect(cold(token)).resolves.toBeDefined()
    await expect(undiscovered(token)).resolves.toBeDefined()
  })

  it('are not taken from a discovery document that names another issuer', async () => {
    const impostor = `${issuer.url}/`
    const verify = createAccessTokenVerifier({
      issuer: impostor,
      audience: issuer.audience,
      keys: remoteKeys({ issuer: impostor }),
    })
    const token = await issuer.token({ claims: { iss: impostor } })
    await expect(verify(token)).rejects.toMatchObject({ code: 'issuer-unavailable' })
  })

  it('can be known beforehand', async () => {
    const verify = verifier(localKeys(issuer.publishedKeys))
    await expect(verify(await issuer.token())).resolves.toBeDefined()
  })
})
