/** Two people in two trials, at two sites: one within the scope of each evaluation account, one outside of all. */
import type { EvaluationIssuer } from '../../../src/identity/evaluation-issuer/create-evaluation-issuer.js'
import { DEMO_CLINIC, DEMO_SITE, DEMO_SPONSOR } from '../../../src/identity/evaluation-issuer/accounts.js'
import { ProjectionEngine } from '../../../src/projections/projection-engine.js'
import { expected, generatedPatient, twinOf } from '../../e2e/support/clinic.js'
import { logSize } from '../../e2e/support/ledger.js'
import { publishNotice } from '../../support/published-notice.js'
import type { TestService } from '../../support/test-service.js'

/** What a path can name, as each role knows it. */
export type Addressed = Record<string, Record<string, string>>

const NOTICE = { id: 'two-trials', version: '1.0', language: 'en' }
const ANY_USE = { duo: [], modelClasses: 'any', dataCategories: 'any' }
const RESEARCH = { ...ANY_USE, purposes: ['HRESCH'], duo: ['DUO:0000042'], controller: DEMO_CLINIC }

export interface Place {
  site: string
  clinic: string
  sponsor: string
  /** Beside the consent to the trial. */
  consents: object[]
}
const HERE: Place = { site: DEMO_SITE, clinic: DEMO_CLINIC, sponsor: DEMO_SPONSOR, consents: [RESEARCH] }
const ELSEWHERE: Place = { site: 'another-site', clinic: 'another-clinic', sponsor: 'another-sponsor', consents: [] }

/** Makes further records of a person and a trial while the accounts belong to the place; answers their ids. */
export type Further = (
  ids: Record<'twin' | 'subject' | 'trial', string>,
  place: Place,
) => Promise<Record<string, string>>

/** Afterwards the accounts belong to the first place. */
export async function peopleAndTrials(
  test: TestService,
  issuer: EvaluationIssuer,
  further: Further = () => Promise.resolve({}),
): Promise<{ within: Addressed; outside: Record<string, string> }> {
  const at = async (place: Place, index: number) => {
    const ids = await establish(test, issuer, place, index)
    return { ...ids, ...(await further(ids, place)) }
  }
  await publishNotice(test.service, NOTICE)
  const outside = await at(ELSEWHERE, 1)
  const own = await at(HERE, 0)
  await test.service.app.get(ProjectionEngine, { strict: false }).waitFor(await logSize(test), 60_000)
  const { subject, trial } = own
  issuer.accounts.assign('participant', { subject: subject!, trials: [trial!] })
  for (const account of ['sponsor', 'modeller', 'randomisation-manager'])
    issuer.accounts.assign(account, { trials: [trial!] })
  const coded = async (account: string) => ({ ...own, ...(await knownTo(test, issuer, account, trial!)) })
  const within = {
    participant: own,
    investigator: own,
    sponsor: await coded('sponsor'),
    modeller: await coded('modeller'),
    'randomisation-manager': own,
  }
  return { within, outside }
}

/** A twin with a consenting subject, enrolled in a trial, at this place. */
async function establish(test: TestService, issuer: EvaluationIssuer, place: Place, index: number) {
  issuer.accounts.assign('investigator', { site: place.site, org: place.clinic })
  issuer.accounts.assign('sponsor', { org: place.sponsor })
  const bundle = generatedPatient(index)
  const fhir = { 'x-source-system': 'clinic-ehr', 'content-type': 'application/fhir+json' }
  const twin = twinOf(await expected(200, post(test, issuer, 'investigator', '/fhir/R4', bundle, fhir)))
  const { subject } = await expected<{ subject: string }>(200, get(test, issuer, 'regulator', `/api/v1/twins/${twin}`))
  const protocol = { id: `P-${index}`, version: '1' }
  const description = { code: `TRIAL-${index}`, title: 'A trial', sponsor: place.sponsor, protocol }
  const { trial } = await expected<{ trial: string }>(201, post(test, issuer, 'sponsor', '/api/v1/trials', description))
  const site = { site: place.site, country: 'DE' }
  await expected(200, post(test, issuer, 'sponsor', `/api/v1/trials/${trial}/sites`, site))
  const inTrial = { ...ANY_USE, purposes: ['CLINTRCH'], trials: [trial], controller: place.clinic }
  for (const scope of [inTrial, ...place.consents]) {
    const given = { scope, notice: NOTICE, method: 'paper', by: 'subject' }
    await expected(201, post(test, issuer, 'investigator', `/api/v1/subjects/${subject}/consents`, given))
  }
  const enrolment = { subject, site: place.site }
  await expected(201, post(test, issuer, 'investigator', `/api/v1/trials/${trial}/enrolments`, enrolment))
  return { twin, subject, trial } as Record<'twin' | 'subject' | 'trial', string>
}

/** The ids under which somebody who must not link people knows the only twin of a trial. */
async function knownTo(test: TestService, issuer: EvaluationIssuer, account: string, trial: string) {
  const listed = await expected<{ twins: { twin: string }[] }>(
    200,
    get(test, issuer, account, `/api/v1/twins?trial=${trial}`),
  )
  const { twin } = listed.twins[0]!
  const { subject, facts } = await expected<{ subject: string; facts: { id: string; kind: string }[] }>(
    200,
    get(test, issuer, account, `/api/v1/twins/${twin}`),
  )
  return { twin, subject, eventId: facts.find(({ kind }) => kind === 'observation')!.id }
}

async function get(test: TestService, issuer: EvaluationIssuer, account: string, path: string): Promise<Response> {
  return test.fetch(path, { headers: { authorization: `Bearer ${await issuer.issueToken(account)}` } })
}

async function post(
  test: TestService,
  issuer: EvaluationIssuer,
  account: string,
  path: string,
  body: object,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Response> {
  const authorization = `Bearer ${await issuer.issueToken(account)}`
  return test.fetch(path, {
    method: 'POST',
    headers: { ...headers, authorization },
    body: JSON.stringify(body),
  })
}
