/** OpenID Connect with the authorization code flow and PKCE (OpenID Connect Core 1.0 §3.1, RFC 7636, RFC 9700), by oauth4webapi. */
import {
  AuthorizationResponseError,
  None,
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  generateRandomCodeVerifier,
  generateRandomNonce,
  generateRandomState,
  processAuthorizationCodeResponse,
  validateAuthResponse,
} from 'oauth4webapi'
import { SignInFailed, theIssuer, type Issuer } from './issuer.js'
import { closeSession, currentSession, openSession } from './store.js'
import { personOf, sessionOf } from './tokens.js'

const ATTEMPT = 'twin-ledger.sign-in'

interface Attempt {
  state: string
  nonce: string
  verifier: string
  returnTo: string
  /** Whose authentication is wanted, when it is not just anybody's: a step-up is the signed-in person's. */
  sub?: string
}

const redirectUri = (): string => `${location.origin}/console/`

/**
 * Leaves for the issuer's sign-in page.
 *
 * @param anew asks the person to choose an account even when the issuer remembers one
 * @throws SignInFailed no issuer answers
 */
export function startSignIn({ anew = false } = {}): Promise<void> {
  return leave(anew ? { prompt: 'login' } : {}, {})
}

/** What the service asks the person to authenticate by (RFC 9470 §4). */
export interface StepUp {
  acrValues: readonly string[]
  maxAge: number
  /** Ties the authentication to one signing. */
  nonce?: string
}

/** Leaves for the issuer's page that asks for the password again. @throws SignInFailed no issuer answers */
export function startStepUp({ acrValues, nonce }: StepUp): Promise<void> {
  const person = currentSession()?.person
  const asked = { prompt: 'login', max_age: '0', acr_values: acrValues.join(' ') }
  if (person === undefined) return leave(asked, { nonce })
  return leave({ ...asked, login_hint: person.login }, { nonce, sub: person.sub })
}

async function leave(asked: Record<string, string>, { nonce, sub }: { nonce?: string; sub?: string }): Promise<void> {
  const { server, client, scope, resource } = await theIssuer()
  if (server.authorization_endpoint === undefined) throw new SignInFailed('The sign-in service offers no sign-in page.')
  const attempt: Attempt = {
    state: generateRandomState(),
    nonce: nonce ?? generateRandomNonce(),
    verifier: generateRandomCodeVerifier(),
    returnTo: location.href,
    ...(sub !== undefined && { sub }),
  }
  sessionStorage.setItem(ATTEMPT, JSON.stringify(attempt))
  const address = new URL(server.authorization_endpoint)
  const parameters = {
    client_id: client.client_id,
    response_type: 'code',
    scope,
    redirect_uri: redirectUri(),
    state: attempt.state,
    nonce: attempt.nonce,
    code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
    code_challenge_method: 'S256',
    ...(resource !== undefined && { resource }),
    ...asked,
  }
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
  location.assign(address)
}

/**
 * Finishes an attempt when the address says that the issuer has just sent the person back; otherwise does nothing.
 *
 * @returns whether the person has just authenticated for an act of theirs
 * @throws SignInFailed the issuer refused, or the answer belongs to another attempt or person
 */
export async function completeSignIn(): Promise<boolean> {
  const answer = new URL(location.href)
  if (!answer.searchParams.has('state') || !(answer.searchParams.has('code') || answer.searchParams.has('error')))
    return false
  const attempt = takeAttempt()
  history.replaceState(null, '', attempt?.returnTo ?? redirectUri())
  if (attempt === undefined) throw new SignInFailed('This answer belongs to another sign-in. Please sign in again.')
  const issuer = await theIssuer()
  const parameters = accepted(issuer, answer, attempt)
  const given = await exchange(issuer, parameters, attempt).catch((cause: unknown) => {
    throw new SignInFailed('The sign-in service did not stand by its answer. Please sign in again.', { cause })
  })
  if (attempt.sub !== undefined && personOf(given).sub !== attempt.sub)
    throw new SignInFailed(
      'Somebody else has authenticated. Whoever is signed in must do that for their own signature.',
    )
  openSession(sessionOf(given, currentSession()), given.refresh_token)
  return attempt.sub !== undefined
}

/** Forgets the session here and leads to the issuer's page that ends its own (OpenID Connect RP-Initiated Logout 1.0). */
export async function signOut(): Promise<void> {
  const idToken = currentSession()?.idToken
  closeSession()
  const { server, client } = await theIssuer()
  if (server.end_session_endpoint === undefined) return location.assign(redirectUri())
  const address = new URL(server.end_session_endpoint)
  address.searchParams.set('client_id', client.client_id)
  address.searchParams.set('post_logout_redirect_uri', redirectUri())
  if (idToken !== undefined) address.searchParams.set('id_token_hint', idToken)
  location.assign(address)
}

/** Checks the state and, where the issuer names itself in the answer, its name (RFC 9207). @throws SignInFailed */
function accepted({ server, client }: Issuer, answer: URL, { state }: Attempt): URLSearchParams {
  try {
    return validateAuthResponse(server, client, answer, state)
  } catch (failure) {
    if (failure instanceof AuthorizationResponseError)
      throw new SignInFailed(failure.error_description ?? 'The sign-in was refused.')
    throw new SignInFailed('This answer belongs to another sign-in. Please sign in again.')
  }
}

/** The code for tokens; the ID token must name this client, the nonce sent and a time that has not passed. */
async function exchange({ server, client, requests }: Issuer, answer: URLSearchParams, attempt: Attempt) {
  const { verifier, nonce } = attempt
  const response = await authorizationCodeGrantRequest(
    server,
    client,
    None(),
    answer,
    redirectUri(),
    verifier,
    requests,
  )
  return processAuthorizationCodeResponse(server, client, response, { expectedNonce: nonce, requireIdToken: true })
}

function takeAttempt(): Attempt | undefined {
  const kept = sessionStorage.getItem(ATTEMPT)
  sessionStorage.removeItem(ATTEMPT)
  return kept === null ? undefined : (JSON.parse(kept) as Attempt)
}
