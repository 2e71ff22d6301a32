/** The screens of those who answer for the ledger: roster, impact assessments, breaches, retention, reviews, the registry of models. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { CommandBus } from '@nestjs/cqrs'
import type { Browser, Page } from 'playwright-core'
import { openAuthentication } from '../../src/authentication.js'
import { evaluationFolder } from '../../src/platform/data-folder.js'
import { DEMO_CLINIC, DEMO_SITE } from '../../src/identity/evaluation-issuer/accounts.js'
import { pseudonymousActorId } from '../../src/identity/caller.js'
import { readAccountPassword } from '../../src/identity/evaluation-issuer/account-passwords.js'
import { readConfiguration } from '../../src/platform/configuration.js'
import { RegisterTwin } from '../../src/twins/commands/register-twin.js'
import { Vault } from '../../src/vault/vault.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { describeInBrowser, launchBrowser, visit } from './support/browser.js'
import { buildConsole } from './support/build-console.js'

const PARTICIPANT = randomUUID()

describeInBrowser('the screens of those who answer for the ledger', () => {
  let data: string
  let service: TestService
  let browser: Browser
  let page: Page
  let complaints: string[]

  beforeAll(async () => {
    await buildConsole()
    data = await mkdtemp(join(tmpdir(), 'twin-ledger-offices-'))
    const settings = { TWIN_LEDGER_DATA: data, TWIN_LEDGER_DEMO: 'off' }
    // The issuer reads whose account the participant's is when it starts.
    const { issuer } = await openAuthentication(readConfiguration(settings).configuration)
    issuer!.accounts.assign('participant', { subject: PARTICIPANT })
    service = await startTestService({ TWIN_LEDGER_DATA: data })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
    await rm(data, { recursive: true, force: true })
  })
  beforeEach(async () => {
    ;({ page, complaints } = await visit(browser))
  })
  afterEach(() => page.context().close())

  async function as(account: string, path: string): Promise<void> {
    await page.context().clearCookies()
    await page.goto(`${service.url}/console/`)
    await page.evaluate('sessionStorage.clear()')
    await page.goto(`${service.url}/console${path}`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.locator(`button[value="${account}"]`).click()
    await page.getByRole('navigation', { name: 'Console' }).waitFor()
  }
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  /** Presses it and waits until it went through: what is on the page afterwards was read anew. */
  const act = async (submit: string) => {
    await press(submit)
    await page.getByText(`Done: ${submit}`, { exact: true }).waitFor()
  }
  const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value)
  const panel = (name: string) => page.getByRole('region', { name })
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

  /** Signs the record on the page, after the declaration where it is the first time. */
  async function sign(account: string, name: string): Promise<void> {
    const declare = page.getByRole('button', { name: 'Declare' })
    const button = page.getByRole('button', { name: 'Sign this record' })
    await declare.or(button).waitFor()
    if (await declare.isVisible()) {
      await fill('Your name, as printed with your signatures', name)
      await declare.click()
      await authenticate(account)
    }
    await button.click()
    await authenticate(account)
  }

  /** A continuous session asks for the password alone. */
  async function authenticate(account: string): Promise<void> {
    const password = page.getByLabel(/password/i)
    await password.waitFor()
    const which = page.getByLabel('Account')
    if ((await which.count()) > 0) await which.fill(account)
    await password.fill(readAccountPassword(evaluationFolder(service.configuration), account))
    await password.press('Enter')
  }

  /** A request of the test waits for the read models; the browser's own do not. */
  const readModelsCaughtUp = () => service.fetch('/health/ready')

  /** What the overview says that waits. */
  async function waitingFor(account: string): Promise<string> {
    await as(account, '/')
    const waiting = panel('What waits for you')
    await waiting.getByRole('table').or(waiting.getByText('Nothing waits for you.')).waitFor()
    return waiting.innerText()
  }

  /** What a person sends by the API where the console is not what is tested. */
  async function sent(account: string, path: string, body: object): Promise<Record<string, unknown>> {
    const headers = { 'content-type': 'application/json' }
    const response = await service.request(account, `/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    expect(response.status).toBe(201)
    return (await response.json()) as Record<string, unknown>
  }

  async function actorOf(account: string): Promise<string> {
    const { actorSecret, issuerUrl } = await openAuthentication(service.configuration)
    return pseudonymousActorId(actorSecret, issuerUrl, account)
  }

  it('brings somebody in by the hands of several people, and shows the roster as it was', async () => {
    await as('administrator', '/roster')
    await fill('What the sign-in service calls them (sub)', 'newcomer')
    await fill('Printed name', 'New Comer')
    await press('Register')
    const person = `/roster/${await actorOf('newcomer')}`
    await page.getByText('No training is on record.').waitFor()

    await as('qa', person)
    await panel('Ask for a role').getByLabel('Role').selectOption('steward')
    await press('Ask for it')
    await page.getByRole('alert').getByText('A steward is granted a site or an organisation.').waitFor()
    await fill('Site', 'new-site')
    await press('Ask for it')
    await page.getByText('waits for approval').waitFor()
    await fill('Completed on', inDays(-1))
    await fill('Valid until', inDays(300))
    await panel('Record a training').getByLabel('For the role').selectOption('steward')
    await press('Record')
    await page.getByRole('table', { name: 'Trainings' }).waitFor()

    await as('compliance', person)
    await press('Approve')
    await page.getByText('waits to be put into force').waitFor()

    await as('administrator', person)
    await press('Put into force')
    await panel('Grant: steward')
      .getByText(/in force$/)
      .waitFor()

    await page.goto(`${service.url}/console/roster?asOf=2020-01-01T00:00:00.000Z`)
    await page.getByText('Nobody held a role within what is open to you.').waitFor()
    expect(complaints.filter((complaint) => !complaint.includes('422'))).toEqual([])
  })

  it('carries a breach from its report to the notification, against its 72 hours', async () => {
    await as('steward', '/breaches')
    expect(await page.getByRole('table').count()).toBe(0)
    await fill('Detected', `${inDays(-1)}T08:00`)
    await fill('What happened', 'A laptop was stolen.')
    await press('Enter it in the register')
    await page.getByText('The breach is on record').waitFor()

    await as('compliance', '/breaches')
    await page.getByRole('table', { name: 'Breaches' }).getByRole('link').first().click()
    await page.getByText('Still to be done').waitFor()
    await page.getByText(/7[12] h of 72 left/).waitFor()
    for (const fact of ['confidentiality', 'patients', 'health']) await page.getByLabel(fact, { exact: true }).check()
    await fill('Persons, approximately', '12')
    await fill('Records, approximately', '40')
    await page.getByLabel('Risk for persons').selectOption('likely')
    for (const text of ['Contact point', 'Likely consequences', 'Measures taken or planned'])
      await fill(text, 'As known.')
    await act('Record these facts')
    await fill('Authority', 'de-be-blnbdi')
    await act('The authority was notified')
    await press('Close the breach')
    await panel('Who was told').getByText('closed').waitFor()
    expect(complaints).toEqual([])
  })

  it('carries an impact assessment to its approval, and refuses its author with the reason', async () => {
    await as('modeller', '/impact-assessments')
    await panel('Propose an assessment').getByLabel('Model').selectOption('cvd.prevent-2023')
    await press('Propose')
    await page.getByRole('alert').getByText('dpia-parts-missing').waitFor()
    for (const part of [/Art 35\(7\)\(a\)/, /proportionate/, /Risks for persons/, /Measures against/])
      await page.getByLabel(part).fill('Written.')
    await press('Propose')
    await page.getByText('waits for advice').waitFor()
    const address = new URL(page.url()).pathname.replace('/console', '')
    expect(await page.getByRole('button', { name: 'Approve until the review' }).count()).toBe(0)

    await as('compliance', address)
    await fill('Advice', 'The measures suffice.')
    await press('Record the advice')
    await page.getByText('waits for approval').waitFor()

    await as('qa', address)
    await sign('qa', 'Quentin Quality')
    await page.getByRole('table', { name: 'Signatures' }).getByText('approval').waitFor()
    await fill('To be reviewed by', inDays(30))
    await press('Approve until the review')
    await page.getByText('in force').waitFor()
    await page.goto(`${service.url}/console/impact-assessments`)
    await page.getByText(/in (29|30) day\(s\)/).waitFor()
  })

  it('lets a period grow and never fall below the law, and a hold wait for its second person', async () => {
    await as('compliance', '/retention')
    await fill('Years', '1')
    await page.getByLabel('Because of').selectOption('controller-policy')
    await press('Set it')
    await page.getByRole('alert').getByText('retention-too-short').waitFor()
    await fill('Years', '30')
    await page.getByLabel('Because of').selectOption('national-law')
    await press('Set it')
    await page.getByRole('table').getByText('30 years').waitFor()

    await page.getByRole('link', { name: 'Legal holds' }).click()
    await fill('Person', '00000000-0000-4000-8000-000000000000')
    await page.getByLabel('Because of').selectOption('litigation')
    await page.getByLabel('Asked for by').selectOption('court')
    await press('Place it')
    await page.getByText('waits for a second person').waitFor()
    await readModelsCaughtUp()
    expect(await waitingFor('qa')).toContain('Legal holds to approve')
    await page.getByRole('link', { name: 'Legal holds to approve' }).click()
    await act('Approve')
    await page
      .getByRole('table')
      .getByText(/keeps the data$/)
      .waitFor()

    await as('compliance', '/retention?view=holds')
    await act('Ask to lift it')
    await readModelsCaughtUp()
    expect(await waitingFor('qa')).toContain('Legal holds that somebody asks to lift')
    await as('qa', '/retention?view=holds')
    await act('Agree to lift it')
    await readModelsCaughtUp()
    expect(await waitingFor('qa')).not.toContain('Legal holds')
  })

  it('signs a review of the audit trail and closes it, and proposes a model', async () => {
    await as('compliance', '/audit-reviews')
    await fill('Entries from', '2020-01-01T00:00')
    await fill('until before', '2020-02-01T00:00')
    await fill('To be closed by', `${inDays(10)}T12:00`)
    await press('Plan it')
    const address = await page.waitForURL(/audit-reviews\/[0-9a-f-]{36}/).then(() => new URL(page.url()).pathname)

    await as('qa', address.replace('/console', ''))
    await press('Take it up')
    await press('Conclude it')
    await page.getByText('Sign below with the meaning').waitFor()
    await sign('qa', 'Quentin Quality')
    await page.getByRole('table', { name: 'Signatures' }).getByText('responsibility').waitFor()
    await press('Close it')
    await panel('Plan').getByText('closed').waitFor()

    await as('modeller', '/models/cvd.prevent-2023')
    await press('Propose it')
    await fill('Question', 'How likely is a first event within ten years?')
    await press('State the question of interest')
    await page.getByRole('heading', { name: 'Next: state the context of use' }).waitFor()
    expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([])
  })

  it('opens a record of another site in an emergency, for a reason, and has it reviewed', async () => {
    const commands = service.service.app.get(CommandBus, { strict: false })
    const context = { actor: { id: 'actor-1', role: 'investigator' }, correlation: randomUUID() }
    const custody = { controller: 'other-clinic', owner: 'other-site' }
    const { twin } = await commands.execute(new RegisterTwin(context, { custody, source: 'clinic-ehr' }))
    await readModelsCaughtUp()

    await as('investigator', `/twins/${twin}`)
    await page.getByRole('alert').getByText('other-site').waitFor()
    await page.getByRole('link', { name: 'open the record' }).click()
    await page.getByLabel('Because').selectOption('life-threatening')
    await fill('What is happening', 'Unconscious in the emergency room.')
    await act('Open the record')
    const accesses = page.getByRole('table', { name: 'Emergency accesses' })
    await accesses.getByText('open until').waitFor()
    await accesses.getByRole('link').first().click()
    await page.getByText('Nothing is recorded of this twin at this point.').waitFor()

    await as('qa', '/emergencies')
    await accesses.getByLabel('Reviewed, and').selectOption('justified')
    await act('Record the review')
    await accesses.getByText('it was justified').waitFor()
    expect(complaints.filter((complaint) => !complaint.includes('403'))).toEqual([])
  })

  it('rotates the key that wraps all others, carries them over with progress and lets the old one go', async () => {
    await service.service.app.get(Vault, { strict: false }).sealingKey(randomUUID(), 'identity')
    await as('administrator', '/keys')
    await page.getByText(/wrapped by the key that wraps now\.$/).waitFor()
    await act('Rotate the key')
    await page.getByText(/still to be carried over/).waitFor()
    await press('Wrap them anew')
    await page.getByText(/wrapped anew, 0 keys left/).waitFor()
    await press('Show where it stands')
    await page.getByLabel('Backups that need it are no longer needed.').check()
    await press('Retire')
    await page.getByText(/Removed from the key file/).waitFor()
    await press('Show it as it stands')
    await page
      .getByRole('table', { name: /Key-encryption keys/ })
      .getByText(/retired$/)
      .waitFor()

    await page.goto(`${service.url}/console/operations`)
    await page.getByRole('table', { name: 'Settings' }).getByText('KEY_MANAGEMENT').waitFor()
    await page.getByRole('link', { name: 'Clock' }).click()
    await page.getByText('The clock was never found wrong.').waitFor()

    await as('compliance', '/keys')
    await page.getByRole('table', { name: /Key-encryption keys/ }).waitFor()
    expect(await page.getByRole('button', { name: 'Rotate the key' }).count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('extends a request once, carries it to an erasure, and asks again before keys are destroyed', async () => {
    const registered = await sent('investigator', '/twins', {
      custody: { controller: DEMO_CLINIC, owner: DEMO_SITE },
      source: 'clinic-ehr',
    })
    const subject = String(registered.subject)
    const { request } = await sent('compliance', '/privacy/requests', { subject, kind: 'erasure', channel: 'paper' })
    await readModelsCaughtUp()
    const address = `/privacy/${String(request)}`
    await as('compliance', address)
    await page.getByLabel('Checked').selectOption('document')
    await page.getByLabel('Result').selectOption('yes')
    await act('Record the check')
    await page.getByLabel('Because').selectOption('complexity')
    await act('Extend by two months')
    await page.getByText('extended once (Art 12(3))').waitFor()
    expect(await page.getByRole('button', { name: 'Extend by two months' }).count()).toBe(0)

    await as('steward', address)
    await act('Prepare the decision')
    await page.getByRole('table', { name: 'What happened' }).getByText('request prepared').waitFor()
    await as('compliance', address)
    const decision = panel('Decide')
    await decision.getByLabel('Outcome').selectOption('granted')
    const classes = ['Identity', 'Clinical and trial record', 'Optional research', 'Contact details']
    for (const choice of ['Ground', ...classes]) expect(await decision.getByLabel(choice).inputValue()).toBe('')
    await decision.getByLabel('Ground').selectOption('17-1-b')
    for (const kept of classes) await decision.getByLabel(kept).selectOption('erased')
    await act('Record the decision')
    await page.getByRole('button', { name: 'The person was answered' }).waitFor()

    await as('qa', '/privacy?view=erasures')
    await act('Confirm')
    const erasures = page.getByRole('table', { name: 'Erasures' })
    await erasures.getByText('waits to be executed').waitFor()
    await as('administrator', '/privacy')
    await press('Execute')
    expect(await erasures.getByText('waits to be executed').count()).toBe(1)
    await page.getByLabel('The keys are destroyed for good; nobody reads these data again.').check()
    await press('Execute')
    await erasures.getByText('completed').waitFor()
    await erasures.getByRole('button', { name: 'Certificate' }).waitFor()
  })

  // proves TL-EHD-001
  it('lets a person opt out from secondary use without a reason, shows it to compliance, and takes it back', async () => {
    await as('participant', '/consents')
    await press('Opt out from secondary use …')
    await press('Opt out from secondary use')
    await panel('Secondary use').getByText('Opted out since').waitFor()

    await as('compliance', `/consents/${PARTICIPANT}`)
    await panel('Secondary use').getByText('Opted out since').waitFor()
    await as('participant', '/consents')
    await press('Take the opt-out back …')
    await press('Take the opt-out back')
    await page.getByRole('button', { name: 'Opt out from secondary use …' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('publishes a notice by two people, shows it before consent is given, and hands out the receipt', async () => {
    const text = 'We ask you whether we may use your data.'
    await as('compliance', '/consent-notices')
    await page.getByRole('link', { name: 'Draft a text' }).click()
    await fill('Notice', 'study-info')
    await fill('Version', '1.0')
    await fill('Language', 'en')
    await fill('Title', 'Your data')
    await fill('Text', `${text}\n\nYou may say no.`)
    await press('Draft it')
    await page.getByText('waits for approval').waitFor()
    await readModelsCaughtUp()
    expect(await waitingFor('qa')).toContain('Texts of notices to approve')

    await as('qa', '/consent-notices/study-info')
    await fill('What was looked at', 'Complete, and plain.')
    await act('Approve this text')
    await page.getByText('approved, not published').waitFor()
    await readModelsCaughtUp()

    await as('compliance', '/consent-notices/study-info')
    await page.getByLabel('The text is made public and can never be changed.').check()
    await act('Publish 1.0 (en)')
    await page.getByRole('button', { name: 'Withdraw 1.0' }).waitFor()
    await readModelsCaughtUp()

    await as('participant', '/consents')
    await page.getByRole('link', { name: 'Give consent' }).click()
    await page.getByLabel('healthcare research', { exact: true }).check()
    await page.getByLabel('Notice that was shown').selectOption({ label: 'Your data (study-info 1.0, en)' })
    await page.getByText(text).waitFor()
    await fill('Given to (organisation)', DEMO_CLINIC)
    await press('Record this consent')
    await page.getByRole('link', { name: 'See all consents' }).click()
    await panel('Notice study-info, version 1.0').getByText('The notice, word for word').click()
    await panel('Notice study-info, version 1.0').getByText(text).waitFor()
    const [receipt] = await Promise.all([page.waitForEvent('download'), press('Receipt')])
    expect(receipt.suggestedFilename()).toMatch(/^consent-receipt-.*\.html$/)
    expect(complaints).toEqual([])
  })

  it('asks about a fact, answers as the site, and closes the query', async () => {
    const custody = { controller: DEMO_CLINIC, owner: DEMO_SITE }
    const source = { system: 'clinic-ehr' }
    const code = { system: 'http://loinc.org', code: '8867-4' }
    const heartRate = { kind: 'observation', source, code, status: 'final', quantity: { value: 710, unit: '/min' } }
    const twin = await sent('investigator', '/twins', { custody, source: 'clinic-ehr' })
    const path = `/api/v1/twins/${String(twin.twin)}/facts`
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ facts: [heartRate] })
    const recorded = await service.request('investigator', path, { method: 'POST', headers, body })
    expect(recorded.status).toBe(200)
    const question = 'Is one digit too many?'
    await readModelsCaughtUp()

    await as('steward', `/twins/${String(twin.twin)}`)
    await page.getByText('1 value', { exact: true }).click()
    await page.getByRole('link', { name: 'Raise a query' }).click()
    await page.getByLabel('What is asked about').selectOption('quantity')
    await page.getByLabel('Because').selectOption('value-implausible')
    await fill('Question', question)
    await press('Ask the site')
    await page.waitForURL(/data-queries\/[0-9a-f-]{36}/)
    const address = new URL(page.url()).pathname.replace('/console', '')
    await readModelsCaughtUp()

    await as('investigator', '/data-queries')
    await page.getByRole('table', { name: 'Data queries, oldest first' }).getByText('waits for the site').waitFor()
    await page.getByRole('link', { name: 'quantity' }).click()
    await page.getByText(question).waitFor()
    await fill('In words', 'The value stands: checked against the chart.')
    await act('Answer it')

    await as('steward', address)
    await page.getByText('checked against the chart').waitFor()
    await act('Close it')
    expect(await page.getByRole('button', { name: 'Cancel it' }).count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('registers a source, and opens an identity by a ticket that somebody else approves', async () => {
    const custody = { controller: DEMO_CLINIC, owner: DEMO_SITE }
    const { twin } = await sent('investigator', '/twins', { custody, source: 'clinic-ehr' })
    await readModelsCaughtUp()
    await as('steward', '/sources')
    await fill('Name under which its data arrives', 'ward-monitor')
    await page.getByLabel('Kind').selectOption('device')
    await act('Register it')
    await page.getByRole('table', { name: 'Data sources' }).getByText('ward-monitor').waitFor()

    await page.goto(`${service.url}/console/twins/${String(twin)}?detail=full`)
    await page.getByRole('alert').getByText('ticket-missing').waitFor()
    await page.getByRole('link', { name: 'a ticket' }).click()
    await page.getByLabel('Because').selectOption('duplicate-suspected')
    await fill('What you have to find out', 'Two records of one hospital number.')
    await act('Ask for it')
    const tickets = page.getByRole('table', { name: 'Identity tickets, newest first' })
    await tickets.getByText('waits for approval').waitFor()
    expect(await tickets.getByRole('button').count()).toBe(0)

    await as('compliance', '/identity-tickets?view=waiting')
    await act('Approve')
    await page.getByText('There is no such ticket.').waitFor()

    await as('steward', `/twins/${String(twin)}?detail=full`)
    await page.getByText('This shows who it is.').waitFor()
    await page.goto(`${service.url}/console/identity-tickets`)
    await act('Give it back')
    await tickets.getByText('ended').waitFor()
    expect(complaints.filter((complaint) => !complaint.includes('403'))).toEqual([])
  })

  it('holds a law against its source, and has a change of the register approved by another office', async () => {
    await as('compliance', '/legal-register')
    await act('Take over new entries')
    await page.goto(`${service.url}/console/legal-register/us-p11`)
    await fill('Looked up on', inDays(-1))
    await page.getByLabel('Found').selectOption('unchanged')
    await fill('What was compared', 'The text at its publisher.')
    await act('Record the check')
    await panel('On record').getByText('The text at its publisher.').waitFor()
    await page.getByText('Propose a change of the text').click()
    await fill('Office that answers for it', 'compliance office')
    await fill('Address of the source', 'https://www.ecfr.gov/current/title-21/part-11')
    await press('Propose the change')
    const waits = panel('What waits for approval')
    await waits.getByText('compliance office').waitFor()
    expect(await page.getByRole('button', { name: 'Approve it' }).count()).toBe(0)

    await as('qa', '/legal-register/us-p11')
    await fill('Held against its source on', inDays(-1))
    await fill('What it was compared with', 'The text at its publisher.')
    await act('Approve it')
    await panel('On record').getByText('approved here').waitFor()
    await page.goto(`${service.url}/console/legal-register?view=waiting`)
    await page.getByText('Nothing waits for approval.').waitFor()
    expect(complaints).toEqual([])
  })

  it('enrols a person and says the code once, opens no arm where there is none, and takes a request of the person', async () => {
    const registered = await sent('investigator', '/twins', {
      custody: { controller: DEMO_CLINIC, owner: DEMO_SITE },
      source: 'clinic-ehr',
    })
    const protocol = { id: 'PROT-9', version: '1.0' }
    const described = { code: 'CONSOLE-1', title: 'A trial', sponsor: 'evaluation-sponsor', protocol }
    const { trial } = await sent('sponsor', '/trials', described)
    const headers = { 'content-type': 'application/json' }
    const site = { method: 'POST', headers, body: JSON.stringify({ site: DEMO_SITE, country: 'DE' }) }
    expect((await service.request('sponsor', `/api/v1/trials/${String(trial)}/sites`, site)).status).toBe(200)
    await readModelsCaughtUp()

    await as('investigator', `/trials/${String(trial)}`)
    await fill('Person', String(registered.subject))
    await act('Enrol')
    await page.getByText(/Enrolled under the code [0-9A-Z]{4}-[0-9A-Z]{4}\./).waitFor()
    await page.getByText('in an emergency').click()
    const enrolments = page.getByRole('table', { name: 'Enrolments' })
    await enrolments.getByLabel('Because').last().selectOption('emergency-treatment')
    await fill('What is happening', 'Bleeding, cause unknown.')
    await enrolments.getByLabel('It raises an alarm').check()
    await press('Open the arm')
    await page
      .getByRole('alert')
      .getByText(/^Code /)
      .waitFor()

    await page.goto(`${service.url}/console/privacy`)
    await fill('Person', String(registered.subject))
    await page.getByLabel('What is asked for').selectOption('access')
    await page.getByLabel('How it was made').selectOption('verbal')
    await act('File the request')
    await page.getByText(/The request is on record as/).waitFor()
    expect(await page.getByRole('table').count()).toBe(0)
  })

  it('retires an id for ever', async () => {
    await as('administrator', '/roster')
    await fill('What the sign-in service calls them (sub)', 'leaver')
    await fill('Printed name', 'Lee Ver')
    await press('Register')
    await page.getByLabel('All its rights end, and nobody is ever registered under it again.').check()
    await press('Retire it for ever')
    await panel('Who it is')
      .getByText(/retired$/)
      .waitFor()
    expect(await page.getByRole('button', { name: 'Retire it for ever' }).count()).toBe(0)
  })
})
