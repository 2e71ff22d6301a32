import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import type { Action } from '../../../src/identity/actions.js'
import { permission } from '../../../src/identity/policy.js'
import type { PurposeOfUse } from '../../../src/identity/purposes.js'
import type { Role } from '../../../src/identity/roles.js'
import { watch } from './renewal.js'
import { currentSession, subscribe, type Session } from './store.js'

/** Whom the service takes the signed-in person for. */
export interface Caller {
  /** Pseudonymous id, as in the audit trail. */
  id: string
  role: Role
  /** Every role granted. */
  roles: Role[]
  org?: string
  site?: string
  trials: string[]
  /** What the caller may read for; the first is meant where nothing is said. */
  purposes: PurposeOfUse[]
  /** A participant's own subject. */
  subject?: string
}

/** The session as it changes; null when nobody is signed in. */
export const useSession = (): Session | null => useSyncExternalStore(subscribe, currentSession)

/** Keeps the session going; says when it ends soon and only the person can renew it. */
export function useEndingSoon(session: Session): boolean {
  const [ending, setEnding] = useState<Session>()
  useEffect(() => watch(session, () => setEnding(session)), [session])
  return ending === session
}

export const SignedIn = createContext<Caller | null>(null)

/** Who is signed in; only below the part of the console that asks for it. */
export function useCaller(): Caller {
  const caller = useContext(SignedIn)
  if (caller === null) throw new Error('useCaller needs somebody who is signed in.')
  return caller
}

/** Whether the role can do this to anything at all: what to offer, by the service's own table. The service decides. */
export function useMay(action: Action): boolean {
  return permission(useCaller().role, action) !== 'deny'
}
