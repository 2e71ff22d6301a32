/** The console as people meet it: in a real browser, against the whole service. */
import { createHash, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { DEMO_CLINIC, DEMO_SITE } from '../../src/identity/evaluation-issuer/accounts.js'
import { CommandBus } from '@nestjs/cqrs'
import { writeVentricle } from '../../src/body/gltf/write-body.js'
import { GiveConsent } from '../../src/consents/commands/give-consent.js'
import { RecordFacts } from '../../src/twins/commands/record-facts.js'
import { RegisterTwin } from '../../src/twins/commands/register-twin.js'
import { HEALTHY, PROVENANCE, ventricleOf } from '../body/support.js'
import { expressed, notice, scope } from '../consents/support.js'
import { measured, pressure } from '../simulations/support.js'
import { publishNotice } from '../support/published-notice.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { describeInBrowser, launchBrowser, visit } from './support/browser.js'
import { buildConsole } from './support/build-console.js'

describeInBrowser('the console', () => {
  let service: TestService
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    await buildConsole()
    service = await startTestService()
    await publishNotice(service.service, notice)
    browser = await launchBrowser()
  })

  afterAll(async () => {
    await browser?.close()
    await service?.stop()
  })

  beforeEach(async () => {
    ;({ page, complaints } = await visit(browser))
  })
  afterEach(() => page.context().close())

  async function signIn(account: string): Promise<void> {
    await page.goto(`${service.url}/console/`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator(`button[value="${account}"]`).click()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
  }

  async function open(path: string): Promise<void> {
    await page.goto(`${service.url}/console${path}`)
    await page.waitForLoadState('networkidle')
  }

  async function registerTwin(): Promise<string> {
    const custody = { controller: DEMO_CLINIC, owner: DEMO_SITE }
    const response = await service.request('investigator', '/api/v1/twins', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ custody, source: 'clinic-ehr' }),
    })
    expect(response.status).toBe(201)
    return ((await response.json()) as { twin: string }).twin
  }

  /** A twin with an echo, whose person consents to research. */
  async function registerHeart(): Promise<string> {
    const commands = service.service.app.get(CommandBus, { strict: false })
    const context = { actor: { id: 'actor-1', role: 'investigator' }, correlation: randomUUID() }
    const custody = { controller: DEMO_CLINIC, owner: DEMO_SITE }
    const { twin, subject } = await commands.execute(new RegisterTwin(context, { custody, source: 'clinic-ehr' }))
    const consented = { subject, scope: scope({ modelClasses: 'any' }), notice, ...expressed }
    await commands.execute(new GiveConsent(context, consented))
    const recently = new Date(Date.now() - 86_400_000).toISOString()
    const facts = [
      measured('29436-3', 4.8, 'cm', recently),
      measured('18154-5', 0.9, 'cm', recently),
      measured('18152-9', 0.9, 'cm', recently),
      measured('10230-1', 60, '%', recently),
      measured('8867-4', 66, '/min', recently),
      pressure(126, recently),
    ]
    await commands.execute(new RecordFacts(context, { twin, facts }))
    return twin
  }

  const ventricleFile = () => writeVentricle(ventricleOf(HEALTHY), PROVENANCE)
  const verify = () => page.getByRole('button', { name: 'Verify now' }).click()

  it('signs a person in with the account they choose, and keeps to the content security policy', async () => {
    await signIn('regulator')

    expect(await page.getByRole('banner').innerText()).toContain('Signed in as regulator')
    expect(complaints).toEqual([])
  })

  it('offers a role only what that role can open', async () => {
    await signIn('administrator')

    const offered = await page.getByRole('navigation', { name: 'Console' }).getByRole('link').allInnerTexts()
    expect(offered).toEqual([
      'Overview',
      'Data sources',
      'Rights of persons',
      'Audit trail',
      'Roster',
      'Keys',
      'Operations',
      'Log and proofs',
    ])
  })

  it('verifies the log in the browser, and that it only grew since the last time', async () => {
    await registerTwin()
    await signIn('regulator')
    await open('/log')
    await verify()
    await page.getByText('The log verifies.').waitFor()

    await registerTwin()
    await page.getByRole('button', { name: 'Fetch the newest checkpoint' }).click()
    await page.getByText('Last verified here').waitFor()
    await verify()
    await page.getByText('Everything verified here before is still in the log').waitFor()
  })

  it('says so when the log does not verify', async () => {
    await registerTwin()
    await signIn('regulator')
    await page.route('**/log/tile/0/**', async (route) => {
      const tile = await (await route.fetch()).body()
      tile[0] = (tile[0] as number) ^ 1
      await route.fulfill({ body: tile })
    })
    await open('/log')
    await verify()

    await page.getByText('Not everything could be verified.').waitFor()
    await page.getByText('The root computed here is not the root of the checkpoint.').waitFor()
  })

  it('shows a twin and its entry in the audit trail', async () => {
    const twin = await registerTwin()
    await signIn('regulator')
    await open(`/twins/${twin}`)
    await page.getByText('Nothing is recorded of this twin at this point.').waitFor()

    await open('/audit?type=twin.registered')
    await page.getByRole('table').getByRole('link').first().click()
    await page.getByRole('heading', { level: 2, name: 'Who, when and why' }).waitFor()
    await page.locator('h1:focus', { hasText: /^Entry \d+$/ }).waitFor()
  })

  it('draws the beating left ventricle of a twin, with all of it in figures and for the keyboard', async () => {
    const twin = await registerHeart()
    await signIn('investigator')
    await open(`/twins/${twin}?view=body`)
    await page.getByRole('button', { name: 'Show it' }).click()
    await page.locator('.body-viewer[data-state="open"]').waitFor()

    const picture = page.getByRole('img', { name: /left ventricle of this person in 17 segments/ })
    await picture.focus()
    const before = await picture.screenshot()
    await page.getByRole('button', { name: 'Stop the beat' }).click()
    await picture.focus()
    for (let turn = 0; turn < 5; turn++) await page.keyboard.press('ArrowRight')
    expect(Buffer.compare(before, await picture.screenshot())).not.toBe(0)

    const segment = page.getByRole('list', { name: 'Segments of the left ventricle' }).getByRole('button').first()
    await segment.press('Enter')
    expect(await segment.getAttribute('aria-pressed')).toBe('true')
    expect(await page.getByRole('table', { name: 'Measures of the body' }).innerText()).toMatch(
      /end-diastolic volume\s+108 mL/,
    )
    expect(complaints).toEqual([])
  })

  it('attaches an organ mesh, names the faults of another, and draws what is on record', async () => {
    const twin = await registerTwin()
    await signIn('investigator')
    await open(`/twins/${twin}?view=meshes`)
    const attach = async (buffer: Buffer) => {
      await page.getByLabel('The file').setInputFiles({ name: 'organ.glb', mimeType: 'model/gltf-binary', buffer })
      await page.getByRole('button', { name: 'Check and attach' }).click()
    }
    await attach(Buffer.from('glTF, or so it says'))
    expect(await page.getByRole('alert').innerText()).toMatch(/not-glb[^]*mesh-refused/)

    const heart = Buffer.from(await ventricleFile())
    await attach(heart)
    const row = page.getByRole('table', { name: 'Organ meshes' }).getByRole('row').nth(1)
    await row.getByText(createHash('sha256').update(heart).digest('hex')).waitFor()
    expect(await row.innerText()).toMatch(/heart[^]*by investigator[^]*sound/)
    await row.getByRole('button', { name: 'Show it' }).click()
    await page.locator('.body-viewer[data-state="open"]').waitFor()
    await page.getByRole('img', { name: /The mesh of the heart with \d+ triangles/ }).waitFor()

    await page.goto(`${service.url}/console/audit?type=access.*`)
    await page.getByRole('table').getByText('mesh').first().waitFor()
    await open(`/twins/${twin}?view=meshes`)
    await row.getByText('Detach it').click()
    await row.getByLabel('Why').selectOption('superseded')
    await row.getByRole('button', { name: 'Detach and delete the file' }).click()
    await page.getByText('No organ mesh is attached to this twin.').waitFor()
    expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([])
  })

  it('keeps the failure of a screen to that screen, and takes a broken address for none', async () => {
    await signIn('regulator')
    await page.route('**/log/checkpoint', (route) => route.fulfill({ body: 'no checkpoint' }))
    await open('/log')
    await page.getByRole('heading', { level: 1, name: 'This page cannot be shown' }).waitFor()
    await page.getByRole('link', { name: 'Twins' }).click()
    await page.getByRole('heading', { level: 1, name: 'Twins' }).waitFor()

    await open('/twins/%E0%A4%A')
    await page.getByRole('heading', { level: 1, name: 'No such page' }).waitFor()
  })

  it('shows a refusal with its code and the id to quote', async () => {
    await signIn('regulator')
    await open('/twins/00000000-0000-4000-8000-000000000000')

    const alert = page.getByRole('alert')
    await alert.waitFor()
    expect(await alert.innerText()).toMatch(/twin-not-found · quote [0-9a-f-]{36}/)
  })

  it('lets the keyboard skip to the content', async () => {
    await signIn('regulator')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')

    await page.locator('main:focus').waitFor()
  })

  it('fits every screen into 360 pixels', async () => {
    const twin = await registerTwin()
    await page.setViewportSize({ width: 360, height: 740 })
    await signIn('regulator')

    const widths: Record<string, unknown> = {}
    const screens = [
      '/',
      '/twins',
      `/twins/${twin}`,
      '/consents',
      '/simulations',
      '/audit',
      '/audit/0',
      '/trials',
      '/privacy',
      '/retention',
      '/breaches',
      '/impact-assessments',
      '/audit-reviews',
      '/roster',
      '/emergencies',
      '/emergencies?view=arms',
      '/identity-tickets',
      '/sources',
      '/cohorts',
      '/decisions',
      '/operations',
      '/legal-register',
      '/legal-register/us-p11',
      '/consent-notices',
      '/keys',
      '/log',
    ]
    for (const path of screens) {
      await open(path)
      widths[path] = await page.evaluate('document.documentElement.scrollWidth')
    }
    expect(widths).toEqual(Object.fromEntries(screens.map((path) => [path, 360])))
  })
})
