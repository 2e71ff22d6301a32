/** How a session goes on: silently where the issuer gave a refresh token (RFC 6749 §6), else by signing in again. */
import { None, processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi'
import { theIssuer } from './issuer.js'
import { closeSession, currentRefreshToken, currentSession, openSession, type Session } from './store.js'
import { renewedSession } from './tokens.js'

export const ENDED = 'Your sign-in has ended. Sign in again to go on where you were.'

/**
 * Watches one session until it is replaced.
 *
 * @param ending told when it ends soon and cannot be renewed silently
 * @returns stops watching
 */
export function watch(session: Session, ending: () => void): () => void {
  if (session.expiresAt === undefined || session.renewAt === undefined) return () => undefined
  const renewal = setTimeout(() => void renewed().then((done) => done || ending()), after(session.renewAt))
  const end = setTimeout(() => currentSession() === session && closeSession(ENDED), after(session.expiresAt))
  return () => {
    clearTimeout(renewal)
    clearTimeout(end)
  }
}

/** Whether new tokens were had; a refresh token is used once, where the issuer rotates them. */
async function renewed(): Promise<boolean> {
  const refreshToken = currentRefreshToken()
  const before = currentSession()
  if (refreshToken === undefined || before === null) return false
  try {
    const { server, client, requests } = await theIssuer()
    const response = await refreshTokenGrantRequest(server, client, None(), refreshToken, requests)
    const given = await processRefreshTokenResponse(server, client, response)
    if (currentSession() !== before) return true
    openSession(renewedSession(given, before), given.refresh_token ?? refreshToken)
    return true
  } catch {
    return false
  }
}

/** Longer delays than a timer can hold end with the tab anyway. */
const after = (moment: number): number => Math.min(Math.max(0, moment - Date.now()), 2 ** 31 - 1)
