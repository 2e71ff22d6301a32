import { type IncomingMessage, type ServerResponse } from 'node:http'
import { type Provider } from 'oidc-provider'
import { type DemoAccounts } from './accounts.js'
import { messagePage, signInPage, STYLE_SHEET } from './pages.js'

/** A request as Express hands it on: the mount path is taken off `url`, the body may have been parsed. */
export type MountedRequest = IncomingMessage & { body?: unknown }

const MAXIMUM_BODY_BYTES = 4096

export interface SignInOptions {
  mountPath: string
  accounts: DemoAccounts
  /** Where a sign-in may lead back to; the browser checks the form's redirects against it. */
  redirectUris: readonly string[]
}

/**
 * Makes the handler of the issuer's own pages: the style sheet and the choice of an account.
 *
 * @returns a function that resolves with whether the request was one of them
 */
export function createSignIn({ mountPath, accounts, redirectUris }: SignInOptions) {
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
    } else if (request.method === 'GET') {
      show(response, 200, signInPage(accounts.list(), styleSheet))
    } else if (request.method === 'POST') {
      const account = accounts.find((await formField(request, 'account')) ?? '')
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

async function formField(request: MountedRequest, name: string): Promise<string | undefined> {
  if (typeof request.body === 'object' && request.body !== null) {
    const value = (request.body as Record<string, unknown>)[name]
    return typeof value === 'string' ? value : undefined
  }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAXIMUM_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8')).get(name) ?? undefined
}
