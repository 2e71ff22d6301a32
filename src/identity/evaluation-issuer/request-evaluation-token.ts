import { Unauthenticated, Unavailable } from '../../platform/errors.js'
import { readClientSecret } from './client-secrets.js'

export interface EvaluationTokenRequest {
  /** The running service's issuer, e.g. `http://localhost:3000/oidc`. */
  issuerUrl: string
  /** Where that service keeps its evaluation secrets. */
  dataDirectory: string
  /** An account's name, e.g. `investigator`. */
  account: string
}

/**
 * Asks a running evaluation service for an access token (client-credentials grant, RFC 6749 §4.4). Being able to read
 * the data directory is what entitles to it.
 *
 * @returns the compact token
 * @throws ConfigurationError when the data directory has no such account
 * @throws Unavailable `issuer-unavailable` when the service does not answer
 * @throws Unauthenticated `evaluation-token-refused` when it does not know the secret
 */
export async function requestEvaluationToken(request: EvaluationTokenRequest): Promise<string> {
  const secret = readClientSecret(request.dataDirectory, request.account)
  const response = await postForToken(request.issuerUrl, request.account, secret)
  if (response.status >= 500) throw notAnswering()
  if (!response.ok) {
    throw new Unauthenticated(
      'evaluation-token-refused',
      'The service refused the account; is this its data directory?',
      {
        status: response.status,
      },
    )
  }
  const { access_token: token } = (await response.json()) as { access_token: string }
  return token
}

async function postForToken(issuerUrl: string, account: string, secret: string): Promise<Response> {
  try {
    return await fetch(`${issuerUrl.replace(/\/$/, '')}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${account}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'twin-ledger' }),
      signal: AbortSignal.timeout(10_000),
    })
  } catch (cause) {
    throw notAnswering(cause)
  }
}

function notAnswering(cause?: unknown): Unavailable {
  return new Unavailable('issuer-unavailable', 'The service does not answer; is it running?', {}, { cause })
}
