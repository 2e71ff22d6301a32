/** Signing in to the console at an OpenID provider that is not ours: another origin, its own pages, its own people. */
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { CommandBus } from '@nestjs/cqrs'
import type { Browser, Page } from 'playwright-core'
import { openAuthentication } from '../../src/authentication.js'
import { pseudonymousActorId } from '../../src/identity/caller.js'
import type { Role } from '../../src/identity/roles.js'
import { ChangeRoster } from '../../src/roster/commands/change-roster.js'
import type { RosterCommand } from '../../src/roster/roster.js'
import {
  EXTERNAL_ACR,
  EXTERNAL_AUDIENCE,
  EXTERNAL_CLIENT,
  startExternalIssuer,
  type ExternalIssuer,
} from '../support/external-issuer.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { until } from '../support/until.js'
import { describeInBrowser, launchBrowser, visit } from './support/browser.js'
import { buildConsole } from './support/build-console.js'

describeInBrowser('the console with an external OpenID provider', () => {
  let provider: ExternalIssuer
  let service: TestService
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    await buildConsole()
    provider = await startExternalIssuer({
      'id-quentin': 'Quentin Quality',
      'id-carl': 'Carl',
      'id-rita': 'Rita Two',
      'id-nobody': 'Nobody',
    })
    service = await startTestService({
      OIDC_ISSUER: provider.url,
      OIDC_AUDIENCE: EXTERNAL_AUDIENCE,
      OIDC_CONSOLE_CLIENT_ID: EXTERNAL_CLIENT,
      OIDC_CONSOLE_SCOPE: 'openid profile api',
      OIDC_CONSOLE_RESOURCE: EXTERNAL_AUDIENCE,
      SIGNING_ACR: EXTERNAL_ACR,
      ROSTER_FOUNDERS: 'compliance:id-carl,qa:id-quentin',
      LOG_ORIGIN: 'ledger.example/console',
      HOST: '127.0.0.1',
    })
    await grantTo('id-rita', ['investigator', 'steward'])
    provider.registerConsole(`${service.url}/console/`)
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
    await provider?.stop()
  })
  beforeEach(async () => {
    provider.accessTokenSeconds = 600
    ;({ page, complaints } = await visit(browser))
  })
  afterEach(() => page.context().close())

  /** Roles of one person, by the hands of others. */
  async function grantTo(sub: string, roles: readonly Role[]): Promise<void> {
    const { actorSecret, issuerUrl } = await openAuthentication(service.configuration)
    const actor = pseudonymousActorId(actorSecret, issuerUrl, sub)
    const [asking, approving, executing, training] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
    const change = (command: RosterCommand) =>
      service.service.app
        .get(CommandBus, { strict: false })
        .execute(new ChangeRoster({ actor: { id: asking, role: 'service' }, correlation: randomUUID() }, command))
    await change({ do: 'register', actor, kind: 'person' })
    for (const role of roles) {
      const grant = randomUUID()
      const terms = { role, scope: { org: 'a-clinic', site: 'a-site' }, from: '2026-01-01T00:00:00.000Z' }
      await change({ do: 'train', actor, by: training, role, completedOn: '2020-01-01', validUntil: '2999-01-01' })
      await change({ do: 'request-grant', grant, actor, by: asking, terms })
      await change({ do: 'approve-grant', grant, by: approving, role: 'compliance' })
      await change({ do: 'execute-grant', grant, by: executing })
    }
  }

  async function authenticate(sub: string): Promise<void> {
    await page.getByLabel('Who', { exact: true }).fill(sub)
    await page.getByRole('button', { name: 'Continue' }).click()
  }

  async function signIn(sub: string, path = '/'): Promise<void> {
    await page.goto(`${service.url}/console${path}`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await authenticate(sub)
  }
  const overview = () => page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()

  it('shows the name the provider gives and the role the ledger grants, within the content security policy', async () => {
    await signIn('id-quentin')
    await overview()
    expect(await page.getByRole('banner').innerText()).toMatch(/Signed in as Quentin Quality\s+\(qa\)/)
    expect(complaints).toEqual([])
  })

  it('keeps no refresh token where anything could find it', async () => {
    await signIn('id-quentin')
    await overview()
    const kept = await page.evaluate<string>('JSON.stringify([sessionStorage, localStorage, document.cookie])')
    expect(kept).toContain('id-quentin')
    expect(kept).not.toMatch(/refresh/i)
  })

  it('tells somebody without a grant what to say to an administrator', async () => {
    await signIn('id-nobody')
    await page.getByRole('heading', { name: 'Nothing is open to you' }).waitFor()
    expect(await page.getByRole('main').innerText()).toMatch(/id-nobody[^]*token-role-missing/)
  })

  it('asks whoever holds several roles in which they act, keeps to it, and lets them change', async () => {
    await signIn('id-rita', '/twins')
    await page.getByRole('heading', { name: 'In which role?' }).waitFor()
    await page.getByRole('button', { name: 'Act as steward' }).click()
    await page.getByRole('heading', { level: 1, name: 'Twins' }).waitFor()
    expect(await page.getByRole('banner').innerText()).toContain('(steward)')
    expect(await page.getByRole('link', { name: 'Emergency access' }).count()).toBe(0)

    await page.getByRole('button', { name: 'Change role' }).click()
    await page.getByRole('button', { name: 'Act as investigator' }).click()
    await page.getByRole('link', { name: 'Emergency access' }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Emergency access' }).waitFor()
    expect(await page.getByRole('banner').innerText()).toContain('(investigator)')
  })

  it('takes no answer that it did not ask for', async () => {
    await page.goto(`${service.url}/console/?code=stolen&state=another`)
    await page.getByRole('alert').getByText('This answer belongs to another sign-in.').waitFor()
  })

  it('renews the session silently, and says when it cannot', async () => {
    provider.accessTokenSeconds = 8
    await signIn('id-quentin', '/roster')
    await page.getByRole('heading', { level: 1, name: 'Roster' }).waitFor()
    await until('a silent renewal', async () => provider.renewals > 0)
    await page.getByRole('heading', { level: 1, name: 'Roster' }).waitFor()

    await page.reload()
    await page.getByText('Your sign-in has ended. Sign in again to go on where you were.').waitFor()
    provider.accessTokenSeconds = 600
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { level: 1, name: 'Roster' }).waitFor()
  })

  it('asks the provider to authenticate the person anew for each signature, on any record', async () => {
    await signIn('id-quentin', '/audit?type=roster.grant-executed')
    await page.getByRole('table').getByRole('link').first().click()
    await page.getByLabel('Your name, as printed with your signatures').fill('Quentin Quality')
    await page.getByRole('button', { name: 'Declare' }).click()
    await authenticate('id-quentin')
    const sign = page.getByRole('button', { name: 'Sign this record' })
    await sign.click()
    await authenticate('id-quentin')
    await page.getByRole('table', { name: 'Signatures' }).getByText('Quentin Quality').waitFor()

    await sign.click()
    await authenticate('id-carl')
    await page.getByText('Somebody else has authenticated.').waitFor()
    expect(await page.getByRole('banner').innerText()).toContain('Quentin Quality')
    const signatures = page.getByRole('table', { name: 'Signatures' })
    await signatures.getByText('Quentin Quality').waitFor()

    await sign.click()
    await page.getByLabel('Who', { exact: true }).waitFor()
    await page.goBack()
    await sign.waitFor()
    await page.reload()
    await signatures.getByText('Quentin Quality').waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await signatures.getByText('Quentin Quality').count()).toBe(1)
  })

  it('ends the session here and at the provider', async () => {
    await signIn('id-quentin')
    await overview()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Yes' }).click()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('Who', { exact: true }).waitFor()
  })
})
