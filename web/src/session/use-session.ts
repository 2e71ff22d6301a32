import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Action } from '../../../src/identity/actions.js'
import { permission } from '../../../src/identity/policy.js'
import { currentSession, subscribe, type Session } from './store.js'
import type { TokenClaims } from './access-token.js'

/** The session as it changes; null when nobody is signed in. */
export const useSession = (): Session | null => useSyncExternalStore(subscribe, currentSession)

export const SignedIn = createContext<TokenClaims | null>(null)

/** Who is signed in; only below the part of the console that asks for it. */
export function useCaller(): TokenClaims {
  const claims = useContext(SignedIn)
  if (claims === null) throw new Error('useCaller needs somebody who is signed in.')
  return claims
}

/** Whether the role can do this to anything at all: what to offer, by the service's own table. The service decides. */
export function useMay(action: Action): boolean {
  return permission(useCaller().role, action) !== 'deny'
}
