import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import express from 'express'
import { decodeJwt } from 'jose'
import {
  createEvaluationIssuer,
  type EvaluationIssuer,
} from '../../src/identity/evaluation-issuer/create-evaluation-issuer.js'
import { requestEvaluationToken } from '../../src/identity/evaluation-issuer/request-evaluation-token.js'
import { remoteKeys } from '../../src/identity/issuer-keys.js'
import { readCaller } from '../../src/identity/read-caller.js'
import { ROLES } from '../../src/identity/roles.js'
import { createAccessTokenVerifier, type VerifyAccessToken } from '../../src/identity/verify-access-token.js'
import { ACTOR_SECRET } from './support/callers.js'

const AUDIENCE = 'twin-ledger'

/** A browser's part in the code flow: keeps cookies by path, follows no redirect by itself. */
class Browser {
  private readonly cookies = new Map<string, { value: string; path: string }>()

  async visit(url: string, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(url)
    const sent = [...this.cookies].filter(([, { path }]) => pathname.startsWith(path))
    const cookie = sent.map(([name, { value }]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const header of response.headers.getSetCookie()) this.keep(header)
    return response
  }

  /** Sends the forms of pages that only pass on, as a person or the page's script would, until an answer redirects to the console. */
  async settle(response: Response, pressed: Record<string, string> = {}): Promise<Response> {
    const { status, url } = response
    if (status !== 200) {
      const next = response.headers.get('location') ?? ''
      return next.includes('/oidc/auth/') ? this.settle(await this.visit(new URL(next, url).href)) : response
    }
    const html = await response.text()
    const action = /action="([^"]+)"/.exec(html)?.[1] as string
    const fields = [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)]
    const body = new URLSearchParams({
      ...Object.fromEntries(fields.map(([, name, value]) => [name, value])),
      ...pressed,
    })
    return this.settle(await this.visit(action, { method: 'POST', body }))
  }

  private keep(header: string): void {
    const [pair = '', ...attributes] = header.split('; ')
    const at = pair.indexOf('=')
    const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice('path='.length) ?? '/'
    if (at === pair.length - 1) this.cookies.delete(pair.slice(0, at))
    else this.cookies.set(pair.slice(0, at), { value: pair.slice(at + 1), path })
  }
}

describe('the evaluation issuer', () => {
  let directory: string
  let server: Server
  let origin: string
  let issuerUrl: string
  let issuer: EvaluationIssuer
  let verify: VerifyAccessToken
  let parsesBodies = false

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'evaluation-issuer-'))
    const app = express()
    server = createServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    issuerUrl = `${origin}/oidc`
    issuer = await newIssuer()
    const parse = express.urlencoded({ extended: false })
    app.use((request, response, next) => (parsesBodies ? parse(request, response, next) : next()))
    app.use('/oidc', (request, response) => issuer.handler(request, response))
    const keys = remoteKeys({ issuer: issuerUrl, cooldownMs: 0 })
    verify = createAccessTokenVerifier({ issuer: issuerUrl, audience: AUDIENCE, keys })
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    rmSync(directory, { recursive: true })
  })

  function newIssuer(): Promise<EvaluationIssuer> {
    const exposure = { host: '127.0.0.1', publicUrl: origin }
    return createEvaluationIssuer({ issuerUrl, audience: AUDIENCE, dataDirectory: directory, exposure })
  }

  const tokenFor = (account: string): Promise<string> =>
    requestEvaluationToken({ issuerUrl, dataDirectory: directory, account })

  const callerOf = async (token: string) => readCaller(await verify(token), token, ACTOR_SECRET)

  const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url')

  /** The console's authorisation request. */
  function authorisationUrl(verifier: string, changes: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      client_id: 'console',
      response_type: 'code',
      scope: 'openid twin-ledger',
      redirect_uri: `${origin}/console/`,
      state: 'state-1',
      code_challenge: challengeOf(verifier),
      code_challenge_method: 'S256',
      ...changes,
    })
    return `${issuerUrl}/auth?${query}`
  }

  /** Starts a sign-in; returns the address of the page that offers the accounts. */
  async function openChoice(browser: Browser, url: string): Promise<string> {
    const started = await browser.visit(url)
    return new URL(started.headers.get('location') as string, origin).href
  }

  /** Goes the whole way as the console does; returns the answer of the token endpoint. */
  async function signIn(account: string, { browser = new Browser(), ask = {}, verifier = '' } = {}): Promise<Response> {
    const secret = randomBytes(32).toString('base64url')
    const page = await openChoice(browser, authorisationUrl(secret, ask))
    const chosen = await browser.visit(page, { method: 'POST', body: new URLSearchParams({ account }) })
    const resumed = await browser.settle(await browser.visit(chosen.headers.get('location') as string))
    const back = new URL(resumed.headers.get('location') as string)
    expect(back.searchParams.get('state')).toBe('state-1')
    return fetch(`${issuerUrl}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: 'console',
        code: back.searchParams.get('code') as string,
        redirect_uri: `${origin}/console/`,
        code_verifier: verifier || secret,
      }),
    })
  }

  describe('on the command line', () => {
    it.each(ROLES)('gives the account %s a token in its role that our verifier takes', async (role) => {
      expect(await callerOf(await tokenFor(role))).toMatchObject({ role, roles: [role] })
    })

    it('refuses an account that does not exist before it asks anyone', async () => {
      await expect(tokenFor('root')).rejects.toMatchObject({ code: 'configuration-invalid' })
    })

    it('refuses a wrong secret', async () => {
      const elsewhere = mkdtempSync(join(tmpdir(), 'evaluation-issuer-'))
      const exposure = { host: '127.0.0.1', publicUrl: origin }
      await createEvaluationIssuer({ issuerUrl, audience: AUDIENCE, dataDirectory: elsewhere, exposure })
      const stolen = requestEvaluationToken({ issuerUrl, dataDirectory: elsewhere, account: 'regulator' })
      await expect(stolen).rejects.toMatchObject({ code: 'evaluation-token-refused' })
      rmSync(elsewhere, { recursive: true })
    })

    it('says so when the service does not run or never ran', async () => {
      const away = { issuerUrl: 'http://127.0.0.1:1/oidc', account: 'qa' }
      await expect(requestEvaluationToken({ ...away, dataDirectory: directory })).rejects.toMatchObject({
        code: 'issuer-unavailable',
      })
      const never = requestEvaluationToken({ ...away, dataDirectory: join(directory, 'nothing') })
      await expect(never).rejects.toMatchObject({ code: 'configuration-invalid' })
    })
  })

  describe('in the browser (code flow with PKCE)', () => {
    it('gives the console a token that our verifier takes, for the same actor as on the command line', async () => {
      const response = await signIn('investigator')
      expect(response.status).toBe(200)
      const tokens = (await response.json()) as { access_token: string; id_token: string }
      const caller = await callerOf(tokens.access_token)
      expect(caller).toMatchObject({ role: 'investigator', site: 'evaluation-site-1' })
      expect(caller.id).toBe((await callerOf(await tokenFor('investigator'))).id)
      expect(decodeJwt(tokens.id_token)).toMatchObject({ aud: 'console', sub: 'investigator', role: 'investigator' })
      await expect(verify(tokens.id_token)).rejects.toMatchObject({ status: 401 })
    })

    it('works behind a body parser as well', async () => {
      parsesBodies = true
      try {
        expect((await signIn('steward')).status).toBe(200)
      } finally {
        parsesBodies = false
      }
    })

    it('refuses a code without the verifier that belongs to it', async () => {
      const response = await signIn('investigator', { verifier: randomBytes(32).toString('base64url') })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ error: 'invalid_grant' })
    })

    it('starts no sign-in without PKCE, nor with its plain form', async () => {
      const changes: Record<string, string>[] = [{ code_challenge: '' }, { code_challenge_method: 'plain' }]
      for (const change of changes) {
        const response = await fetch(authorisationUrl('v', change), { redirect: 'manual' })
        expect(response.headers.get('location')).toContain('error=invalid_request')
      }
    })

    it('sends nobody to an address that is not the console', async () => {
      const url = authorisationUrl('v', { redirect_uri: 'https://elsewhere.example/' })
      const response = await fetch(url, { redirect: 'manual' })
      expect(response.status).toBe(400)
      expect(await response.text()).toContain('Sign-in failed')
    })

    it('knows no other account than those it offers', async () => {
      const browser = new Browser()
      const page = await openChoice(browser, authorisationUrl('v'))
      const chosen = await browser.visit(page, { method: 'POST', body: new URLSearchParams({ account: 'root' }) })
      expect(chosen.status).toBe(400)
    })

    it('offers every account on a page that says it is for evaluation only, without scripts or inline style', async () => {
      const browser = new Browser()
      const page = await browser.visit(await openChoice(browser, authorisationUrl('v')))
      const html = await page.text()
      expect(html).toContain('Evaluation only.')
      for (const role of ROLES) expect(html).toContain(`value="${role}"`)
      expect(html).toMatch(/<html lang="en">[\s\S]*<main>[\s\S]*<h1>/)
      expect(html).not.toMatch(/<script|<style|style=|\son\w+=/)
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
      expect((await fetch(`${issuerUrl}/style.css`)).headers.get('content-type')).toContain('text/css')
    })

    it('shows nobody the choice outside a sign-in that was started', async () => {
      expect((await fetch(`${issuerUrl}/sign-in/made-up`)).status).toBe(400)
      const page = await openChoice(new Browser(), authorisationUrl('v'))
      expect((await fetch(page)).status).toBe(400)
    })

    it('sets cookies that scripts and other sites do not get', async () => {
      const response = await fetch(authorisationUrl('v'), { redirect: 'manual' })
      const cookies = response.headers.getSetCookie()
      expect(cookies.length).toBeGreaterThan(0)
      for (const cookie of cookies) expect(cookie).toMatch(/path=\/oidc.*samesite=lax.*httponly/i)
    })

    it('lets a signed-in person change the account when the console asks for a sign-in', async () => {
      const browser = new Browser()
      await signIn('investigator', { browser })
      const response = await signIn('regulator', { browser, ask: { prompt: 'login' } })
      const { access_token: token } = (await response.json()) as { access_token: string }
      expect(await callerOf(token)).toMatchObject({ role: 'regulator' })
    })

    it('signs out after asking, and then asks for an account again', async () => {
      const browser = new Browser()
      await signIn('investigator', { browser })
      expect((await browser.visit(authorisationUrl('v'))).headers.get('location')).toContain('code=')

      const asked = await browser.visit(`${issuerUrl}/session/end?client_id=console`)
      const out = await browser.settle(asked, { logout: 'yes' })
      expect(out.headers.get('location')).toContain('/session/end/success')
      expect(await openChoice(browser, authorisationUrl('v'))).toContain('/sign-in/')
    })
  })

  describe('its keys and accounts', () => {
    it('sign with a fresh key after a rotation, while earlier tokens still verify', async () => {
      const before = await tokenFor('qa')
      issuer.rotateKeys()
      const after = await tokenFor('qa')
      await expect(verify(before)).resolves.toBeDefined()
      await expect(verify(after)).resolves.toBeDefined()
      expect(kidOf(after)).not.toBe(kidOf(before))
    })

    it('outlive a restart', async () => {
      const before = await tokenFor('qa')
      issuer = await newIssuer()
      await expect(verify(before)).resolves.toBeDefined()
      expect(kidOf(await tokenFor('qa'))).toBe(kidOf(before))
    })

    it('can be given trials and a subject, which outlives a restart too', async () => {
      issuer.accounts.assign('participant', { subject: 'subject-1' })
      issuer.accounts.assign('sponsor', { trials: ['trial-1'] })
      issuer = await newIssuer()
      expect(await callerOf(await tokenFor('participant'))).toMatchObject({ subject: 'subject-1' })
      expect(await callerOf(await tokenFor('sponsor'))).toMatchObject({
        trials: ['trial-1'],
        org: 'evaluation-sponsor',
      })
    })

    it('sign for code in the same process, for as long as asked', async () => {
      const token = await issuer.issueToken('regulator', { ttl: 60 })
      const { iat, exp } = await verify(token)
      expect(exp - iat).toBe(60)
      const local = createAccessTokenVerifier({ issuer: issuerUrl, audience: AUDIENCE, keys: issuer.keys })
      await expect(local(token)).resolves.toMatchObject({ sub: 'regulator' })
      await expect(issuer.issueToken('root')).rejects.toMatchObject({ code: 'account-unknown' })
    })

    it('publish no private part', async () => {
      const { keys } = (await (await fetch(`${issuerUrl}/jwks`)).json()) as { keys: Record<string, string>[] }
      expect(keys.length).toBeGreaterThan(0)
      for (const key of keys) expect(key).not.toHaveProperty('d')
    })

    it.each(['signing-keys.json', 'client-secrets.json', 'cookie-secret', 'account-scopes.json'])(
      'keep %s to their owner',
      (file) => expect(statSync(join(directory, file)).mode & 0o777).toBe(0o600),
    )
  })
})

function kidOf(token: string): string {
  return (JSON.parse(Buffer.from(token.split('.')[0] as string, 'base64url').toString()) as { kid: string }).kid
}
