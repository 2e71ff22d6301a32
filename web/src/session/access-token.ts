import { isRole, type Role } from '../../../src/identity/roles.js'

/** What the console shows of an access token. The service alone verifies it; nothing here decides what anyone may do. */
export interface TokenClaims {
  account: string
  role: Role
  org?: string
  site?: string
  trials: string[]
  /** A participant's own subject. */
  subject?: string
  /** Unix milliseconds. */
  expiresAt: number
}

/** @throws Error when the token is not a JWT with a role of this service */
export function claimsOf(token: string): TokenClaims {
  const claims = decodePayload(token)
  if (!isRole(claims.role)) throw new Error('The access token names no role of this service.')
  return {
    account: String(claims.sub),
    role: claims.role,
    org: text(claims.org),
    site: text(claims.site),
    trials: Array.isArray(claims.trials) ? claims.trials.map(String) : [],
    subject: text(claims.twin_subject),
    expiresAt: Number(claims.exp) * 1000,
  }
}

function decodePayload(token: string): Record<string, unknown> {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')
  const bytes = Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))
  return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
