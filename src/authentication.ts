/** Who vouches for callers: the configured OpenID provider, or the embedded one of evaluation mode. */
import { join } from 'node:path'
import type { ConsoleSignIn } from './console-sign-in.js'
import { loadActorSecret } from './identity/actor-secret.js'
import { EVALUATION_CONSOLE_CLIENT } from './identity/evaluation-issuer/console-client.js'
import { createEvaluationIssuer, type EvaluationIssuer } from './identity/evaluation-issuer/create-evaluation-issuer.js'
import { discoveryUrl, remoteKeys } from './identity/issuer-keys.js'
import { createAccessTokenVerifier, type VerifyAccessToken } from './identity/verify-access-token.js'
import type { Configuration, OidcConfiguration } from './platform/configuration.js'
import { evaluationFolder, keysFolder } from './platform/data-folder.js'

/** The audience of tokens that the embedded issuer makes. */
export const EVALUATION_AUDIENCE = 'twin-ledger'

export interface Authentication {
  verify: VerifyAccessToken
  /** The `iss` of its tokens. */
  issuerUrl: string
  actorSecret: Uint8Array
  /** Where a token lists the caller's roles. */
  roleClaim: string | undefined
  /** How browsers sign in; undefined: not at all. */
  consoleSignIn: ConsoleSignIn | undefined
  /** In evaluation mode. */
  issuer: EvaluationIssuer | undefined
}

/** The issuer identifier of evaluation mode. */
export const evaluationIssuerUrl = (configuration: Configuration): string => `${configuration.publicUrl}/oidc`

export async function openAuthentication(configuration: Configuration): Promise<Authentication> {
  const actorSecret = loadActorSecret(configuration.actorSecretFile ?? join(keysFolder(configuration), 'actor-secret'))
  const { oidc } = configuration
  if (oidc) {
    const { issuer, audience, algorithms, clockToleranceSeconds, roleClaim } = oidc
    const verify = createAccessTokenVerifier({
      issuer,
      audience,
      algorithms,
      clockSkewSeconds: clockToleranceSeconds,
      keys: remoteKeys({ issuer }),
      types: ['at+jwt', 'JWT'],
    })
    return { verify, issuerUrl: issuer, actorSecret, roleClaim, consoleSignIn: signInAt(oidc), issuer: undefined }
  }
  const issuerUrl = evaluationIssuerUrl(configuration)
  const issuer = await createEvaluationIssuer({
    issuerUrl,
    audience: EVALUATION_AUDIENCE,
    dataDirectory: evaluationFolder(configuration),
    exposure: { host: configuration.host, publicUrl: configuration.publicUrl },
  })
  const verify = createAccessTokenVerifier({ issuer: issuerUrl, audience: EVALUATION_AUDIENCE, keys: issuer.keys })
  return { verify, issuerUrl, actorSecret, roleClaim: undefined, consoleSignIn: signInHere(issuerUrl), issuer }
}

function signInAt({ issuer, console: client }: OidcConfiguration): ConsoleSignIn | undefined {
  return client && { issuer, metadata: discoveryUrl(issuer), ...client }
}

/** The embedded issuer answers under every name of this machine, so its metadata is asked of whatever served the console. */
function signInHere(issuer: string): ConsoleSignIn {
  return { issuer, metadata: discoveryUrl('/oidc'), ...EVALUATION_CONSOLE_CLIENT }
}
