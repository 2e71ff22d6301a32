import { randomBytes, randomUUID } from 'node:crypto'
import { type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { importJWK, type JWTVerifyGetKey, SignJWT } from 'jose'
import { localKeys } from '../issuer-keys.js'
import { AccountPasswords } from './account-passwords.js'
import { accountClaims, type DemoAccount, DemoAccounts } from './accounts.js'
import { loadClientSecrets } from './client-secrets.js'
import { assertEvaluationIssuerAllowed, type EvaluationExposure } from './exposure.js'
import { createMemoryAdapter } from './memory-adapter.js'
import { readOrCreateSecretFile } from '../../platform/secret-file.js'
import { createSignIn, type MountedRequest } from './sign-in.js'
import { SIGNING_ALGORITHM, SigningKeys } from './signing-keys.js'

export interface EvaluationIssuerOptions {
  /** The issuer identifier, whose path is where the handler is mounted, e.g. `http://localhost:3000/oidc`. */
  issuerUrl: string
  /** The `aud` of its access tokens. */
  audience: string
  /** Where keys and client secrets are kept, each in a file with mode 0600. */
  dataDirectory: string
  exposure: EvaluationExposure
  accounts?: readonly DemoAccount[]
  /** Where the console may be sent back to. Default: `/console/` at the issuer's origin and at its loopback names. */
  redirectUris?: readonly string[]
}

export interface IssueOptions {
  ttl?: number
  /** Claims of RFC 9068 §2.2.1; `auth_time` in seconds since the epoch. */
  claims?: { acr: string; auth_time: number; nonce?: string }
}

export interface EvaluationIssuer {
  /** To be mounted with `app.use('/oidc', handler)`. */
  handler: (request: MountedRequest, response: ServerResponse) => void
  accounts: DemoAccounts
  /** The keys as a verifier takes them, without a request to ourselves. */
  keys: JWTVerifyGetKey
  /** Calls back with the account each time its client secret or password was wrong. */
  onFailedSignIn(listener: (account: string) => void): void
  /**
   * Signs a token for an account without HTTP. `ttl` in seconds, default one hour. `claims` are those that tell how a person
   * authenticated; without them the token is one that a program got for itself.
   */
  issueToken(account: string, options?: IssueOptions): Promise<string>
  /** Signs with a fresh key from now on; earlier ones stay published. */
  rotateKeys(): void
}

/**
 * Makes the embedded OpenID provider of evaluation mode: one made-up account a role; passwords are asked for before signatures only.
 * The provider library is loaded only here, so a service with a real issuer never runs it.
 *
 * @throws ConfigurationError when evaluation mode may not run here, or its secret files can be read by others
 */
export async function createEvaluationIssuer(options: EvaluationIssuerOptions): Promise<EvaluationIssuer> {
  assertEvaluationIssuerAllowed(options.exposure)
  const { createProvider } = await import('./evaluation-provider.js')
  const issuer = new URL(options.issuerUrl)
  const mountPath = issuer.pathname.replace(/\/$/, '')
  const redirectUris = options.redirectUris ?? consoleUris(issuer)
  const accounts = new DemoAccounts(options.dataDirectory, options.accounts)
  const keys = new SigningKeys(options.dataDirectory)
  const listeners: ((account: string) => void)[] = []
  const ingredients = {
    mountPath,
    audience: options.audience,
    accounts,
    keys,
    clientSecrets: loadClientSecrets(
      options.dataDirectory,
      accounts.list().map(({ name }) => name),
    ),
    cookieSecret: readOrCreateSecretFile(join(options.dataDirectory, 'cookie-secret'), () =>
      randomBytes(32).toString('base64url'),
    ),
    redirectUris,
    adapter: createMemoryAdapter(),
    onFailedSignIn: (account: string) => listeners.forEach((listener) => listener(account)),
  }
  const passwords = new AccountPasswords(
    options.dataDirectory,
    accounts.list().map(({ name }) => name),
  )
  const signIn = createSignIn({
    mountPath,
    accounts,
    passwords,
    redirectUris,
    onFailedSignIn: ingredients.onFailedSignIn,
  })
  let provider = createProvider(options.issuerUrl, ingredients)

  const answer = async (request: MountedRequest, response: ServerResponse): Promise<void> => {
    if (await signIn(provider, request, response)) return
    await provider.callback()(request, response)
  }

  return {
    accounts,
    keys: localKeys(() => keys.published()),
    handler: (request, response) => {
      answer(request, response).catch(() => {
        if (!response.headersSent) response.writeHead(500)
        response.end()
      })
    },
    issueToken: async (name, { ttl = 3600, claims } = {}) => {
      const account = accounts.get(name)
      const { kid, ...key } = keys.newest()
      return new SignJWT({ ...accountClaims(account), client_id: claims ? 'console' : name, ...claims })
        .setProtectedHeader({ alg: SIGNING_ALGORITHM, typ: 'at+jwt', kid })
        .setIssuer(options.issuerUrl)
        .setAudience(options.audience)
        .setSubject(name)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime(`${ttl}s`)
        .sign(await importJWK(key, SIGNING_ALGORITHM))
    },
    onFailedSignIn: (listener) => void listeners.push(listener),
    rotateKeys: () => {
      keys.rotate()
      provider = createProvider(options.issuerUrl, ingredients)
    },
  }
}

/** The console at the public URL and, for whoever opens it by another name of this machine, at the loopback names. */
function consoleUris(issuer: URL): string[] {
  const port = issuer.port === '' ? '' : `:${issuer.port}`
  const origins = [issuer.origin, `http://localhost${port}`, `http://127.0.0.1${port}`]
  return [...new Set(origins)].map((origin) => `${origin}/console/`)
}
