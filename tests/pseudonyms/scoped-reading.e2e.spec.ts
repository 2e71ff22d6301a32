import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { holdsNoPeople } from '../../src/pseudonyms/paths-without-people.js'
import { openAuthentication } from '../../src/authentication.js'
import type { EvaluationIssuer } from '../../src/identity/evaluation-issuer/create-evaluation-issuer.js'
import { expected, generatedPatient, ingest, readTwin, refusal, send } from '../e2e/support/clinic.js'
import { caughtUp } from '../privacy/support.js'
import { Signing } from '../signatures/support.js'
import { runModelsFromSources } from '../simulations/support/runner.js'
import { until } from '../support/until.js'
import { publishNotice } from '../support/published-notice.js'
import { crawl, readablePaths, tellingParts, type Answer } from './support/crawl.js'
import { knownWithin } from './support/known-within.js'
import { idsOfPeople, RecordsInTwoTrials, registered } from './support/two-trials.js'
import { startTestService, type TestService } from '../support/test-service.js'

const SITE = 'evaluation-site-1'
const NOTICE = { id: 'heart-trial', version: '1.0', language: 'en' }

interface Trail {
  entries: { type: string; sentence: string; actor: { role: string } }[]
}

interface Entry {
  stream: string | null
  revision: number | null
  sentence: string
}

interface TrialTwins {
  twins: { twin: string; trial: string; code: string }[]
}

describe('one person in two trials', () => {
  let test: TestService
  let issuer: EvaluationIssuer
  let twin: string
  let subject: string
  let outsider: { twin: string; subject: string }
  let heart: string
  let kidney: string
  beforeAll(async () => {
    test = await startTestService()
    await publishNotice(test.service, NOTICE)
    runModelsFromSources(test.service.app)
    issuer = (await openAuthentication(test.configuration)).issuer!
    ;({ twin } = await ingest(test, generatedPatient(0)))
    const { twin: other } = await ingest(test, generatedPatient(1))
    outsider = await readTwin(test, 'steward', other)
    ;({ subject } = await readTwin(test, 'steward', twin))
    ;[heart, kidney] = [await trial('HEART-1'), await trial('KIDNEY-1')]
    const research = { purposes: ['HRESCH'], duo: ['DUO:0000042'], modelClasses: 'any', dataCategories: 'any' }
    await consent(subject, { ...research, controller: 'evaluation-clinic' })
    for (const name of ['sponsor', 'modeller']) issuer.accounts.assign(name, { trials: [heart, kidney] })
  })
  afterAll(() => test.stop())

  async function consent(person: string, scope: object): Promise<void> {
    const given = { scope, notice: NOTICE, method: 'paper', by: 'subject' }
    await expected(201, send(test, 'investigator', `/api/v1/subjects/${person}/consents`, given))
  }

  async function enrolled(person: string, id: string): Promise<void> {
    const any = { modelClasses: 'any', dataCategories: 'any', duo: [], controller: 'evaluation-clinic' }
    await consent(person, { ...any, purposes: ['CLINTRCH'], trials: [id] })
    const enrolment = { subject: person, site: SITE }
    await expected(201, send(test, 'investigator', `/api/v1/trials/${id}/enrolments`, enrolment))
  }

  /** A trial with the person enrolled and consenting. */
  async function trial(code: string): Promise<string> {
    const protocol = { id: code, version: '1' }
    const description = { code, title: 'A trial', sponsor: 'evaluation-sponsor', protocol }
    const { trial: id } = await expected<{ trial: string }>(201, send(test, 'sponsor', '/api/v1/trials', description))
    await send(test, 'sponsor', `/api/v1/trials/${id}/sites`, { site: SITE, country: 'DE' })
    await enrolled(subject, id)
    return id
  }

  /** Runs a model on the person outside of every trial, whatever comes of it. */
  async function researchRun(of: string): Promise<string> {
    const order = { model: 'cvd.prevent-2023', twin: of, purpose: 'HRESCH' }
    const answer = await send(test, 'investigator', '/api/v1/simulations', order)
    return ((await answer.json()) as { run: string }).run
  }
  const run = async (account: string, order: object) =>
    post(account, '/api/v1/simulations', { model: 'cvd.prevent-2023', ...order })
  const post = async (account: string, path: string, body: object) =>
    test.fetch(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${await issuer.issueToken(account)}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const readersOf = async (person: string) => {
    const path = `/api/v1/audit?subject=${person}&type=access.values-opened&limit=100`
    return (await expected<Trail>(200, test.request('compliance', path))).entries.map(({ actor }) => actor.role)
  }

  const as = async (account: string, path: string) =>
    test.fetch(path, { headers: { authorization: `Bearer ${await issuer.issueToken(account)}` } })
  const listed = async (account: string, query: string) =>
    (await expected<TrialTwins>(200, as(account, `/api/v1/twins?${query}`))).twins

  // proves TL-IDN-017
  it.each(['sponsor', 'modeller'])(
    'is listed to a %s under the code of each trial, by names that cannot be joined',
    async (account) => {
      const [inHeart, inKidney] = [await listed(account, `trial=${heart}`), await listed(account, `trial=${kidney}`)]
      expect([inHeart, inKidney].map(({ length }) => length)).toEqual([1, 1])
      const values = (row: object) => Object.entries(row).filter(([key]) => ['twin', 'code', 'trial'].includes(key))
      expect(values(inHeart[0]!).map(([, value]) => value)).not.toEqual(expect.arrayContaining([inKidney[0]!.twin]))
      const raw = JSON.stringify([inHeart, inKidney])
      expect(raw).not.toContain(twin)
      expect(raw).not.toContain(subject)
      expect(inHeart[0]!.twin).not.toBe(inKidney[0]!.twin)
      expect(await refusal(as(account, `/api/v1/twins/count?trial=${subject}`))).toEqual(
        account === 'sponsor' ? [403, 'other-trial'] : [200, undefined],
      )
    },
  )

  it('is counted to a sponsor trial by trial, so that no count tells who is in both', async () => {
    expect(await refusal(as('sponsor', '/api/v1/twins/count'))).toEqual([400, 'trial-missing'])
    expect(await expected(200, as('sponsor', `/api/v1/twins/count?trial=${heart}`))).toMatchObject({ twins: 1 })
  })

  // proves TL-IDN-017
  it('is read under that name, with no id of the record in any answer', async () => {
    const name = (await listed('modeller', `trial=${heart}`))[0]!.twin
    const view = await expected<{ twin: string; subject: string }>(200, as('modeller', `/api/v1/twins/${name}`))
    expect(view.twin).toBe(name)
    const paths = ['/facts', '/findings', '/readiness'].map((part) => `/api/v1/twins/${name}${part}`)
    const consents = [`/api/v1/subjects/${view.subject}/consents`, `/api/v1/subjects/${view.subject}/consents/uses`]
    for (const path of [...paths, ...consents]) {
      const text = await (await as('modeller', path)).text()
      expect([path, text.includes(twin), text.includes(subject), text.includes(kidney)]).toEqual([
        path,
        false,
        false,
        false,
      ])
    }
    expect(await refusal(as('modeller', `${consents[0]}/history`))).toEqual([403, 'consent-history-withheld'])
    expect(await refusal(as('modeller', `/api/v1/twins/${name}?detail=full`))).toEqual([403, 'action-not-permitted'])
  })

  it('cannot be taken from one trial into the other', async () => {
    const name = (await listed('modeller', `trial=${heart}`))[0]!.twin
    const order = { twin: name, model: 'cvd.prevent-2023', purpose: 'CLINTRCH', trial: kidney }
    const authorization = `Bearer ${await issuer.issueToken('modeller')}`
    const headers = { authorization, 'content-type': 'application/json' }
    const asked = test.fetch('/api/v1/simulations', { method: 'POST', headers, body: JSON.stringify(order) })
    expect(await refusal(asked)).toEqual([404, 'twin-not-found'])
    expect(await refusal(as('modeller', `/api/v1/twins/${name}?trial=${kidney}`))).toEqual([404, 'twin-not-found'])
  })

  it('is listed to a modeller for research under a third name', async () => {
    const forResearch = (await listed('modeller', ''))[0]!.twin
    const names = [...(await listed('modeller', `trial=${heart}`)), ...(await listed('modeller', `trial=${kidney}`))]
    expect([twin, ...names.map((row) => row.twin)]).not.toContain(forResearch)
    expect(await listed('modeller', '')).toHaveLength(1)
  })

  // proves TL-IDN-018
  it('is looked at by a regulator without the sponsor learning of it', async () => {
    const search = () => expected<Trail>(200, test.request('regulator', `/api/v1/audit?trial=${heart}&limit=3`))
    await search()
    await until('the search on the trail', async () =>
      (await search()).entries.some(({ type, actor }) => type === 'access.searched' && actor.role === 'regulator'),
    )
    const trail = await expected<Trail>(200, as('sponsor', `/api/v1/audit?trial=${heart}`))
    expect(trail.entries.length).toBeGreaterThan(0)
    expect(trail.entries.map(({ actor }) => actor.role)).not.toContain('regulator')
  })

  // proves TL-IDN-018
  it('keeps what an inspector lists where sponsors cannot read it, whichever list it is', async () => {
    const lists = ['/trials', `/trials/${heart}/enrolments`, '/simulations?limit=5', '/roster', '/twins?limit=5']
    for (const list of lists) await expected(200, test.request('regulator', `/api/v1${list}`))
    const told = await expected<Trail>(200, test.request('compliance', '/api/v1/audit?type=access.searched&limit=50'))
    const sentences = told.entries.map(({ sentence }) => sentence).join('\n')
    for (const what of ['trials', 'trials enrolments', 'simulations by limit', 'roster', 'twins by limit'])
      expect(sentences).toContain(`regulator searched the ${what}: `)
    const seen = await expected<Trail>(200, as('sponsor', `/api/v1/audit?trial=${heart}&limit=100`))
    expect(seen.entries.map(({ type }) => type)).not.toContain('access.searched')
  })

  // proves TL-IDN-019
  it('is registered at another site as anybody would be, so that nothing tells who is known elsewhere', async () => {
    issuer.accounts.assign('investigator', { site: 'site-elsewhere', org: 'clinic-elsewhere' })
    const token = await issuer.issueToken('investigator')
    const register = async (value: string) => {
      const custody = { controller: 'clinic-elsewhere', owner: 'site-elsewhere' }
      const body = { custody, source: 'clinic-ehr', identifiers: [{ system: 'urn:national', value }] }
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify(body) }
      const answer = await test.fetch('/api/v1/twins', init)
      const { code } = (await answer.json()) as { code?: string }
      return [answer.status, code]
    }
    const known = { custody: { controller: 'evaluation-clinic', owner: SITE }, source: 'clinic-ehr' }
    const identifiers = [{ system: 'urn:national', value: '756.1234' }]
    await expected(201, send(test, 'steward', '/api/v1/twins', { ...known, identifiers }))
    for (const value of ['756.1234', '756.9999']) {
      expect(await register(value)).toEqual([201, undefined])
      expect(await register(value)).toEqual([409, 'twin-exists'])
    }
  })

  describe('and another in none', () => {
    let research: string
    beforeAll(async () => {
      const path = `/api/v1/subjects/${outsider.subject}/consents`
      const any = { modelClasses: 'any', dataCategories: 'any', duo: [], controller: 'evaluation-clinic' }
      const scope = { ...any, purposes: ['CLINTRCH'], trials: [heart] }
      const asked = send(test, 'investigator', `${path}/requests`, { scope, notice: NOTICE })
      const { consent: request } = await expected<{ consent: string }>(201, asked)
      const refused = { method: 'paper', by: 'subject' }
      await expected(200, send(test, 'investigator', `${path}/${request}/refusal`, refused))
      research = await researchRun(outsider.twin)
    })

    // proves TL-IDN-022
    it('opens nobody to the sponsor of a trial that the person was asked about and refused', async () => {
      const consents = `/api/v1/subjects/${outsider.subject}/consents`
      const paths = [
        consents,
        `${consents}/uses`,
        `${consents}/coverage?purpose=CLINTRCH&trial=${heart}`,
        `/api/v1/simulations/${research}`,
        `/api/v1/twins/${outsider.twin}/meshes`,
        `/api/v1/twins/${outsider.twin}/readiness`,
        `/api/v1/twins/${outsider.twin}/body/body.glb`,
      ]
      for (const path of paths)
        expect([path, ...(await refusal(as('sponsor', path)))]).toEqual([path, 403, 'other-trial'])
    })

    // proves TL-IDN-022
    it('does not believe a trial that the caller names for somebody who is not in it', async () => {
      const parts = ['readiness', 'body/left-ventricle.glb']
      for (const account of ['sponsor', 'modeller'])
        for (const path of parts.map((part) => `/api/v1/twins/${outsider.twin}/${part}?trial=${heart}`))
          expect([account, path, ...(await refusal(as(account, path)))]).toEqual([account, path, 403, 'other-trial'])
      for (const account of ['sponsor', 'modeller']) {
        const order = { twin: outsider.twin, purpose: 'CLINTRCH', trial: heart }
        expect(await refusal(run(account, order))).toEqual([403, 'other-trial'])
      }
      expect(await readersOf(outsider.subject)).not.toEqual(expect.arrayContaining(['sponsor']))
      expect(await readersOf(outsider.subject)).not.toEqual(expect.arrayContaining(['modeller']))
    })

    // proves TL-IDN-022
    it('opens nothing for a run that consent refuses, so that whoever asked is no recipient of the data', async () => {
      expect(await refusal(run('modeller', { twin: outsider.twin, purpose: 'HRESCH' }))).toEqual([
        403,
        'consent-missing',
      ])
      const body = `/api/v1/twins/${outsider.twin}/body/left-ventricle.glb`
      expect(await refusal(as('modeller', body))).toEqual([403, 'consent-missing'])
      expect(await readersOf(outsider.subject)).not.toContain('modeller')
    })
  })

  // proves TL-IDN-022
  it('has runs outside of every trial, which are open to no sponsor', async () => {
    const outside = await researchRun(twin)
    expect(await refusal(as('sponsor', `/api/v1/simulations/${outside}`))).toEqual([403, 'other-trial'])
    const order = { twin, purpose: 'HRESCH' }
    expect(await refusal(run('sponsor', order))).toEqual([403, 'other-trial'])
  })

  describe('with everything on record that there can be', () => {
    const crawled = new Map<string, { answers: Answer[]; byTrial: Answer[][] }>()
    let ids: Set<string>
    beforeAll(async () => {
      issuer.accounts.assign('investigator', { site: SITE, org: 'evaluation-clinic' })
      const [present, leaving] = [await registered(test, { echoed: true }), await registered(test)]
      const research = { purposes: ['HRESCH'], duo: ['DUO:0000042'], modelClasses: 'any', dataCategories: 'any' }
      await consent(present.subject, { ...research, controller: 'evaluation-clinic' })
      for (const { subject: person } of [present, leaving]) for (const id of [heart, kidney]) await enrolled(person, id)
      const records = new RecordsInTwoTrials(test, await Signing.at(test), [heart, kidney])
      await records.make(present, leaving)
      await caughtUp(test)
      ids = await idsOfPeople(test)
      for (const account of ['sponsor', 'modeller'] as const) {
        const paths = readablePaths(test, account)
        const byTrial: Answer[][] = []
        for (const trial of [heart, kidney]) {
          const known = await knownWithin(trial, (path) => as(account, path))
          const headers = { authorization: `Bearer ${await issuer.issueToken(account)}` }
          const ask = (path: string) => fetch(`${test.url}${path}`, { headers })
          const queries = ['limit=1', `trial=${trial}`, `trial=${trial}&limit=1`]
          byTrial.push(await crawl(ask, paths, known, queries))
        }
        crawled.set(account, { answers: byTrial.flat(), byTrial })
      }
    }, 600_000)

    // proves TL-IDN-017
    it.each(['sponsor', 'modeller'])('answers a %s with no id of anybody’s record, on no path', (account) => {
      const told = crawled.get(account)!.answers.flatMap(({ path, text }) => {
        const found = [...new Set(text.toLowerCase().match(new RegExp(ANY_ID, 'g')))].filter((id) => ids.has(id))
        return found.length === 0 ? [] : [`${path}: ${found.length}`]
      })
      expect([...new Set(told)]).toEqual([])
    })

    // proves TL-IDN-017
    it.each(['sponsor', 'modeller'])('shows a %s no place of an entry in a stream that is withheld', (account) => {
      const pages = crawled.get(account)!.answers.filter(({ path }) => path.startsWith('/api/v1/audit?trial='))
      const entries = pages.flatMap(({ body }) => (JSON.parse(body) as { entries: Entry[] }).entries)
      const withheld = entries.filter(({ stream }) => stream === null)
      expect(withheld.length).toBeGreaterThan(0)
      expect(withheld.filter(({ revision }) => revision !== null)).toEqual([])
      expect(entries.map(({ sentence }) => sentence).filter((told) => /revision \d/.test(told))).toEqual([])
    })

    // proves TL-IDN-017
    it('tells a sponsor of an erasure trial by trial, by the names that they know', async () => {
      type Notices = { items: { twins: string[]; trial: string }[] }
      const { items } = await expected<Notices>(200, as('sponsor', '/api/v1/privacy/notices'))
      expect(items.map(({ trial }) => trial).sort()).toEqual([heart, kidney].sort())
      for (const { twins, trial } of items) {
        const names = (await listed('sponsor', `trial=${trial}`)).map((row) => row.twin)
        expect(names).toEqual(expect.arrayContaining(twins))
      }
    })

    // proves TL-IDN-017
    it('chooses for a cohort of a modeller no participants of another trial', async () => {
      const headers = {
        authorization: `Bearer ${await issuer.issueToken('modeller')}`,
        'content-type': 'application/json',
      }
      const order = { model: 'cvd.prevent-2023', filter: { enrolledIn: kidney } }
      for (const use of [{ purpose: 'HRESCH' }, { purpose: 'CLINTRCH', trial: heart }]) {
        const body = JSON.stringify({ ...order, ...use })
        const asked = test.fetch('/api/v1/cohorts', { method: 'POST', headers, body })
        expect(await refusal(asked)).toEqual([403, 'other-trial'])
      }
    })

    // proves TL-IDN-017
    it.each(['sponsor', 'modeller'])('tells a %s of nothing that is the same in both trials', (account) => {
      const { byTrial } = crawled.get(account)!
      const [inHeart, inKidney] = byTrial.map((answers) => tellingParts(answers.filter(isOfPeople)))
      const shared = [...inHeart!].filter((part) => inKidney!.has(part) && ![heart, kidney].includes(part))
      expect(shared).toEqual([])
    })
  })
})

const ANY_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/
/** An answer about somebody or something in the trial that was asked for, as the service itself gives it. */
const isOfPeople = ({ path, status }: Answer): boolean =>
  status === 200 && !holdsNoPeople(path.split('?')[0]!) && ANY_ID.test(path) && !OTHERS.test(path)
/** The trail, in which each entry has a place of its own, and files that came from outside. */
const OTHERS = /^\/api\/v1\/(audit(?!-)|keys|twins\/[^/]+\/meshes\/)/
