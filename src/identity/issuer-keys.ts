import {
  createLocalJWKSet,
  createRemoteJWKSet,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  type RemoteJWKSetOptions,
} from 'jose'
import { issuerUnavailable } from './token-refusals.js'

export interface RemoteKeysOptions {
  /** The issuer identifier; its keys are found through OIDC Discovery unless `jwksUri` says where. */
  issuer: string
  jwksUri?: string
  /** Milliseconds after a fetch in which an unknown key id causes no other one, so that forged ids cannot flood the issuer. */
  cooldownMs?: number
  /** Milliseconds after which fetched keys are fetched again, so that a withdrawn key dies. */
  cacheMaxAgeMs?: number
  /** Milliseconds the issuer has to answer. */
  timeoutMs?: number
}

/** Keys that are known beforehand: a JWKS from a file, or the embedded issuer's. Given a function, it is asked each time. */
export function localKeys(jwks: JSONWebKeySet | (() => JSONWebKeySet)): JWTVerifyGetKey {
  if (typeof jwks === 'function') return (header, token) => createLocalJWKSet(jwks())(header, token)
  return createLocalJWKSet(jwks)
}

/**
 * The keys an issuer publishes: fetched at the first token, cached, fetched again when a token names a new key id
 * (rotation), at most once in the cooldown.
 */
export function remoteKeys(options: RemoteKeysOptions): JWTVerifyGetKey {
  const { cooldownMs = 30_000, cacheMaxAgeMs = 600_000, timeoutMs = 5_000 } = options
  const settings: RemoteJWKSetOptions = {
    cooldownDuration: cooldownMs,
    cacheMaxAge: cacheMaxAgeMs,
    timeoutDuration: timeoutMs,
  }
  let keys: Promise<JWTVerifyGetKey> | undefined

  const find = async (): Promise<JWTVerifyGetKey> =>
    createRemoteJWKSet(new URL(options.jwksUri ?? (await discoverJwksUri(options.issuer, timeoutMs))), settings)

  return async (header, token) => {
    // A failed discovery is not kept: the next token tries again.
    keys ??= find().catch((failure: unknown) => {
      keys = undefined
      throw failure
    })
    return (await keys)(header, token)
  }
}

/** Where an issuer describes itself (OpenID Connect Discovery 1.0 §4). */
export const discoveryUrl = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

/**
 * Reads `jwks_uri` from the issuer's discovery document (OpenID Connect Discovery 1.0 §4), which must name that very
 * issuer (§4.3).
 *
 * @throws Unavailable `issuer-unavailable` when there is no such document
 */
async function discoverJwksUri(issuer: string, timeoutMs: number): Promise<string> {
  const url = discoveryUrl(issuer)
  let document: { issuer?: unknown; jwks_uri?: unknown }
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs), redirect: 'error' })
    if (!response.ok) throw new Error(`discovery answered ${response.status}`)
    document = (await response.json()) as typeof document
  } catch (cause) {
    throw issuerUnavailable(cause)
  }
  if (document.issuer !== issuer || typeof document.jwks_uri !== 'string') throw issuerUnavailable()
  return document.jwks_uri
}
