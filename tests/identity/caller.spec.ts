import { describe, expect, it } from '@jest/globals'
import { pseudonymousActorId } from '../../src/identity/caller.js'
import { DEFAULT_CLAIM_NAMES, readCaller } from '../../src/identity/read-caller.js'
import { ACTOR_SECRET } from './support/callers.js'

const UUID_V8 = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

// proves TL-IDN-005
describe('the pseudonymous actor id', () => {
  const id = pseudonymousActorId(ACTOR_SECRET, 'https://issuer.example', 'user-1')

  it('is a UUIDv8', () => expect(id).toMatch(UUID_V8))

  it('is the same each time', () => {
    expect(pseudonymousActorId(ACTOR_SECRET, 'https://issuer.example', 'user-1')).toBe(id)
  })

  it.each([
    ['another subject', ACTOR_SECRET, 'https://issuer.example', 'user-2'],
    ['another issuer', ACTOR_SECRET, 'https://other.example', 'user-1'],
    ['another secret', Buffer.alloc(32, 8), 'https://issuer.example', 'user-1'],
    ['the same characters split elsewhere', ACTOR_SECRET, 'https://issuer.exampleu', 'ser-1'],
  ])('differs for %s', (_case, secret, issuer, subject) => {
    expect(pseudonymousActorId(secret, issuer, subject)).not.toBe(id)
  })

  it('needs a secret of 32 bytes', () => {
    expect(() => pseudonymousActorId(Buffer.alloc(31), 'https://issuer.example', 'user-1')).toThrow(RangeError)
  })
})

describe('reading the caller out of a token', () => {
  const claims = {
    iss: 'https://issuer.example',
    sub: 'user-1',
    iat: 1_700_000_000,
    exp: 1_700_000_300,
    jti: 'token-1',
  }
  const read = (extra: Record<string, unknown>) =>
    readCaller({ ...claims, ...extra }, 'the.compact.token', ACTOR_SECRET)

  it('takes role, organisation, site and trials from their claims', () => {
    const caller = read({ role: 'investigator', org: 'clinic', site: 'site-1', trials: ['trial-1'] })
    expect(caller).toMatchObject({ role: 'investigator', org: 'clinic', site: 'site-1', trials: ['trial-1'] })
  })

  it('carries nothing that names the person', () => {
    const caller = read({ role: 'steward', email: 'someone@example.org', name: 'Some One' })
    expect(JSON.stringify(caller)).not.toMatch(/someone|Some One|user-1/)
  })

  it("knows a participant's own subject, and nobody else's", () => {
    expect(read({ role: 'participant', twin_subject: 'subject-1' }).subject).toBe('subject-1')
    expect(read({ role: 'modeller', twin_subject: 'subject-1' }).subject).toBeUndefined()
  })

  it('acts in the only role when the token lists one without choosing', () => {
    expect(read({ roles: ['qa', 'something-of-the-issuer'] }).role).toBe('qa')
  })

  it('leaves the role to the ledger when the token names none, or several without a choice', () => {
    expect(read({})).toMatchObject({ roles: [] })
    expect(read({}).role).toBeUndefined()
    expect(read({ roles: ['qa', 'steward'] })).toMatchObject({ roles: ['qa', 'steward'] })
  })

  it.each([
    ['an unknown role', { role: 'superuser' }],
    ['a role that is no text', { role: { $ne: '' } }],
  ])('refuses a token with %s', (_case, extra) => {
    expect(() => read(extra)).toThrow(expect.objectContaining({ code: 'token-role-missing', status: 401 }))
  })

  it.each([
    ['an organisation named by a URL', { org: 'https://id.example/orgs/clinic' }],
    ['an organisation of several words', { org: 'North Clinic' }],
    ['a site named by its host', { site: 'site-1.example.org' }],
    ['several sites', { site: ['site-1', 'site-2'] }],
  ])('refuses a token with %s, which no event header may carry', (_case, extra) => {
    expect(() => read({ role: 'investigator', ...extra })).toThrow(
      expect.objectContaining({ code: 'token-claim-invalid', status: 401 }),
    )
  })

  it('takes an empty organisation or site for none', () => {
    expect(read({ role: 'qa', org: '', site: null })).toMatchObject({ org: undefined, site: undefined })
  })

  it('reads other claim names when the issuer has them', () => {
    const names = { ...DEFAULT_CLAIM_NAMES, role: 'https://ledger.example/role' }
    const caller = readCaller(
      { ...claims, 'https://ledger.example/role': 'sponsor' },
      'the.compact.token',
      ACTOR_SECRET,
      names,
    )
    expect(caller.role).toBe('sponsor')
  })

  it('dates the sign-in, not the token, when the issuer says when it was', () => {
    expect(read({ role: 'qa' }).authenticatedAt).toBe('2023-11-14T22:13:20.000Z')
    expect(read({ role: 'qa', auth_time: 1_699_999_000 }).authenticatedAt).toBe('2023-11-14T21:56:40.000Z')
  })

  it('names a token without jti by a digest, never by itself', () => {
    const { tokenId } = read({ role: 'qa', jti: undefined })
    expect(tokenId).toMatch(/^[\w-]{43}$/)
  })
})
