import { describe, expect, it } from '@jest/globals'
import { bearerChallenge, bearerToken } from '../../src/identity/bearer.js'

describe('the Authorization header (RFC 6750)', () => {
  it.each(['Bearer abc.def.ghi', 'bearer abc.def.ghi', 'BEARER   abc.def.ghi'])('gives the token of %p', (header) => {
    expect(bearerToken(header)).toBe('abc.def.ghi')
  })

  it.each([undefined, '', 'Basic dXNlcjpwYXNz', 'Bearerabc', 'DPoP abc'])('has no bearer token: %p', (header) => {
    expect(() => bearerToken(header)).toThrow(expect.objectContaining({ code: 'token-missing' }))
  })

  it.each(['Bearer', 'Bearer ', 'Bearer a b', 'Bearer a,b', 'Bearer ä', 'Bearer a\n'])('is malformed: %p', (header) => {
    expect(() => bearerToken(header)).toThrow(expect.objectContaining({ code: 'token-malformed' }))
  })
})

describe('the challenge', () => {
  it('names no error when no token was sent', () => {
    expect(bearerChallenge({ status: 401, code: 'token-missing', message: 'm' })).toBe('Bearer realm="twin-ledger"')
  })

  it('says invalid_token for a refused token and insufficient_scope for a refused caller', () => {
    const invalid = bearerChallenge({ status: 401, code: 'token-expired', message: 'It "expired".' })
    expect(invalid).toBe(`Bearer realm="twin-ledger", error="invalid_token", error_description="It 'expired'."`)
    const denied = bearerChallenge({ status: 403, code: 'action-not-permitted', message: 'No.' })
    expect(denied).toContain('error="insufficient_scope"')
  })

  it('belongs to no other answer', () => {
    expect(bearerChallenge({ status: 503, code: 'issuer-unavailable', message: 'm' })).toBeUndefined()
  })
})
