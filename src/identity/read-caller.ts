import { createHash } from 'node:crypto'
import { isCode } from '../ledger/event-header.js'
import { type ClaimedCaller } from './acting-role.js'
import { type PersonAuthentication, pseudonymousActorId } from './caller.js'
import { isRole, type Role } from './roles.js'
import { tokenRefused } from './token-refusals.js'
import { type VerifiedAccessToken } from './verify-access-token.js'

/** Under which claims the issuer writes what we read; defaults are the names below. */
export interface ClaimNames {
  role: string
  roles: string
  org: string
  site: string
  trials: string
  subject: string
}

export const DEFAULT_CLAIM_NAMES: ClaimNames = {
  role: 'role',
  roles: 'roles',
  org: 'org',
  site: 'site',
  trials: 'trials',
  subject: 'twin_subject',
}

/**
 * Reads the caller out of a verified token. The acting role is the claim `role`; without it, the only entry of `roles`; else it is
 * left open for the ledger to say.
 *
 * @param token the compact token, digested when the issuer set no `jti`
 * @throws Unauthenticated `token-role-missing` when the claim names something that is no role
 * @throws Unauthenticated `token-claim-invalid` when organisation or site is not a code that an event header may carry
 */
export function readCaller(
  claims: VerifiedAccessToken,
  token: string,
  actorSecret: Uint8Array,
  names: ClaimNames = DEFAULT_CLAIM_NAMES,
): ClaimedCaller {
  const { role, roles } = readRoles(claims[names.role], claims[names.roles])
  return Object.freeze({
    id: pseudonymousActorId(actorSecret, claims.iss, claims.sub),
    ...(role !== undefined && { role }),
    roles,
    org: code(claims[names.org]),
    site: code(claims[names.site]),
    trials: texts(claims[names.trials]),
    // Only a participant has a record of their own; the claim means nothing in another role.
    subject: role === 'participant' ? text(claims[names.subject]) : undefined,
    tokenId: text(claims.jti) ?? createHash('sha256').update(token).digest('base64url'),
    authenticatedAt: authenticationTime(claims),
    authentication: personAuthentication(claims),
    machine: claims.sub === claims['client_id'],
  })
}

function readRoles(acting: unknown, held: unknown): { role: Role | undefined; roles: readonly Role[] } {
  const known = texts(held).filter(isRole)
  const role = acting ?? (known.length === 1 ? known[0] : undefined)
  if (role === undefined) return { role, roles: Object.freeze([...new Set(known)]) }
  if (!isRole(role)) throw tokenRefused('token-role-missing')
  return { role, roles: Object.freeze([...new Set([role, ...known])]) }
}

function authenticationTime(claims: VerifiedAccessToken): string {
  const seconds = typeof claims['auth_time'] === 'number' ? claims['auth_time'] : claims.iat
  const time = new Date(seconds * 1000)
  if (Number.isNaN(time.getTime())) throw tokenRefused('token-malformed')
  return time.toISOString()
}

function personAuthentication({ acr, auth_time: at, nonce }: VerifiedAccessToken): PersonAuthentication | undefined {
  const how = text(acr)
  if (how === undefined || typeof at !== 'number') return undefined
  const shown = text(nonce)
  return Object.freeze({
    acr: how,
    at: new Date(at * 1000).toISOString(),
    ...(shown !== undefined && { nonce: shown }),
  })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function code(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value !== 'string' || !isCode(value)) throw tokenRefused('token-claim-invalid')
  return value
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? Object.freeze(value.filter((entry): entry is string => typeof entry === 'string')) : []
}
