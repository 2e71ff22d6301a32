import { type IncomingMessage, type ServerResponse } from 'node:http'
import { type Provider } from 'oidc-provider'
import { EVALUATION_ACR } from '../../platform/configuration.js'
import { type AccountPasswords } from './account-passwords.js'
import { type DemoAccounts } from './accounts.js'
import { messagePage, signInPage, stepUpPage, STYLE_SHEET, type StepUpAsked } from './pages.js'

/** A request as Express hands it on: the mount path is taken off `url`, the body may have been parsed. */
export type MountedRequest = IncomingMessage & { body?: unknown }

const MAXIMUM_BODY_BYTES = 4096

export interface SignInOptions {
  mountPath: string
  accounts: DemoAccounts
  passwords: AccountPasswords
  /** Hears of each wrong password of an account that exists. */
  onFailedSignIn: (account: string) => void
  /** Where a sign-in may lead back to; the browser checks the form's redirects against it. */
  redirectUris: readonly string[]
}

/**
 * Makes the handler of the issuer's own pages: the style sheet and the choice of an account.
 *
 * @returns a function that resolves with whether the request was one of them
 */
export function createSignIn({ mountPath, accounts, passwords, redirectUris, onFailedSignIn }: SignInOptions) {
  const styleSheet = `${mountPath}/style.css`
  const policy = contentSecurityPolicy(redirectUris)

  const show = (response: ServerResponse, status: number, html: string): void => {
    response.writeHead(status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy,
    })
    response.end(html)
  }

  /** Asks for the password again, and for the account too unless one is signed in and that is enough (21 CFR 11.200(a)(1)). */
  const stepUp = async (provider: Provider, request: MountedRequest, response: ServerResponse, asked: StepUpAsked) => {
    if (request.method !== 'POST') return show(response, 200, stepUpPage(asked, styleSheet))
    const fields = await formFields(request)
    const account = asked.fixed ? asked.account : (fields.account ?? '')
    const check = passwords.check(account, fields.password ?? '')
    if (check === 'wrong' && accounts.find(account)) onFailedSignIn(account)
    if (check !== 'right') return show(response, 401, stepUpPage({ ...asked, failed: check }, styleSheet))
    const ts = Math.floor(Date.now() / 1000)
    const login = { accountId: account, acr: asked.acr, amr: ['pwd'], ts }
    return provider.interactionFinished(request, response, { login })
  }

  return async (provider: Provider, request: MountedRequest, response: ServerResponse): Promise<boolean> => {
    const path = (request.url ?? '/').split('?', 1)[0] as string
    if (path === '/style.css') {
      response.writeHead(200, { 'Content-Type': 'text/css; charset=utf-8' }).end(STYLE_SHEET)
      return true
    }
    if (!path.startsWith('/sign-in/')) return false

    const uid = path.slice('/sign-in/'.length)
    const interaction = await provider.interactionDetails(request, response).catch(() => undefined)
    if (interaction?.uid !== uid) {
      show(response, 400, messagePage('Sign-in expired', 'Start again from the console.', styleSheet))
      return true
    }
    const asked = stepUpAsked(interaction)
    if (asked !== undefined) {
      await stepUp(provider, request, response, asked)
    } else if (request.method === 'GET') {
      show(response, 200, signInPage(accounts.list(), styleSheet))
    } else if (request.method === 'POST') {
      const account = accounts.find((await formFields(request)).account ?? '')
      if (account === undefined) show(response, 400, signInPage(accounts.list(), styleSheet))
      else await provider.interactionFinished(request, response, { login: { accountId: account.name } })
    } else {
      response.writeHead(405, { Allow: 'GET, POST' }).end()
    }
    return true
  }
}

function contentSecurityPolicy(redirectUris: readonly string[]): string {
  const origins = [...new Set(redirectUris.map((uri) => new URL(uri).origin))]
  return [
    "default-src 'none'",
    "style-src 'self'",
    `form-action 'self' ${origins.join(' ')}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

interface Interaction {
  params: Record<string, unknown>
  session?: { accountId?: string }
}

/** What a request for a stronger authentication asks (RFC 9470 §4); undefined for an ordinary sign-in. */
function stepUpAsked({ params, session }: Interaction): StepUpAsked | undefined {
  const values = String(params.acr_values ?? '').split(' ')
  const acr = Object.values(EVALUATION_ACR).find((known) => values.includes(known))
  if (acr === undefined) return undefined
  const signedIn = session?.accountId
  const hint = typeof params.login_hint === 'string' ? params.login_hint : undefined
  const fixed = acr === EVALUATION_ACR.oneComponent && signedIn !== undefined
  return { acr, fixed, account: (fixed ? signedIn : hint) ?? '' }
}

async function formFields(request: MountedRequest): Promise<{ account?: string; password?: string }> {
  if (typeof request.body === 'object' && request.body !== null) {
    const texts = Object.entries(request.body).filter(([, value]) => typeof value === 'string')
    return Object.fromEntries(texts)
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAXIMUM_BODY_BYTES) return {}
    chunks.push(chunk)
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
}
