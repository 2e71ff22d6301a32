/** A blinded trial with two participants who differ in their arms alone, in a running service. */
import { randomUUID } from 'node:crypto'
import type { Bundle } from 'fhir/r4.js'
import { openAuthentication } from '../../src/authentication.js'
import { DEMO_CLINIC, DEMO_SITE, DEMO_SPONSOR } from '../../src/identity/evaluation-issuer/accounts.js'
import type { EvaluationIssuer } from '../../src/identity/evaluation-issuer/create-evaluation-issuer.js'
import { BLINDABLE_ROLES } from '../../src/randomisation/events.js'
import { expected, generatedPatient, ingest } from '../e2e/support/clinic.js'
import { caughtUp } from '../privacy/support.js'
import { runModelsFromSources } from '../simulations/support/runner.js'
import { publishNotice } from '../support/published-notice.js'
import type { TestService } from '../support/test-service.js'

const NOTICE = { id: 'blind', version: '1.0', language: 'en' }

/** Distinctive, and of very different lengths. */
export const LONG_ARM = { arm: 'XYLOPHONIBUM-HIGH-DOSE', name: 'Xylophonibum 400 mg twice a day with meals', share: 1 }
export const SHORT_ARM = { arm: 'QZWKJVX', name: 'Qzwkjvon', share: 1 }
export const ARM_WORDS = /XYLOPHONIBUM|Xylophonibum|QZWKJVX|Qzwkjvon/

export interface Participant {
  twin: string
  subject: string
  code: string
  run: string
  /** What was answered to the doctor who randomised. */
  receipt: { code: string; number: string; position: number }
}

export class BlindTrial {
  trial = ''
  readonly participants: Participant[] = []

  private constructor(
    readonly test: TestService,
    readonly issuer: EvaluationIssuer,
  ) {}

  /** The first participant is in the long arm, the second in the short one. */
  static async at(test: TestService): Promise<BlindTrial> {
    runModelsFromSources(test.service.app)
    const made = new BlindTrial(test, (await openAuthentication(test.configuration)).issuer!)
    await publishNotice(test.service, NOTICE)
    await made.register('BLIND-1')
    await made.post('sponsor', `/trials/${made.trial}/arms`, 200, {
      arms: [LONG_ARM, SHORT_ARM],
      blinded: BLINDABLE_ROLES,
      stratifiedBy: 'site',
    })
    const imported = [{ stratum: DEMO_SITE, arms: [LONG_ARM.arm, SHORT_ARM.arm] }]
    await made.post('randomisation-manager', `/trials/${made.trial}/randomisation/lists`, 200, { imported })
    const people = [await made.enrolled(generatedPatient(0)), await made.enrolled(namesake(generatedPatient(0)))]
    for (const person of people) made.participants.push(await made.randomised(person))
    await caughtUp(test)
    return made
  }

  async register(code: string): Promise<string> {
    const protocol = { id: code, version: '1' }
    const description = { code, title: 'A made-up trial', sponsor: DEMO_SPONSOR, protocol }
    const { trial } = await this.post<{ trial: string }>('sponsor', '/trials', 201, description)
    await this.post('sponsor', `/trials/${trial}/sites`, 200, { site: DEMO_SITE, country: 'DE' })
    this.trial = trial
    for (const account of ['sponsor', 'modeller', 'randomisation-manager', 'participant'])
      this.issuer.accounts.assign(account, { trials: [trial] })
    return trial
  }

  async post<T = Record<string, unknown>>(
    account: string,
    path: string,
    status: number,
    body: object = {},
  ): Promise<T> {
    return expected<T>(status, this.send(account, path, body))
  }

  async get(account: string, path: string): Promise<Response> {
    return this.test.fetch(path, { headers: { authorization: `Bearer ${await this.issuer.issueToken(account)}` } })
  }

  async send(account: string, path: string, body: object = {}): Promise<Response> {
    return this.test.fetch(`/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await this.issuer.issueToken(account)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }

  private async enrolled(bundle: Bundle) {
    const { twin } = await ingest(this.test, bundle)
    await caughtUp(this.test)
    const { subject } = await expected<{ subject: string }>(
      200,
      this.test.request('regulator', `/api/v1/twins/${twin}`),
    )
    const scope = { duo: [], modelClasses: 'any', dataCategories: 'any', controller: DEMO_CLINIC }
    const gift = { notice: NOTICE, method: 'paper', by: 'subject' }
    for (const use of [
      { purposes: ['CLINTRCH'], trials: [this.trial] },
      { purposes: ['HRESCH'], duo: ['DUO:0000042'] },
    ])
      await this.post('investigator', `/subjects/${subject}/consents`, 201, { scope: { ...scope, ...use }, ...gift })
    await caughtUp(this.test)
    const { code } = await this.post<{ code: string }>('investigator', `/trials/${this.trial}/enrolments`, 201, {
      subject,
      site: DEMO_SITE,
    })
    await caughtUp(this.test)
    return { twin, subject, code }
  }

  private async randomised(person: Pick<Participant, 'twin' | 'subject' | 'code'>): Promise<Participant> {
    const path = `/trials/${this.trial}/enrolments/${person.code}/allocation`
    const receipt = await this.post<Participant['receipt']>('investigator', path, 201)
    const order = { twin: person.twin, model: 'cvd.prevent-2023', purpose: 'CLINTRCH', trial: this.trial }
    const { run } = await this.post<{ run: string }>('investigator', '/simulations', 201, order)
    await caughtUp(this.test)
    return { ...person, receipt, run }
  }
}

/** Somebody else with the same data: other ids, another record number of the same length. */
function namesake(bundle: Bundle): Bundle {
  const ids = new Map<string, string>()
  const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
  const other = (id: string) => ids.get(id) ?? ids.set(id, randomUUID()).get(id)!
  const text = JSON.stringify(bundle)
    .replace(uuid, other)
    .replace(/(TL-[0-9A-F]{6})-0001/gi, '$1-0002')
  return JSON.parse(text) as Bundle
}
