import { claimsOf, type TokenClaims } from './access-token.js'

/** Who is signed in. The token lives in this tab's session storage and ends with the tab. */
export interface Session {
  token: string
  claims: TokenClaims
}

const KEY = 'twin-ledger.token'
const listeners = new Set<() => void>()
let current = restored()

export const currentSession = (): Session | null => current

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function openSession(token: string): void {
  sessionStorage.setItem(KEY, token)
  current = { token, claims: claimsOf(token) }
  listeners.forEach((listener) => listener())
}

export function closeSession(): void {
  sessionStorage.removeItem(KEY)
  current = null
  listeners.forEach((listener) => listener())
}

function restored(): Session | null {
  const token = sessionStorage.getItem(KEY)
  if (token === null) return null
  try {
    const claims = claimsOf(token)
    if (claims.expiresAt > Date.now()) return { token, claims }
  } catch {
    // What is not a token is as good as none.
  }
  sessionStorage.removeItem(KEY)
  return null
}
