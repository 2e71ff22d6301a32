/**
 * An OpenID provider somewhere on the network: a process of its own in all but name, with people, keys and pages that the service
 * knows nothing of. It says who somebody is and how they proved it, and names no role.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import {
  allowInsecureRequests,
  authorizationCodeGrantRequest,
  calculatePKCECodeChallenge,
  discoveryRequest,
  generateRandomCodeVerifier,
  None,
  processAuthorizationCodeResponse,
  processDiscoveryResponse,
  validateAuthResponse,
} from 'oauth4webapi'
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { createMemoryAdapter } from '../../src/identity/evaluation-issuer/memory-adapter.js'

export const EXTERNAL_AUDIENCE = 'https://ledger.example/api'
export const EXTERNAL_CLIENT = 'ledger-console'
/** What its sign-in page vouches for, when asked for. */
export const EXTERNAL_ACR = 'urn:example:acr:password'

export interface ExternalIssuer {
  url: string
  /** The address of the console, whose origin its endpoints then answer. */
  registerConsole(redirectUri: string): void
  /** Seconds that access tokens live from now on. */
  accessTokenSeconds: number
  /** How often a refresh token was taken for new tokens. */
  renewals: number
  /** Signs a person in as a browser would, and returns the access token. */
  signIn(sub: string, asked?: Record<string, string>): Promise<string>
  stop(): Promise<void>
}

/** @param names printed name of each person by `sub` */
export async function startExternalIssuer(names: Readonly<Record<string, string>>): Promise<ExternalIssuer> {
  let answer = (_request: IncomingMessage, response: ServerResponse): void => void response.writeHead(503).end()
  const server = createServer((request, response) => answer(request, response))
  const url = `http://127.0.0.1:${await listening(server)}`
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256' }
  let redirectUri = ''
  const issuer: ExternalIssuer = {
    url,
    accessTokenSeconds: 600,
    renewals: 0,
    registerConsole(uri) {
      redirectUri = uri
      const provider = new Provider(url, configurationOf(issuer, uri, names, key))
      provider.on(
        'grant.success',
        ({ oidc }) => void (oidc.params?.['grant_type'] === 'refresh_token' && issuer.renewals++),
      )
      answer = (request, response) => void respond(provider, request, response)
    },
    signIn: (sub, asked = {}) => signIn(url, redirectUri, sub, asked),
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return issuer
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function configurationOf(
  issuer: ExternalIssuer,
  redirectUri: string,
  names: Readonly<Record<string, string>>,
  key: object,
): Configuration {
  const resource = {
    audience: EXTERNAL_AUDIENCE,
    scope: 'api',
    accessTokenFormat: 'jwt' as const,
    jwt: { sign: { alg: 'RS256' as const } },
  }
  return {
    adapter: createMemoryAdapter(),
    jwks: { keys: [key] },
    clients: [
      {
        client_id: EXTERNAL_CLIENT,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [redirectUri],
      },
    ],
    acrValues: [EXTERNAL_ACR],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], acr: null, auth_time: null },
    conformIdTokenClaims: false,
    cookies: { keys: ['a cookie key of a test'] },
    pkce: { required: () => true },
    clientBasedCORS: (_ctx, origin) => new URL(redirectUri).origin === origin,
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    findAccount: (_ctx, sub) =>
      names[sub] === undefined
        ? undefined
        : { accountId: sub, claims: () => ({ sub, name: names[sub], preferred_username: sub }) },
    loadExistingGrant: async ({ oidc: { client, session, provider } }) => {
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId })
      grant.addOIDCScope('openid profile')
      grant.addResourceScope(EXTERNAL_AUDIENCE, 'api')
      await grant.save()
      return grant
    },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    extraTokenClaims: (ctx) => {
      const { authTime, acr } = ctx.oidc.entities.AuthorizationCode ?? {}
      return { ...(authTime !== undefined && { auth_time: authTime }), ...(acr !== undefined && { acr }) }
    },
    ttl: {
      AccessToken: () => issuer.accessTokenSeconds,
      Session: 3600,
      Grant: 3600,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 3600,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: showSignOut },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ ...resource, accessTokenTTL: issuer.accessTokenSeconds }),
      },
    },
  }
}

function showSignOut(ctx: KoaContextWithOIDC, form: string): void {
  ctx.type = 'html'
  ctx.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`
}

/** Its sign-in page takes anybody it knows at their word. */
async function respond(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/favicon.ico') return void response.writeHead(204).end()
  if (!request.url?.startsWith('/sign-in/')) return void (await provider.callback()(request, response))
  const { params } = await provider.interactionDetails(request, response)
  if (request.method === 'GET') {
    const hint = typeof params['login_hint'] === 'string' ? params['login_hint'] : ''
    response.setHeader('content-type', 'text/html')
    return void response.end(
      `<!doctype html><title>Sign in</title><form method="post"><label>Who <input name="sub" value="${hint}"></label><button>Continue</button></form>`,
    )
  }
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const asked = params['acr_values']
  const login = {
    accountId: new URLSearchParams(body).get('sub')!,
    ...(typeof asked === 'string' && { acr: asked.split(' ')[0]! }),
  }
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
}

async function signIn(url: string, redirectUri: string, sub: string, asked: Record<string, string>): Promise<string> {
  const insecure = { [allowInsecureRequests]: true }
  const issuer = new URL(url)
  const server = await processDiscoveryResponse(issuer, await discoveryRequest(issuer, insecure))
  const client = { client_id: EXTERNAL_CLIENT }
  const verifier = generateRandomCodeVerifier()
  const query = new URLSearchParams({
    ...{ client_id: EXTERNAL_CLIENT, response_type: 'code', scope: 'openid profile api', redirect_uri: redirectUri },
    ...{ code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
    ...{ resource: EXTERNAL_AUDIENCE, state: 'a state', ...asked },
  })
  const back = await throughThePages(`${server.authorization_endpoint}?${query}`, redirectUri, sub)
  const answer = validateAuthResponse(server, client, back, 'a state')
  const exchanged = await authorizationCodeGrantRequest(server, client, None(), answer, redirectUri, verifier, insecure)
  const { access_token } = await processAuthorizationCodeResponse(server, client, exchanged, { requireIdToken: true })
  return access_token
}

/** Follows redirects with cookies, fills in the one form on the way, and returns the address the client is called back at. */
async function throughThePages(first: string, redirectUri: string, sub: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let at = first
  let form: URLSearchParams | undefined
  for (let step = 0; step < 10; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const method = form === undefined ? {} : { method: 'POST', body: form }
    const page = await fetch(at, { ...method, redirect: 'manual', headers: { cookie } })
    for (const [name, value] of page.headers.getSetCookie().map((set) => set.split(';')[0]!.split('=', 2)))
      cookies.set(name!, value!)
    const next = page.headers.get('location')
    form = next === null ? new URLSearchParams({ sub }) : undefined
    if (next === null) continue
    const location = new URL(next, at)
    if (location.href.startsWith(redirectUri)) return location
    at = location.href
  }
  throw new Error('The pages of the issuer lead nowhere.')
}
