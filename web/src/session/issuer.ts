/** The OpenID provider that this service trusts, as the service names it and as the provider describes itself. */
import {
  allowInsecureRequests,
  processDiscoveryResponse,
  type AuthorizationServer,
  type Client,
  type TokenEndpointRequestOptions,
} from 'oauth4webapi'

/** Why nobody is signed in after an attempt; the message is for the person. */
export class SignInFailed extends Error {}

/** What the service says at `/api/v1/sign-in`. */
interface SignInDescription {
  issuer: string
  metadata: string
  clientId: string
  scope: string
  resource?: string
}

export interface Issuer {
  server: AuthorizationServer
  client: Client
  scope: string
  resource: string | undefined
  /** Options of requests for tokens. Plain HTTP is taken only from an issuer that is configured with it: one on this machine. */
  requests: TokenEndpointRequestOptions
}

let known: Promise<Issuer> | undefined

/** Asked once; again after a failure. @throws SignInFailed */
export function theIssuer(): Promise<Issuer> {
  known ??= describe().catch((failure: unknown) => {
    known = undefined
    throw failure
  })
  return known
}

async function describe(): Promise<Issuer> {
  const { issuer, metadata, clientId, scope, resource } = await signInDescription()
  // RFC 8414 §3.3: what describes itself as another issuer is not this one; the library compares.
  const server = await processDiscoveryResponse(new URL(issuer), await asked(metadata)).catch((failure: unknown) => {
    throw failure instanceof SignInFailed ? failure : new SignInFailed('The sign-in service describes itself wrongly.')
  })
  return {
    server,
    client: { client_id: clientId },
    scope,
    resource,
    requests: {
      [allowInsecureRequests]: issuer.startsWith('http:'),
      ...(resource !== undefined && { additionalParameters: { resource } }),
    },
  }
}

async function signInDescription(): Promise<SignInDescription> {
  const answer = await fetch('/api/v1/sign-in').catch(() => undefined)
  if (answer === undefined) throw new SignInFailed('The service cannot be reached.')
  const body = (await answer.json().catch(() => ({}))) as SignInDescription & { detail?: string }
  if (!answer.ok) throw new SignInFailed(body.detail ?? 'The service does not say how to sign in.')
  return body
}

async function asked(metadata: string): Promise<Response> {
  const answer = await fetch(metadata, { headers: { Accept: 'application/json' } }).catch(() => undefined)
  if (answer === undefined)
    throw new SignInFailed(
      `The sign-in service does not answer this page. It must allow requests from ${location.origin}.`,
    )
  return answer
}
