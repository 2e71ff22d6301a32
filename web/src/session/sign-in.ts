/** OpenID Connect authorization code flow with PKCE (RFC 7636) against the issuer of this service. */
import { challengeOf, randomText } from './pkce.js'
import { closeSession, currentSession, openSession } from './store.js'

const CLIENT = 'console'
const SCOPE = 'openid twin-ledger'
const ATTEMPT = 'twin-ledger.sign-in'

interface Issuer {
  authorization_endpoint: string
  token_endpoint: string
  end_session_endpoint?: string
}

interface Attempt {
  state: string
  verifier: string
  returnTo: string
}

/** Why nobody is signed in after an attempt; the message is for the person. */
export class SignInFailed extends Error {}

const redirectUri = (): string => `${location.origin}/console/`

/**
 * Leaves for the issuer's sign-in page.
 *
 * @param anew asks the person to choose an account even when the issuer remembers one
 * @throws SignInFailed no issuer answers
 */
export function startSignIn({ anew = false } = {}): Promise<void> {
  return leave(anew ? { prompt: 'login' } : {})
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
  const account = currentSession()?.claims.account
  return leave({
    prompt: 'login',
    max_age: '0',
    acr_values: acrValues.join(' '),
    ...(nonce !== undefined && { nonce }),
    ...(account !== undefined && { login_hint: account }),
  })
}

async function leave(asked: Record<string, string>): Promise<void> {
  const issuer = await discover()
  const attempt: Attempt = { state: randomText(), verifier: randomText(), returnTo: location.href }
  sessionStorage.setItem(ATTEMPT, JSON.stringify(attempt))
  const query = new URLSearchParams({
    client_id: CLIENT,
    response_type: 'code',
    scope: SCOPE,
    redirect_uri: redirectUri(),
    state: attempt.state,
    code_challenge: await challengeOf(attempt.verifier),
    code_challenge_method: 'S256',
    ...asked,
  })
  location.assign(`${issuer.authorization_endpoint}?${query}`)
}

/**
 * Finishes an attempt when the address says that the issuer has just sent the person back; otherwise does nothing.
 *
 * @throws SignInFailed the issuer refused, or the answer belongs to another attempt
 */
export async function completeSignIn(): Promise<void> {
  const answer = new URLSearchParams(location.search)
  if (!answer.has('state') || !(answer.has('code') || answer.has('error'))) return
  const attempt = takeAttempt()
  history.replaceState(null, '', attempt?.returnTo ?? redirectUri())
  if (attempt === undefined || attempt.state !== answer.get('state')) {
    throw new SignInFailed('This answer belongs to another sign-in. Please sign in again.')
  }
  const code = answer.get('code')
  if (code === null) throw new SignInFailed(answer.get('error_description') ?? 'The sign-in was refused.')
  openSession(await exchange(code, attempt.verifier))
}

/** Forgets the token here and leads to the issuer's page that ends its own session. */
export async function signOut(): Promise<void> {
  closeSession()
  const { end_session_endpoint: end } = await discover()
  if (end === undefined) return location.assign(redirectUri())
  location.assign(`${end}?${new URLSearchParams({ client_id: CLIENT, post_logout_redirect_uri: redirectUri() })}`)
}

async function exchange(code: string, verifier: string): Promise<string> {
  const { token_endpoint } = await discover()
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: CLIENT,
    code,
    redirect_uri: redirectUri(),
    code_verifier: verifier,
  })
  const response = await fetch(token_endpoint, { method: 'POST', body })
  if (!response.ok) throw new SignInFailed('The issuer did not take its own code. Please sign in again.')
  return ((await response.json()) as { access_token: string }).access_token
}

function takeAttempt(): Attempt | undefined {
  const kept = sessionStorage.getItem(ATTEMPT)
  sessionStorage.removeItem(ATTEMPT)
  return kept === null ? undefined : (JSON.parse(kept) as Attempt)
}

async function discover(): Promise<Issuer> {
  const response = await fetch('/oidc/.well-known/openid-configuration').catch(() => undefined)
  if (response === undefined) throw new SignInFailed('The service cannot be reached.')
  if (!response.ok) {
    throw new SignInFailed(
      'This service has no sign-in of its own. Ask whoever runs it how the console is opened here.',
    )
  }
  return (await response.json()) as Issuer
}
