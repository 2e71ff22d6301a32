/** What people do in the privacy room over HTTP, in tests. */
import type { AccountScope } from '../../src/identity/evaluation-issuer/accounts.js'
import { openAuthentication } from '../../src/authentication.js'
import { expected, generatedPatient, ingest, send } from '../e2e/support/clinic.js'
import { logSize } from '../e2e/support/ledger.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import { publishNotice } from '../support/published-notice.js'
import type { TestService } from '../support/test-service.js'

export const EVERYTHING = ['identity', 'trial-record', 'optional-research', 'contact'] as const
export const NOTICE = { id: 'twin-research', version: '2.1', language: 'en' }
export const RESEARCH = {
  purposes: ['HRESCH'],
  duo: ['DUO:0000042'],
  modelClasses: ['cvd'],
  dataCategories: 'any',
  controller: 'evaluation-clinic',
}

export interface Person {
  twin: string
  subject: string
}

export async function caughtUp(test: TestService): Promise<void> {
  await test.service.app.get(ProjectionEngine, { strict: false }).waitFor(await logSize(test), 60_000)
}

/** A patient with a twin at the demo clinic, and the notice that they may consent under. */
export async function person(test: TestService, index: number): Promise<Person> {
  const { twin } = await ingest(test, generatedPatient(index))
  await publishNotice(test.service, NOTICE)
  await caughtUp(test)
  const { subject } = await expected<Person>(200, test.request('regulator', `/api/v1/twins/${twin}`))
  return { twin, subject }
}

/** An evaluation account with these claims: asks for a path, posting a body where there is one. */
export async function accountWith(test: TestService, account: string, scope: AccountScope) {
  const { issuer } = await openAuthentication(test.configuration)
  issuer!.accounts.assign(account, scope)
  const token = await issuer!.issueToken(account)
  return async (path: string, body?: object): Promise<Response> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
    const answer = await test.fetch(path, init)
    await caughtUp(test)
    return answer
  }
}

/** The participant's account as that of this person, in the privacy room. */
export async function signedInAs(test: TestService, { subject }: Person) {
  const ask = await accountWith(test, 'participant', { subject })
  return (path: string, body?: object) => ask(`/api/v1/privacy/${path}`, body)
}

/** Posts and waits until the read models know; answers the body, or the error's code. */
export async function post<T = { code?: string }>(
  test: TestService,
  as: string,
  path: string,
  body: object = {},
): Promise<T> {
  const answer = await send(test, as, `/api/v1/privacy/${path}`, body)
  const said = (await answer.json()) as T
  await caughtUp(test)
  return said
}

/** A request for erasure that is prepared: the next word is the compliance officer's. */
export async function preparedErasure(test: TestService, { subject }: Person): Promise<string> {
  const { request } = await post<{ request: string }>(test, 'compliance', 'requests', {
    subject,
    kind: 'erasure',
    channel: 'paper',
    statement: 'Please forget me.',
  })
  await post(test, 'compliance', `requests/${request}/identity-check`, { method: 'document', confirmed: true })
  await post(test, 'steward', `requests/${request}/preparation`)
  return request
}

/** Grants an erasure of everything; its id. */
export async function grantedErasure(test: TestService, request: string): Promise<string> {
  const erasure = { ground: '17-1-b', classes: EVERYTHING, retained: [] }
  await post(test, 'compliance', `requests/${request}/decision`, { outcome: 'granted', erasure })
  return erasureOf(test, request)
}

/** The latest erasure that was decided on a request. */
export async function erasureOf(test: TestService, request: string): Promise<string> {
  const { items } = await expected<{ items: { erasure: string; request: string }[] }>(
    200,
    test.request('compliance', '/api/v1/privacy/erasures'),
  )
  return items.find((item) => item.request === request)!.erasure
}

export async function giveConsent(test: TestService, { subject }: Person): Promise<void> {
  const gift = { scope: RESEARCH, notice: NOTICE, method: 'electronic', by: 'subject' }
  await expected(201, send(test, 'investigator', `/api/v1/subjects/${subject}/consents`, gift))
  await caughtUp(test)
}

/** Status and code of a run a modeller asks for. */
export async function run(
  test: TestService,
  { twin }: Person,
): Promise<{ status: number; code?: string; run?: string }> {
  const answer = await send(test, 'modeller', '/api/v1/simulations', {
    twin,
    model: 'cvd.prevent-2023',
    purpose: 'HRESCH',
  })
  const body = (await answer.json()) as { code?: string; run?: string }
  await caughtUp(test)
  return { status: answer.status, ...body }
}
