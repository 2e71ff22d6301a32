import { createHash, randomBytes } from 'node:crypto'
import { Unauthenticated, Unavailable } from '../../platform/errors.js'
import { readAccountPassword } from './account-passwords.js'

export interface StepUpTokenRequest {
  /** The running service's issuer, e.g. `http://localhost:3000/oidc`. */
  issuerUrl: string
  /** Where that service keeps its evaluation secrets. */
  dataDirectory: string
  /** An account's name, e.g. `investigator`. */
  account: string
  /** What to be authenticated by (RFC 9470 §4). */
  acr: string
  /** Ties the authentication to one signing. */
  nonce?: string
}

const CLIENT = 'console'

/**
 * Authenticates an account anew, as a person in a browser would: authorization code flow with PKCE (RFC 7636), the issuer's own
 * page, the account's password. The password comes from the data directory.
 *
 * @returns a compact access token with `acr` and `auth_time`
 * @throws ConfigurationError when the data directory has no such account
 * @throws Unavailable `issuer-unavailable`; Unauthenticated `evaluation-token-refused`
 */
export async function requestStepUpToken(request: StepUpTokenRequest): Promise<string> {
  const issuerUrl = request.issuerUrl.replace(/\/$/, '')
  const password = readAccountPassword(request.dataDirectory, request.account)
  const verifier = randomBytes(32).toString('base64url')
  const redirectUri = `${new URL(issuerUrl).origin}/console/`
  const query = new URLSearchParams({
    client_id: CLIENT,
    response_type: 'code',
    scope: 'openid twin-ledger',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: 'login',
    max_age: '0',
    acr_values: request.acr,
    login_hint: request.account,
    ...(request.nonce !== undefined && { nonce: request.nonce }),
  })
  const visit = new Visit()
  const page = await visit.follow(`${issuerUrl}/auth?${query}`)
  const form = new URLSearchParams({ account: request.account, password })
  const answer = await visit.follow(page.url, { method: 'POST', body: form }, redirectUri)
  const code = answer.location?.searchParams.get('code')
  if (!code) throw new Unauthenticated('evaluation-token-refused', 'The service refused the account or its password.')
  return exchange(issuerUrl, { code, verifier, redirectUri })
}

async function exchange(issuerUrl: string, sent: { code: string; verifier: string; redirectUri: string }) {
  const response = await reach(`${issuerUrl}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT,
      code: sent.code,
      code_verifier: sent.verifier,
      redirect_uri: sent.redirectUri,
    }),
  })
  if (!response.ok) throw new Unauthenticated('evaluation-token-refused', 'The service did not take its own code.')
  return ((await response.json()) as { access_token: string }).access_token
}

const MOST_REDIRECTS = 8

/** Follows redirects within the issuer and keeps its cookies, up to the address that is the client's. */
class Visit {
  private readonly cookies = new Map<string, string>()

  async follow(url: string, init: RequestInit = {}, until?: string): Promise<{ url: string; location?: URL }> {
    let [at, how] = [url, init]
    for (let redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
      const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await reach(at, { ...how, redirect: 'manual', headers: { cookie } })
      for (const header of response.headers.getSetCookie()) this.keep(header)
      const next = response.headers.get('location')
      if (next === null) return { url: at }
      const location = new URL(next, at)
      if (until !== undefined && location.href.startsWith(until)) return { url: at, location }
      ;[at, how] = [location.href, {}]
    }
    throw new Unavailable('issuer-unavailable', 'The service sends from page to page.')
  }

  private keep(header: string): void {
    const [pair = ''] = header.split(';')
    const at = pair.indexOf('=')
    this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) })
  } catch (cause) {
    throw new Unavailable('issuer-unavailable', 'The service does not answer; is it running?', {}, { cause })
  }
}
