/** An erasure whose process is killed between any two of its steps, again and again, and what comes of it in the end. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { SignedCertificate } from '../../src/privacy/certificate/certificate.js'
import { DEMO_SITE, DemoAccounts } from '../../src/identity/evaluation-issuer/accounts.js'
import type { TwinView } from '../../src/twins/twin-view.js'
import { expected, generatedPatient, ingest, send, type Client } from '../e2e/support/clinic.js'
import { compileService, type CompiledService, type ServiceProcess } from '../e2e/support/service-process.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { until } from '../support/until.js'
import { Wedge } from '../support/wedge.js'
import { EVERYTHING, NOTICE, RESEARCH } from './support.js'

/** Six processes start one after the other. */
const PATIENCE_MS = 900_000
const RECIPIENT = 'research-partner'
/** Each is kept from being recorded once its work is done. */
const STEPS = [
  'privacy.keys-destroyed',
  'privacy.ciphertext-deleted',
  'privacy.traces-purged',
  'privacy.recipient-notified',
  'privacy.erasure-completed',
]

let compiled: CompiledService
let dataDirectory: string
let db: TestDatabase
let service: ServiceProcess
let wedge: Wedge
beforeAll(async () => {
  ;[compiled, db, dataDirectory] = await Promise.all([
    compileService(),
    createTestDatabase(),
    mkdtemp(join(tmpdir(), 'twin-ledger-interrupted-')),
  ])
  new DemoAccounts(join(dataDirectory, 'keys', 'evaluation')).assign('modeller', { org: RECIPIENT })
  service = await compiled.start({ dataDirectory, environment: environment() })
  if (!(await service.ready())) throw new Error(`It did not start: ${service.output().complaints}`)
  wedge = await Wedge.in(db)
  await publishNotice()
})
afterAll(async () => {
  service.process.kill('SIGKILL')
  await service.ended()
  await wedge?.close()
  await db.drop()
  await compiled.remove()
  await rm(dataDirectory, { recursive: true, force: true })
})

const environment = () => ({ DATABASE_URL: db.serviceUrl, DATABASE_OWNER_URL: db.ownerUrl })

/** Every request waits until the read models know all that came before. */
const client: Client = {
  async request(as, path, init = {}) {
    const headers = new Headers(init.headers)
    const [, size] = (await (await fetch(`${service.url}/log/checkpoint`)).text()).split('\n')
    const waiting = { headers: { 'ledger-wait-for': size! } }
    await until('the read models', async () => (await fetch(`${service.url}/log/vkey`, waiting)).ok)
    if (as !== null) headers.set('authorization', `Bearer ${await service.token(as)}`)
    return fetch(`${service.url}${path}`, { ...init, headers })
  },
}
const get = <T>(as: string, path: string) => expected<T>(200, client.request(as, path))
const post = async <T>(as: string, path: string, body: object = {}): Promise<T> => {
  const answer = await send(client, as, path, body)
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}

/** The notice that everybody here consents under. */
async function publishNotice(): Promise<void> {
  const { id: notice, version, language } = NOTICE
  const path = '/api/v1/consent-notices'
  const text = 'You may say no.'
  const sha256 = createHash('sha256').update(text).digest('hex')
  await post('compliance', path, { notice, version, language, title: 'Research', text })
  const judgement = { outcome: 'approved', sha256, remark: 'Plain.' }
  await post('qa', `${path}/${notice}/${version}/${language}/judgement`, judgement)
  await post('compliance', `${path}/${notice}/${version}/publication`)
}

/** A person whose values an organisation was shown, and an erasure of everything that waits for the administrator. */
async function confirmedErasure(
  index = 0,
): Promise<{ twin: string; subject: string; erasure: string; request: string }> {
  const { twin } = await ingest(client, generatedPatient(index))
  const { subject } = await get<{ subject: string }>('regulator', `/api/v1/twins/${twin}`)
  const consent = { scope: RESEARCH, notice: NOTICE, method: 'paper', by: 'subject' }
  await post('investigator', `/api/v1/subjects/${subject}/consents`, consent)
  await get('modeller', `/api/v1/twins/${twin}`)
  const asked = { subject, kind: 'erasure', channel: 'paper', statement: 'Please forget me.' }
  const { request } = await post<{ request: string }>('compliance', '/api/v1/privacy/requests', asked)
  const step = (as: string, name: string, body: object) => post(as, `/api/v1/privacy/requests/${request}/${name}`, body)
  await step('compliance', 'identity-check', { method: 'document', confirmed: true })
  await step('steward', 'preparation', {})
  const erasure = { ground: '17-1-b', classes: EVERYTHING, retained: [] }
  await step('compliance', 'decision', { outcome: 'granted', erasure })
  const { items } = await get<{ items: { erasure: string; subject: string }[] }>(
    'compliance',
    '/api/v1/privacy/erasures',
  )
  const { erasure: id } = items.find((item) => item.subject === subject)!
  await post('qa', `/api/v1/privacy/erasures/${id}/confirmation`)
  return { twin, subject, erasure: id, request }
}

/** Kills the process where it stands; what it had sent to the database and not committed goes with it. */
async function die(): Promise<void> {
  service.process.kill('SIGKILL')
  expect(await service.ended()).toBe('SIGKILL')
  await wedge.endWaiting()
}

async function restart(): Promise<void> {
  service = await compiled.start({ dataDirectory, environment: environment() })
}

const recorded = async (subject: string) => {
  const { rows } = await db.ownerPool.query<{ type: string; count: number }>(
    `select convert_from(leaf, 'UTF8')::jsonb->>'type' as type, count(*)::int as count
       from ledger.event where stream = 'forgetting-' || $1 group by 1`,
    [subject],
  )
  return Object.fromEntries(rows.map(({ type, count }) => [type, count]))
}

/** Keys that work, ciphertext and digests of identifiers. */
async function leftOf(subject: string): Promise<number> {
  const { rows } = await db.ownerPool.query<{ left: number }>(
    `select (select count(*) from vault.subject_key where subject = $1 and wrapped is not null)::int
          + (select count(*) from vault.identifier where subject = $1)::int
          + (select count(*) from ledger.event e join ledger.payload p using (position)
              where convert_from(e.leaf, 'UTF8')::jsonb->>'subject' = $1::text
                and convert_from(e.leaf, 'UTF8')::jsonb->'payload' ? 'kid')::int as left`,
    [subject],
  )
  return rows[0]!.left
}

// proves TL-VLT-005
describe('an erasure whose process is killed', () => {
  it(
    'before and after each of its steps is completed once by the next process, and certified once',
    async () => {
      const { twin, subject, erasure } = await confirmedErasure()
      expect(await leftOf(subject)).toBeGreaterThan(10)
      for (const [place, step] of STEPS.entries()) {
        await wedge.before(step)
        if (place === 0) {
          // Nobody will answer: the process dies first.
          void send(client, 'administrator', `/api/v1/privacy/erasures/${erasure}/execution`, {}).catch(() => undefined)
        } else await restart()
        await wedge.holds(step)
        await started(erasure)
        await die()
        expect(await recorded(subject)).not.toHaveProperty([step])
        await wedge.release()
        if (step === 'privacy.keys-destroyed') await dieBeforeKeysAreGone(subject)
      }
      await restart()
      expect(await service.ready()).toBe(true)
      const path = `/api/v1/privacy/erasures/${erasure}/certificate`
      await until('the certificate', async () => (await client.request('compliance', path)).ok)

      const once = ['privacy.erasure-started', ...STEPS].map((step) => [step, 1])
      expect(await recorded(subject)).toMatchObject(Object.fromEntries(once))
      expect(await leftOf(subject)).toBe(0)
      const { certificate } = await get<SignedCertificate>('compliance', path)
      expect(certificate).toMatchObject({ subject, erased: EVERYTHING, recipients: [RECIPIENT] })
      expect(certificate.payloads).toBeGreaterThan(10)
      const { facts } = await get<TwinView>('regulator', `/api/v1/twins/${twin}?detail=full`)
      expect([facts.length > 0, facts.filter(({ value }) => value !== null)]).toEqual([true, []])
    },
    PATIENCE_MS,
  )

  /** The sweep of a new process goes by the read model; without this the next look would be a minute later. */
  async function started(erasure: string): Promise<void> {
    await until('the read model knows of the start', async () => {
      const { rows } = await db.ownerPool.query(
        'select from read.erasure where erasure = $1 and started_at is not null',
        [erasure],
      )
      return rows.length > 0
    })
  }

  /** The log says that the keys are gone, and the vault still has them. */
  async function dieBeforeKeysAreGone(subject: string): Promise<void> {
    await wedge.beforeRowsOf('vault.destruction')
    await restart()
    await wedge.holds('the destruction')
    await die()
    expect(await recorded(subject)).toMatchObject({ 'privacy.keys-destroyed': 1 })
    expect(await leftOf(subject)).toBeGreaterThan(10)
    await wedge.release('vault.destruction')
  }
})

// proves TL-RET-002
describe('an erasure that the law forbids since its decision', () => {
  it('is stopped by the next process where the one that opened its request again was killed in between', async () => {
    const { subject, erasure, request } = await confirmedErasure(1)
    await enrol(subject)
    await wedge.before('privacy.erasure-stopped')
    void send(client, 'administrator', `/api/v1/privacy/erasures/${erasure}/execution`, {}).catch(() => undefined)
    await wedge.holds('the stop')
    await until('the read model knows that the request is open again', async () => {
      const { rows } = await db.ownerPool.query<{ status: string }>(
        'select status from read.privacy_request where request = $1',
        [request],
      )
      return rows[0]?.status === 'prepared'
    })
    await die()
    expect(await recorded(subject)).not.toHaveProperty(['privacy.erasure-stopped'])
    await wedge.release()
    await restart()
    await until('the stop', async () => 'privacy.erasure-stopped' in (await recorded(subject)))
    expect(await recorded(subject)).toMatchObject({ 'privacy.erasure-confirmed': 1, 'privacy.erasure-stopped': 1 })
    expect(await leftOf(subject)).toBeGreaterThan(10)
  })

  /** A trial's record is kept for its term. */
  async function enrol(subject: string): Promise<void> {
    const protocol = { id: 'PROT-9', version: '1.0' }
    const description = { code: 'KEPT-1', title: 'A trial', sponsor: 'evaluation-sponsor', protocol }
    const { trial } = await post<{ trial: string }>('sponsor', '/api/v1/trials', description)
    await post('sponsor', `/api/v1/trials/${trial}/sites`, { site: DEMO_SITE, country: 'DE' })
    const scope = { ...RESEARCH, purposes: ['CLINTRCH'], trials: [trial] }
    const consent = { scope, notice: NOTICE, method: 'paper', by: 'subject' }
    await post('investigator', `/api/v1/subjects/${subject}/consents`, consent)
    await post('investigator', `/api/v1/trials/${trial}/enrolments`, { subject, site: DEMO_SITE })
  }
})
