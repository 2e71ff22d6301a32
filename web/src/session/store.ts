/** Who is signed in, as the issuer vouched for it. What they may do is the ledger's to say (`GET /api/v1/roster/me`). */
export interface Session {
  /** Opaque to the console; for the service. */
  token: string
  /** Unix milliseconds; unknown where the issuer does not say. */
  expiresAt: number | undefined
  /** When to renew it, or to warn that it ends: some time before. */
  renewAt: number | undefined
  person: Person
  /** Tells the issuer at the end whose session it is. */
  idToken: string
  /** The role chosen where the person holds several. */
  actingRole?: string
  /** What the person says they read for; without it, what the role is for. */
  purpose?: string
}

export interface Person {
  sub: string
  /** What the issuer calls the person, for show. */
  name: string
  /** What the person types at the issuer, to spare them that. */
  login: string
}

const KEY = 'twin-ledger.session'
const listeners = new Set<() => void>()
let refreshToken: string | undefined
let ended: string | undefined
let current = restored()

export const currentSession = (): Session | null => current

/** Kept in memory alone: it outlives the access token, so nothing may find it in the browser's storage. */
export const currentRefreshToken = (): string | undefined => refreshToken

/** Why the last session ended, for the person; undefined when they ended it. */
export const howItEnded = (): string | undefined => ended

export function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The session lives in this tab's session storage and ends with the tab. */
export function openSession(session: Session, refresh: string | undefined): void {
  refreshToken = refresh
  ended = undefined
  keep(session)
}

/** @param role undefined: to be asked again */
export function actAs(role: string | undefined): void {
  if (current === null) return
  const { actingRole: _before, purpose: _ofThatRole, ...rest } = current
  keep(role === undefined ? rest : { ...rest, actingRole: role })
}

/** @param purpose code of v3-ActReason; undefined: nothing is declared */
export function readFor(purpose: string | undefined): void {
  if (current === null) return
  const { purpose: _before, ...rest } = current
  keep(purpose === undefined ? rest : { ...rest, purpose })
}

/** @param why for the person, when they did not end it themselves */
export function closeSession(why?: string): void {
  refreshToken = undefined
  ended = why
  sessionStorage.removeItem(KEY)
  current = null
  listeners.forEach((listener) => listener())
}

function keep(session: Session): void {
  sessionStorage.setItem(KEY, JSON.stringify(session))
  current = session
  listeners.forEach((listener) => listener())
}

function restored(): Session | null {
  const kept = sessionStorage.getItem(KEY)
  if (kept === null) return null
  const session = JSON.parse(kept) as Session
  if (session.expiresAt === undefined || session.expiresAt > Date.now()) return session
  sessionStorage.removeItem(KEY)
  return null
}
