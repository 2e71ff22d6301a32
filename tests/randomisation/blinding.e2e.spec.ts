/** Whoever is blinded reads everything there is to read about two participants, and cannot tell their arms apart. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { CommandBus } from '@nestjs/cqrs'
import { DEMO_SPONSOR } from '../../src/identity/evaluation-issuer/accounts.js'
import { permission } from '../../src/identity/policy.js'
import type { Role } from '../../src/identity/roles.js'
import { asService } from '../../src/journal/service-actor.js'
import { ReportOverdueUnblindings } from '../../src/randomisation/commands/report-overdue-unblindings.js'
import { RequestUnblinding } from '../../src/randomisation/commands/request-unblinding.js'
import { UnblindTrial } from '../../src/randomisation/commands/unblind-trial.js'
import { BLINDABLE_ROLES } from '../../src/randomisation/events.js'
import { unzipped } from '../audit/support/unzip.js'
import { expected, refusal } from '../e2e/support/clinic.js'
import { routesOf, type Route } from '../identity/support/routes.js'
import { caughtUp } from '../privacy/support.js'
import { allPages } from '../support/all-pages.js'
import type { SignatureReceipt } from '../../src/signatures/commands/sign-record.js'
import { Signing } from '../signatures/support.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { until } from '../support/until.js'
import { ARM_WORDS, BlindTrial, LONG_ARM, SHORT_ARM, type Participant } from './support-e2e.js'

let test: TestService
let made: BlindTrial
let routes: Route[]
beforeAll(async () => {
  test = await startTestService()
  made = await BlindTrial.at(test)
  routes = routesOf(test.service.app).filter(({ method, action }) => method === 'GET' && action !== undefined)
})
afterAll(() => test.stop())

/** Hashes of the log, which are the same for everybody who may see them and differ for any two entries. */
const OF_THE_LOG = /^GET \/log\//
/** What the design of a trial says is public: it names arms, and nobody who is in them. */
const OF_THE_DESIGN = 'GET /api/v1/trials/:trial/randomisation'

interface Answer {
  status: number
  text: string
}

async function ask(token: string, path: string): Promise<Answer> {
  const answer = await test.fetch(path, { headers: { authorization: `Bearer ${token}` } })
  const body = Buffer.from(await answer.arrayBuffer())
  const files = answer.headers.get('content-type') === 'application/zip' ? await unzipped(body) : null
  const text = files ? [...files].map(([name, content]) => `${name}\n${content}`).join('\n') : body.toString()
  return { status: answer.status, text }
}

/** What differs between any two people goes: ids, codes, numbers, times, digests. What is left has the same length or tells. */
const normalised = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, 'U')
    .replace(/[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+/g, (jwe) => `<JWE of ${jwe.length}>`)
    .replace(/[A-Za-z0-9_-]{20,}/g, (long) => `<long of ${long.length}>`)
    .replace(/\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/g, 'C')
    .replace(/(?<!of \d*)\d[\d.:TZ-]*/g, '#')

/** Paths with what one participant's record is known by to an account. */
async function idsOf(
  account: string,
  { twin, subject, code, run, receipt }: Participant,
): Promise<Record<string, string>> {
  const own = { id: twin, twin, subject, trial: made.trial, code, run, position: String(receipt.position) }
  if (account !== 'modeller' && account !== 'sponsor') return own
  const listed = await expected<{ runs: { run: string; twin: string }[] }>(
    200,
    made.get(account, `/api/v1/simulations?trial=${made.trial}&limit=50`),
  )
  const veiled = listed.runs.find((one) => one.run === run)?.twin ?? twin
  return { ...own, id: veiled, twin: veiled }
}

/** Routes that name a participant or nobody; those that name something else, such as a cohort, have no two answers to compare. */
const isOfPeople = (path: string): boolean =>
  [...path.matchAll(/:(\w+)/g)].every(([, name]) => NAMES.includes(name!)) &&
  !/^\/api\/v1\/(?!twins)\w+\/:id\b/.test(path)
const NAMES = ['id', 'twin', 'subject', 'trial', 'code', 'run', 'position']

const filled = (path: string, ids: Record<string, string>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => ids[name]!).replace(/\*\w+/g, '000')

/** Query strings by which lists are asked for one person or one trial. */
const narrowed = (route: Route, ids: Record<string, string>): string[] => {
  const path = filled(route.path, ids)
  if (/\/audit$/.test(path)) return [`${path}?trial=${ids.trial}&enrolmentCode=${ids.code}&limit=100`]
  if (/\/audit\/export$/.test(path))
    return ['csv', 'ndjson'].map((format) => `${path}?format=${format}&trial=${ids.trial}&enrolmentCode=${ids.code}`)
  if (/\/(RiskAssessment|DetectedIssue)$/.test(path)) return [`${path}?subject=${ids.subject}`]
  if (/\/simulations$/.test(path)) return [`${path}?twin=${ids.twin}`]
  if (/\/coverage$/.test(path)) return [`${path}?purpose=CLINTRCH&trial=${ids.trial}`]
  return [path]
}

// proves TL-TRL-004
describe('a blinded trial', () => {
  it.each(BLINDABLE_ROLES)(
    'answers a %s about participants of two arms alike, route by route, and names no arm',
    async (account) => {
      const asked = routes.filter(({ action, path }) => permission(account, action!) !== 'deny' && isOfPeople(path))
      const wrong: string[] = []
      let told = 0
      const [one, other] = (await Promise.all(made.participants.map((participant) => idsOf(account, participant)))) as [
        Record<string, string>,
        Record<string, string>,
      ]
      const tokenFor = async ({ subject }: Record<string, string>) => {
        if (account === 'participant') made.issuer.accounts.assign('participant', { subject: subject! })
        return made.issuer.issueToken(account)
      }
      const [first, second] = [await tokenFor(one), await tokenFor(other)]
      // One after the other: what is read is recorded, and two sequences that overlap would differ by chance.
      for (const route of asked)
        for (const [index, path] of narrowed(route, one).entries()) {
          const [left, right] = [await ask(first, path), await ask(second, narrowed(route, other)[index]!)]
          if (left.status === 200) told++
          if (left.status >= 500 || left.status !== right.status) wrong.push(`${path}: ${left.status}, ${right.status}`)
          if (route.name !== OF_THE_DESIGN && ARM_WORDS.test(left.text + right.text))
            wrong.push(`${path}: names an arm`)
          if (
            /\/:/.test(route.path) &&
            !OF_THE_LOG.test(route.name) &&
            normalised(left.text) !== normalised(right.text)
          )
            wrong.push(`${path}: ${normalised(left.text)}\n${normalised(right.text)}`)
        }
      expect(wrong).toEqual([])
      expect(told).toBeGreaterThan(10)
    },
  )

  it.each(BLINDABLE_ROLES)('refuses a %s the arm, a filter and a list by it, with one code', async (account) => {
    if (account === 'participant')
      made.issuer.accounts.assign('participant', { subject: made.participants[0]!.subject })
    const { code } = made.participants[0]!
    for (const path of [
      `enrolments/${code}/allocation`,
      'allocations?show=arm',
      'allocations?arm=QZWKJVX',
      'allocations?arm=none',
    ]) {
      if (permission(account, path.startsWith('allocations') ? 'trial.read' : 'allocation.read') === 'deny') continue
      expect([path, ...(await refusal(made.get(account, `/api/v1/trials/${made.trial}/${path}`)))]).toEqual([
        path,
        403,
        'arm-blinded',
      ])
    }
  })

  it('gives numbers that say nothing, and the same answer but for them', () => {
    const [one, other] = made.participants.map(({ receipt }) => receipt)
    expect(normalised(JSON.stringify(one))).toBe(normalised(JSON.stringify(other)))
    expect(one!.number).not.toBe(other!.number)
  })

  it('lies in the database in ciphertexts of one length, and no arm in clear but in the design', async () => {
    const { rows } = await test.db.ownerPool.query<{ type: string; size: number; clear: string }>(
      `select convert_from(leaf, 'UTF8')::jsonb->>'type' as type, octet_length(stored) as size,
              encode(stored, 'escape') as clear
         from ledger.event join ledger.payload using (position) order by position`,
    )
    const sizes = rows.filter(({ type }) => type === 'randomisation.arm-allocated').map(({ size }) => size)
    expect(sizes).toEqual([sizes[0], sizes[0]])
    const naming = rows.filter(({ clear }) => ARM_WORDS.test(clear)).map(({ type }) => type)
    expect(naming).toEqual(['randomisation.designed'])
    const read = await test.db.ownerPool.query<{ row: string }>('select a::text as row from read.allocation a')
    expect(read.rows.filter(({ row }) => ARM_WORDS.test(row))).toEqual([])
    expect(test.logged()).not.toMatch(ARM_WORDS)
  })

  it('opens arms and list to who holds the list, and to the regulator, on record', async () => {
    const arms = (as: string) =>
      expected<{ allocations: { arm: string }[] }>(
        200,
        made.get(as, `/api/v1/trials/${made.trial}/allocations?show=arm`),
      )
    for (const account of ['randomisation-manager', 'regulator']) {
      expect((await arms(account)).allocations.map(({ arm }) => arm)).toEqual([LONG_ARM.arm, SHORT_ARM.arm])
      const { lists } = await expected<{ lists: object[] }>(
        200,
        made.get(account, `/api/v1/trials/${made.trial}/randomisation/lists`),
      )
      expect(lists).toHaveLength(1)
    }
    await caughtUp(test)
    const trail = await ask(
      await made.issuer.issueToken('regulator'),
      `/api/v1/audit?subject=${made.participants[0]!.subject}&limit=500`,
    )
    expect(trail.text).toContain('randomisation-manager read 1 value(s): arm.')
  })

  it('is not longer than can be sealed at once, over all its strata', async () => {
    const path = `/trials/${made.trial}/randomisation/lists`
    const generated = { blockSizes: [2], places: 10_000, sites: ['site-1', 'site-2', 'site-3'] }
    expect(await refusal(made.send('randomisation-manager', path, generated))).toEqual([422, 'list-too-long'])
    const imported = generated.sites.map((stratum) => ({ stratum, arms: Array<string>(7_000).fill(SHORT_ARM.arm) }))
    expect(await refusal(made.send('randomisation-manager', path, { imported }))).toEqual([422, 'list-too-long'])
  })

  it('is closed to a manager of another trial', async () => {
    made.issuer.accounts.assign('randomisation-manager', { trials: [randomUUID()] })
    const denied = await refusal(made.get('randomisation-manager', `/api/v1/trials/${made.trial}/randomisation/lists`))
    expect(denied).toEqual([403, 'other-trial'])
    made.issuer.accounts.assign('randomisation-manager', { trials: [made.trial] })
  })

  it('tells the person, in the copy of their data, that the arm is withheld and why', async () => {
    const about = await accessPackOf(made.participants[0]!)
    expect(about).toMatchObject({
      arms: [{ trial: made.trial, arm: null, withheld: expect.stringContaining('Art 15(4)') }],
    })
  })
})

/** As the person takes it. */
async function accessPackOf({ subject }: Participant): Promise<{ arms: object[] }> {
  const asked = { subject, kind: 'access', channel: 'paper', statement: 'Show me my data.' }
  const { request } = await made.post<{ request: string }>('compliance', '/privacy/requests', 201, asked)
  await made.post('compliance', `/privacy/requests/${request}/identity-check`, 200, {
    method: 'document',
    confirmed: true,
  })
  await made.post('compliance', `/privacy/requests/${request}/decision`, 200, { outcome: 'granted' })
  made.issuer.accounts.assign('participant', { subject })
  const answer = await made.get('participant', `/api/v1/privacy/requests/${request}/copy`)
  const files = await unzipped(Buffer.from(await answer.arrayBuffer()))
  return JSON.parse(files.get('about.json')!.toString()) as { arms: object[] }
}

// proves TL-TRL-005
describe('an emergency', () => {
  const words = { reason: 'emergency-treatment', explanation: 'The antidote depends on what was given.' }
  let unblinding: string

  it('opens one arm to the doctor who asks, raises an alarm, and leaves everybody else blinded', async () => {
    const { code } = made.participants[0]!
    const opened = await made.post<{ unblinding: string; arm: string }>(
      'investigator',
      `/trials/${made.trial}/enrolments/${code}/unblinding`,
      201,
      words,
    )
    expect(opened.arm).toBe(LONG_ARM.arm)
    ;({ unblinding } = opened)
    const path = `/api/v1/trials/${made.trial}/enrolments/${code}/allocation`
    expect(await expected(200, made.get('investigator', path))).toEqual({ code, arm: LONG_ARM.arm })
    expect(await refusal(made.get('sponsor', path))).toEqual([403, 'arm-blinded'])
    const other = path.replace(code, made.participants[1]!.code)
    expect(await refusal(made.get('investigator', other))).toEqual([403, 'arm-blinded'])
    expect(test.logged()).toContain('participant-unblinded')
  })

  it('raises an alarm, once, when nobody reviewed it within 72 hours', async () => {
    const later = new Date(Date.now() + 73 * 3_600_000).toISOString()
    const sweep = () => test.service.app.get(CommandBus).execute(new ReportOverdueUnblindings(asService(), later))
    await caughtUp(test)
    expect(await sweep()).toEqual({ reported: 1 })
    await caughtUp(test)
    expect(await sweep()).toEqual({ reported: 0 })
    expect(test.logged()).toContain('unblinding-review-overdue')
    expect(await (await test.fetch('/metrics')).text()).toContain('unblinding_reviews_overdue 1')
    const { unblindings } = await expected<{ unblindings: object[] }>(200, made.get('qa', '/api/v1/unblindings'))
    expect(unblindings).toMatchObject([{ unblinding, trial: made.trial, code: made.participants[0]!.code }])
    const trail = await made.get('regulator', `/api/v1/audit?trial=${made.trial}&limit=500`)
    expect(await trail.text()).toContain('The review of an emergency unblinding is overdue.')
  })

  it('is reviewed by somebody else', async () => {
    const path = `/trials/${made.trial}/unblindings/${unblinding}/review`
    expect(await refusal(made.send('investigator', path, { finding: 'justified' }))).toEqual([
      403,
      'action-not-permitted',
    ])
    await made.post('qa', path, 200, { finding: 'justified' })
    const { unblindings } = await expected<{ unblindings: object[] }>(
      200,
      made.get('compliance', `/api/v1/trials/${made.trial}/unblindings`),
    )
    expect(unblindings).toMatchObject([
      { unblinding, reason: words.reason, overdue: false, review: { finding: 'justified' } },
    ])
    await caughtUp(test)
    expect(await expected(200, made.get('qa', '/api/v1/unblindings'))).toEqual({ unblindings: [] })
    expect(await (await test.fetch('/metrics')).text()).toContain('unblinding_reviews_overdue 0')
  })
})

describe('emergencies that wait for a review', () => {
  const LATER = ['00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000001']
  const EARLIER = '00000000-0000-4000-8000-000000000002'
  const db = () => test.db.ownerPool
  beforeAll(async () => {
    const row = (id: string, day: number) => `('${id}', '${id}', 'K7QX-9M2T', '${id}', '2099-01-0${day}T00:00:00Z')`
    const rows = [...LATER.map((id) => row(id, 3)), row(EARLIER, 2)]
    await db().query(`insert into read.unblinding (unblinding, trial, code, actor, opened_at) values ${rows.join()}`)
  })
  afterAll(() => db().query('delete from read.unblinding where unblinding = any ($1)', [[...LATER, EARLIER]]))

  it('are listed page by page, the one due first at the head', async () => {
    type Page = { unblindings: { unblinding: string }[]; next?: string }
    const pages = await allPages((query) => expected<Page>(200, made.get('qa', `/api/v1/unblindings${query}`)))
    expect(pages.map((page) => page.unblindings[0]!.unblinding)).toEqual([EARLIER, LATER[1], LATER[0]])
  })
})

// proves TL-TRL-006
describe('the end of the trial', () => {
  const ask = (more: object = {}) =>
    made.send('sponsor', `/trials/${made.trial}/unblinding-requests`, {
      openTo: ['sponsor', 'participant'],
      reason: 'planned-analysis',
      ...more,
    })
  const unblind = (request: string) => made.send('sponsor', `/trials/${made.trial}/unblinding`, { request })
  /** Somebody else of the same sponsor. */
  const colleague = () => ({
    actor: { id: randomUUID(), role: 'sponsor', org: DEMO_SPONSOR },
    correlation: randomUUID(),
  })
  let signing: Signing
  let approval: SignatureReceipt
  beforeAll(async () => {
    signing = await Signing.at(test)
    for (const [account, name] of Object.entries({ sponsor: 'Sponsor One', qa: 'Quinn Assurance' }))
      await signing.attest(account, name)
  })

  it('is asked for once data are locked and plans frozen, and by a reason where there is no plan', async () => {
    expect(await refusal(ask())).toEqual([409, 'data-not-locked'])
    const plan = { version: '1.0', digest: 'a'.repeat(64), score: 'cvd.prevent-2023' }
    const registered = await made.post<{ plan: string }>('sponsor', `/trials/${made.trial}/analysis-plans`, 201, plan)
    expect(await refusal(made.send('sponsor', `/trials/${made.trial}/data-lock`))).toEqual([409, 'trial-open'])
    await made.post('sponsor', `/trials/${made.trial}/closure`, 200, { reason: 'completed' })
    await made.post('sponsor', `/trials/${made.trial}/data-lock`, 200)
    expect(await refusal(ask())).toEqual([409, 'analysis-plan-not-frozen'])
    const { digest } = await made.post<{ digest: string }>(
      'sponsor',
      `/trials/${made.trial}/analysis-plans/${registered.plan}/freezing`,
      200,
    )
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(await refusal(ask({ withoutPlan: 'no-analysis' }))).toEqual([409, 'analysis-plan-registered'])
  })

  it('is approved by the signature of somebody who neither asks nor opens, on the very request', async () => {
    const { request, stream } = await expected<{ request: string; stream: string }>(201, ask())
    expect(await refusal(unblind(request))).toEqual([409, 'signature-missing'])
    expect((await signing.open('sponsor', stream, 0, 'approval')).body.code).toBe('signer-is-author')
    // A colleague asks, and the sponsor who laid down arms and plans signs: neither of them opens it with that.
    const commands = test.service.app.get(CommandBus)
    const asked = { trial: made.trial, openTo: ['sponsor'], reason: 'planned-analysis', withoutPlan: null } as const
    const theirs = await commands.execute(new RequestUnblinding(colleague(), asked))
    await signing.signed('sponsor', theirs.stream, 0, 'approval')
    expect(await refusal(unblind(theirs.request))).toEqual([409, 'signature-missing'])
    await expect(
      commands.execute(new UnblindTrial(colleague(), { trial: made.trial, request: theirs.request })),
    ).rejects.toMatchObject({ code: 'signature-missing' })

    approval = await signing.signed('qa', stream, 0, 'approval')
    expect(await refusal(unblind(randomUUID()))).toEqual([404, 'unblinding-request-not-found'])
    expect((await unblind(request)).status).toBe(200)
    const { unblindingRequests } = await expected<{ unblindingRequests: object[] }>(
      200,
      made.get('qa', `/api/v1/trials/${made.trial}/randomisation`),
    )
    expect(unblindingRequests[0]).toMatchObject({
      request,
      stream,
      reason: 'planned-analysis',
      openTo: ['sponsor', 'participant'],
      plans: [{ version: '1.0' }],
      withoutPlan: null,
    })
  })

  it('opens them to those who were named, and to nobody else', async () => {
    const path = `/api/v1/trials/${made.trial}/allocations?show=arm`
    const { allocations } = await expected<{ allocations: { arm: string }[] }>(200, made.get('sponsor', path))
    expect(allocations.map(({ arm }) => arm)).toEqual([LONG_ARM.arm, SHORT_ARM.arm])
    const filtered = await expected<{ allocations: object[] }>(
      200,
      made.get('sponsor', `/api/v1/trials/${made.trial}/allocations?arm=QZWKJVX`),
    )
    expect(filtered.allocations).toHaveLength(1)
    for (const account of ['steward', 'compliance', 'investigator'] satisfies Role[])
      expect(await refusal(made.get(account, path))).toEqual([403, 'arm-blinded'])
  })

  it('tells the person their arm', async () => {
    expect(await accessPackOf(made.participants[1]!)).toMatchObject({
      arms: [{ trial: made.trial, arm: SHORT_ARM.arm }],
    })
  })

  it('marks a plan that is frozen afterwards', async () => {
    const late = { version: '2.0', digest: 'b'.repeat(64) }
    const { plan } = await made.post<{ plan: string }>('sponsor', `/trials/${made.trial}/analysis-plans`, 201, late)
    await made.post('sponsor', `/trials/${made.trial}/analysis-plans/${plan}/freezing`, 200)
    const { plans } = await expected<{ plans: object[] }>(
      200,
      made.get('sponsor', `/api/v1/trials/${made.trial}/randomisation`),
    )
    expect(plans).toMatchObject([{ frozen: { afterUnblinding: false } }, { frozen: { afterUnblinding: true } }])
  })

  it('leaves the approving signature standing, whatever was recorded since', async () => {
    expect(await signing.read('regulator', `/api/v1/signatures/${approval.signature}`)).toMatchObject({
      status: 'valid',
    })
  })

  it('marks a design that is computed for the trial afterwards', async () => {
    const order = { model: 'trial.sample-size', parameters: { kind: 'two means t-test', delta: 3, sd: 10, power: 0.9 } }
    const marked = async (trial?: string): Promise<boolean> => {
      const { design } = await made.post<{ design: string }>('sponsor', '/designs', 201, {
        ...order,
        ...(trial && { trial }),
      })
      return (await expected<{ afterUnblinding: boolean }>(200, made.get('sponsor', `/api/v1/designs/${design}`)))
        .afterUnblinding
    }
    expect([await marked(), await marked(made.trial)]).toEqual([false, true])
  })
})

// proves TL-TRL-007
describe('the locked data', () => {
  const PULSE = {
    kind: 'observation',
    source: { system: 'clinic-ehr' },
    code: { system: 'http://loinc.org', code: '8867-4' },
    status: 'final',
    quantity: { value: 71, unit: '/min' },
  }
  /** The plan adjusts for this score, so that it is one of baseline. */
  const order = () => ({
    twin: made.participants[0]!.twin,
    model: 'cvd.prevent-2023',
    purpose: 'CLINTRCH',
    day: baselineDay,
  })
  let baselineDay: string
  let randomisedAt: string
  beforeAll(async () => {
    const path = `/api/v1/trials/${made.trial}/allocations`
    const page = await expected<{ allocations: { code: string; randomisedAt: string }[] }>(
      200,
      made.get('regulator', path),
    )
    ;({ randomisedAt } = page.allocations.find(({ code }) => code === made.participants[0]!.code)!)
    baselineDay = randomisedAt.slice(0, 10)
  })
  const runOf = async (more: object = {}) => {
    const { run } = await made.post<{ run: string }>('investigator', '/simulations', 201, { ...order(), ...more })
    const { request } = await expected<{ request: { twinRevision: number; dataLockedBelow?: number } }>(
      200,
      made.get('investigator', `/api/v1/simulations/${run}`),
    )
    return request
  }
  const twinPath = () => `/twins/${made.participants[0]!.twin}`
  const revisionNow = async () =>
    (await expected<{ revision: number }>(200, made.get('investigator', `/api/v1${twinPath()}`))).revision
  const changes = async (account = 'sponsor') =>
    expected<{ participants: { code: string; entries: number; changes: Change[] }[] }>(
      200,
      made.get(account, `/api/v1/trials/${made.trial}/data-lock/changes`),
    )
  interface Change {
    type: string
    corrects: boolean
    inData: boolean
  }
  let locked: number
  let below: number

  it('are what a run in the trial takes, whatever care records afterwards', async () => {
    const lock = await expected<{ lockedBelow: number }>(
      200,
      made.get('regulator', `/api/v1/trials/${made.trial}/data-lock`),
    )
    below = lock.lockedBelow
    locked = await revisionNow()
    const observations = await expected<{ id: string }[]>(
      200,
      made.get('investigator', `/api/v1${twinPath()}/facts?status=current&kind=observation`),
    )
    // One that no run rests on, so that they can go on.
    const run = await (await made.get('investigator', `/api/v1/simulations/${made.participants[0]!.run}`)).text()
    const held = observations.find(({ id }) => !run.includes(id))
    const words = { reason: 'entry-error', explanation: 'One digit too many.', replacement: PULSE }
    await made.post('investigator', `${twinPath()}/facts/${held!.id}/corrections`, 200, words)
    await made.post('investigator', `${twinPath()}/facts`, 200, { facts: [PULSE] })
    await caughtUp(test)
    const now = await revisionNow()
    expect(now).toBeGreaterThan(locked)
    expect(await runOf({ trial: made.trial })).toMatchObject({ twinRevision: locked, dataLockedBelow: below })
    const newer = { ...order(), trial: made.trial, twinRevision: now }
    expect(await refusal(made.send('investigator', '/simulations', newer))).toEqual([409, 'after-data-lock'])
    // Outside the trial the record is what it is.
    const outside = await runOf({ purpose: 'HRESCH' })
    expect(outside.twinRevision).toBeGreaterThanOrEqual(now)
    expect(outside).not.toHaveProperty('dataLockedBelow')
  })

  it('are what the runs of a cohort in the trial take', async () => {
    const { twin, ...rest } = order()
    const asked = { ...rest, twins: [twin], trial: made.trial }
    const { cohort } = await made.post<{ cohort: string }>('modeller', '/cohorts', 202, asked)
    const path = `/api/v1/simulations?trial=${made.trial}&limit=50`
    const runOfCohort = async () => {
      const { runs } = await expected<{ runs: { run: string; cohort: string | null; status: string }[] }>(
        200,
        made.get('regulator', path),
      )
      return runs.find((run) => run.cohort === cohort && run.status === 'completed')
    }
    await until('the cohort has run', async () => (await runOfCohort()) !== undefined)
    const { run } = (await runOfCohort())!
    const shown = await expected<{ request: object }>(200, made.get('regulator', `/api/v1/simulations/${run}`))
    expect(shown.request).toMatchObject({ twinRevision: locked, dataLockedBelow: below, cohort })
  })

  // proves TL-TRL-008
  it('give no prognostic score that rests on anything after the randomisation', async () => {
    const tomorrow = new Date(Date.parse(randomisedAt) + 86_400_000).toISOString().slice(0, 10)
    const asked = { ...order(), trial: made.trial, day: tomorrow }
    const answer = await made.send('investigator', '/simulations', asked)
    const { code, reasons } = (await answer.json()) as { code: string; reasons: object[] }
    expect([answer.status, code]).toEqual([422, 'inputs-refused'])
    expect(reasons).toContainEqual({ input: 'day', code: 'after-randomisation', limit: baselineDay })
  })

  it('are listed beside what came after them, by code and without a value', async () => {
    const { participants } = await changes()
    expect(participants.map(({ code }) => code)).toEqual(made.participants.map(({ code }) => code))
    const [first, second] = participants
    expect(first!.entries).toBeGreaterThan(0)
    const recorded = first!.changes.filter(({ type }) => !type.startsWith('twin.quality-finding'))
    expect(recorded.map(({ type, corrects, inData }) => [type, corrects, inData])).toEqual([
      ['twin.fact-corrected', true, false],
      ['twin.observation-recorded', false, false],
    ])
    expect(second!.changes).toEqual([])
    expect(JSON.stringify(participants)).not.toContain('One digit too many')
  })

  it('change only by an unlocking that the sponsor asks for with a reason and quality assurance agrees to', async () => {
    const path = `/trials/${made.trial}/data-lock`
    const asked = { reason: 'data-wrong', digest: 'c'.repeat(64) }
    const { unlocking } = await made.post<{ unlocking: string }>('sponsor', `${path}/unlockings`, 201, asked)
    const decision = `${path}/unlockings/${unlocking}/decision`
    expect(await refusal(made.send('sponsor', decision, { outcome: 'approved' }))).toEqual([
      403,
      'action-not-permitted',
    ])
    expect(await runOf({ trial: made.trial })).toMatchObject({ twinRevision: locked })
    await made.post('qa', decision, 200, { outcome: 'approved' })
    const unlocked = await runOf({ trial: made.trial })
    expect(unlocked.twinRevision).toBeGreaterThan(locked)
    expect(unlocked).not.toHaveProperty('dataLockedBelow')

    const again = await made.post<{ below: number }>('sponsor', path, 200)
    expect(await runOf({ trial: made.trial })).toMatchObject({ dataLockedBelow: again.below })
    const shown = await expected(200, made.get('regulator', `/api/v1${path}`))
    expect(shown).toMatchObject({
      lockedBelow: again.below,
      locks: [{ below }, { below: again.below }],
      unlockings: [{ ...asked, decision: { outcome: 'approved', afterUnblinding: true } }],
    })
    const { participants } = await changes()
    expect(participants[0]!.changes.every(({ inData }) => inData)).toBe(true)
  })
})
