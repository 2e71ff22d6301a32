/** What a clinic does with the service: sends bundles and JSON, reads twins. */
import type { Bundle, OperationOutcome } from 'fhir/r4.js'
import { openAuthentication } from '../../../src/authentication.js'
import { generatePatients } from '../../../src/evaluation/generator/index.js'
import type { TwinView } from '../../../src/twins/twin-view.js'
import type { TestService } from '../../support/test-service.js'

/** Whoever can send requests as an account. */
export type Client = Pick<TestService, 'request'>

export const SOURCE = 'clinic-ehr'
const FHIR_JSON = 'application/fhir+json'

/** The nth made-up patient, as a transaction bundle; the same on every call. */
export function generatedPatient(index: number): Bundle {
  const patients = [...generatePatients({ count: index + 1, seed: 4711, referenceDate: '2026-01-01' })]
  return patients[index]!.bundle
}

export function sendFhir(
  test: Client,
  as: string | null,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const content = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
  return test.request(as, '/fhir/R4', {
    method: 'POST',
    headers: { 'content-type': FHIR_JSON, 'x-source-system': SOURCE, ...headers },
    body: content,
  })
}

/** Sends a bundle that must be taken, and tells which twin came of it. */
export async function ingest(test: Client, bundle: Bundle): Promise<{ twin: string; response: Bundle }> {
  const answer = await sendFhir(test, 'steward', bundle)
  const response = (await answer.json()) as Bundle
  if (answer.status !== 200) throw new Error(`The bundle was refused: ${JSON.stringify(response)}`)
  return { twin: twinOf(response), response }
}

/** The twin that the Patient entry of an answer names. */
export function twinOf(response: Bundle): string {
  const locations = response.entry!.map((entry) => entry.response?.location ?? '')
  return locations.find((location) => location.startsWith('Patient/'))!.slice('Patient/'.length)
}

/** HTTP status without its reason, entry by entry. */
export const statusesOf = (response: Bundle): number[] =>
  response.entry!.map((entry) => Number.parseInt(entry.response!.status, 10))

/** Our code of an OperationOutcome. */
export const outcomeCode = (body: unknown): string | undefined =>
  (body as OperationOutcome).issue?.[0]?.details?.coding?.[0]?.code

/** Sends JSON; `as` is an account. */
export function send(
  test: Client,
  as: string | null,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
  method = 'POST',
): Promise<Response> {
  return test.request(as, path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

/** The answer's body, once its status is what is expected. */
export async function expected<T>(status: number, answer: Promise<Response>): Promise<T> {
  const response = await answer
  const body = await response.text()
  if (response.status !== status) throw new Error(`Answered ${response.status} instead of ${status}: ${body}`)
  return JSON.parse(body) as T
}

export function readTwin(test: Client, as: string, twin: string, query = ''): Promise<TwinView> {
  return expected(200, test.request(as, `/api/v1/twins/${twin}${query}`))
}

/** Status and stable code of a refusal. */
export async function refusal(answer: Promise<Response>): Promise<[number, string | undefined]> {
  const response = await answer
  const body = (await response.json()) as { code?: string }
  return [response.status, body.code ?? outcomeCode(body)]
}

/** A participant whose own record is that of this subject. */
export async function participantOf(test: TestService, subject: string): Promise<(path: string) => Promise<Response>> {
  const issuer = (await openAuthentication(test.configuration)).issuer!
  issuer.accounts.assign('participant', { subject })
  const token = await issuer.issueToken('participant')
  return (path) => test.fetch(path, { headers: { authorization: `Bearer ${token}` } })
}

/** A token of the investigator of a site. */
export async function investigatorTokenAt(test: TestService, site: string): Promise<string> {
  const issuer = (await openAuthentication(test.configuration)).issuer!
  issuer.accounts.assign('investigator', { site })
  return issuer.issueToken('investigator')
}

/** Sends bundles as the investigator of a site, with a token that says so. */
export async function investigatorAt(test: TestService, site: string): Promise<(bundle: Bundle) => Promise<Response>> {
  const token = await investigatorTokenAt(test, site)
  const headers = { authorization: `Bearer ${token}`, 'content-type': FHIR_JSON, 'x-source-system': SOURCE }
  return (bundle) => test.fetch('/fhir/R4', { method: 'POST', headers, body: JSON.stringify(bundle) })
}
