/** What an answer of the token endpoint says: a session, and who it is. The access token itself is opaque here. */
import { getValidatedIdTokenClaims, type TokenEndpointResponse } from 'oauth4webapi'
import { SignInFailed } from './issuer.js'
import type { Person, Session } from './store.js'

/** Before the end of an access token, at the latest when a fifth of its life is left. */
const AHEAD_MS = 60_000

/** @throws SignInFailed the answer holds no ID token */
export function personOf(given: TokenEndpointResponse): Person {
  const claims = getValidatedIdTokenClaims(given)
  if (claims === undefined) throw new SignInFailed('The sign-in service does not say who signed in.')
  const text = (name: string) => (typeof claims[name] === 'string' && claims[name] !== '' ? claims[name] : undefined)
  const login = text('preferred_username') ?? text('email') ?? claims.sub
  return { sub: claims.sub, name: text('name') ?? login, login }
}

/**
 * The session that goes on with renewed tokens.
 *
 * @throws SignInFailed they are somebody else's (OpenID Connect Core 1.0 §12.2: the subject must be the same)
 */
export function renewedSession(given: TokenEndpointResponse, before: Session): Session {
  const session = sessionOf(given, before)
  if (session.person.sub !== before.person.sub) throw new SignInFailed('The sign-in service renewed another session.')
  return session
}

/**
 * The session that the tokens open. The same person goes on in the role they chose and for the purpose they named, and without a new ID token as whom they were.
 *
 * @throws SignInFailed nobody knows who it is
 */
export function sessionOf(given: TokenEndpointResponse, before: Session | null): Session {
  const told = given.id_token !== undefined
  const person = told || before === null ? personOf(given) : before.person
  const idToken = given.id_token ?? before!.idToken
  const { actingRole, purpose } = before?.person.sub === person.sub ? before : ({} as Partial<Session>)
  const acting = { ...(actingRole !== undefined && { actingRole }), ...(purpose !== undefined && { purpose }) }
  const life = given.expires_in === undefined ? undefined : given.expires_in * 1000
  const expiresAt = life === undefined ? undefined : Date.now() + life
  const renewAt = expiresAt === undefined ? undefined : expiresAt - Math.min(AHEAD_MS, life! / 5)
  return { token: given.access_token, expiresAt, renewAt, person, idToken, ...acting }
}
