/** Whatever can be on record of people in two trials: runs, cohorts, questions, signatures, a mesh, a review, an erasure in part. */
import { CommandBus } from '@nestjs/cqrs'
import { writeVentricle } from '../../../src/body/gltf/write-body.js'
import { DEMO_CLINIC, DEMO_SITE } from '../../../src/identity/evaluation-issuer/accounts.js'
import { RecordFacts } from '../../../src/twins/commands/record-facts.js'
import { RegisterTwin } from '../../../src/twins/commands/register-twin.js'
import { HEALTHY, PROVENANCE, ventricleOf } from '../../body/support.js'
import { expected } from '../../e2e/support/clinic.js'
import { EVERYTHING, erasureOf, post, preparedErasure, type Person } from '../../privacy/support.js'
import { clerk } from '../../simulations/cohorts/support.js'
import { demographics, measured, P1_FACTS } from '../../simulations/support.js'
import type { Signing } from '../../signatures/support.js'
import type { TestService } from '../../support/test-service.js'
import { until } from '../../support/until.js'

const MODEL = 'cvd.prevent-2023'
const DAY = '2026-06-01'
const ECHO = [
  measured('29436-3', 4.8, 'cm', '2026-05-01T08:00:00Z'),
  measured('18154-5', 9, 'mm', '2026-05-01T08:00:00Z'),
  measured('18152-9', 0.9, 'cm', '2026-05-01T08:00:00Z'),
  measured('10230-1', 60, '%', '2026-05-01T08:00:00Z'),
  measured('8867-4', 66, '/min', '2026-05-01T08:00:00Z'),
]
const ERASED_IN_PART = {
  outcome: 'partial',
  erasure: {
    ground: '17-1-b',
    classes: EVERYTHING.filter((each) => each !== 'trial-record'),
    retained: [{ class: 'trial-record', ground: '17-3-b' }],
  },
}

interface Listed {
  twins: { twin: string; code: string }[]
}

export class RecordsInTwoTrials {
  constructor(
    private readonly test: TestService,
    private readonly people: Signing,
    private readonly trials: readonly string[],
  ) {}

  async make(present: Person, leaving: Person): Promise<void> {
    for (const trial of this.trials) for (const account of ['sponsor', 'modeller']) await this.workOf(account, trial)
    await this.researchOf(present)
    await this.signedAndMeshed(present)
    for (const trial of this.trials) await this.reviewed(trial)
    await this.erasedInPart(leaving)
    for (const trial of this.trials) await this.askedToKeep(trial)
  }

  /** Both read their twins by the names of the trial, run models on them and ask about what they read. */
  private async workOf(account: string, trial: string): Promise<void> {
    const { twins } = await this.get<Listed>(account, `/twins?trial=${trial}`)
    for (const { twin } of twins) {
      const { facts } = await this.get<{ facts: { id: string; kind: string }[] }>(account, `/twins/${twin}`)
      const order = { twin, model: MODEL, purpose: 'CLINTRCH', trial, day: DAY }
      await this.ask(account, '/simulations', ordered(order))
      await this.post(account, '/simulations', { ...order, use: 'decision' }, 422)
      const fact = facts.find(({ kind }) => kind === 'observation')!
      const question = { field: 'quantity', reason: 'value-implausible', question: 'Is the unit right?', trial }
      if (account === 'sponsor') await this.post(account, `/twins/${twin}/facts/${fact.id}/queries`, question, 201)
    }
    const filter = { enrolledIn: trial }
    const { cohort } = await this.post(
      account,
      '/cohorts',
      { model: MODEL, purpose: 'CLINTRCH', trial, filter, day: DAY },
      202,
    )
    await this.ended(account, cohort!)
  }

  private async askedToKeep(trial: string): Promise<void> {
    const { twins } = await this.get<Listed>('sponsor', `/twins?trial=${trial}`)
    await this.post('sponsor', '/privacy/hold-requests', { trial, code: twins[0]!.code, ground: 'litigation' }, 201)
  }

  private async researchOf({ twin }: Person): Promise<void> {
    const order = { model: MODEL, purpose: 'HRESCH', day: DAY }
    await this.post('modeller', '/simulations', { ...order, twin }, 201)
    const { cohort } = await this.post('modeller', '/cohorts', { ...order, twins: [twin] }, 202)
    await this.ended('modeller', cohort!)
  }

  private ended(account: string, cohort: string): Promise<void> {
    const isOver = async () => (await this.get<{ status: string }>(account, `/cohorts/${cohort}`)).status === 'finished'
    return until('the cohort', isOver)
  }

  /** The record itself is signed at the site, and each sponsor and modeller signs a run of their own. */
  private async signedAndMeshed({ twin, subject }: Person): Promise<void> {
    const mesh = Buffer.from(await writeVentricle(ventricleOf(HEALTHY), PROVENANCE))
    const init = { method: 'POST', headers: { 'content-type': 'model/gltf-binary' }, body: mesh }
    await expected(201, this.ask('investigator', `/twins/${twin}/meshes?organ=UBERON:0000948`, init))
    const { revision } = await this.get<{ revision: number }>('investigator', `/twins/${twin}`)
    for (const account of ['investigator', 'sponsor', 'modeller'])
      await this.people.attest(account, `${account} Example`)
    await this.people.signed('investigator', `twin-${twin}`, revision, 'responsibility')
    for (const account of ['sponsor', 'modeller']) {
      const { runs } = await this.get<{ runs: { run: string; status: string }[] }>(account, '/simulations?limit=100')
      for (const { run } of runs.filter(({ status }) => status === 'completed').slice(0, 3))
        await this.people.signed(account, `run-${run}`, 1, 'responsibility')
    }
    await this.get('regulator', `/twins/${twin}?detail=full`)
    await this.get('regulator', `/subjects/${subject}/consents`)
  }

  private async reviewed(trial: string): Promise<void> {
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    const period = { from: new Date(Date.now() - 86_400_000).toISOString(), to: new Date().toISOString() }
    const plan = { ...period, dueAt, criteria: ['baseline', 'refusal'], trial }
    const { review } = await this.post('qa', '/audit-reviews', plan, 201)
    await this.post('qa', `/audit-reviews/${review}/reviewer`, {}, 200)
    await this.post('qa', `/audit-reviews/${review}/twin-sample`, { size: 1 }, 201)
  }

  private async erasedInPart(person: Person): Promise<void> {
    const request = await preparedErasure(this.test, person)
    await post(this.test, 'compliance', `requests/${request}/decision`, ERASED_IN_PART)
    const erasure = await erasureOf(this.test, request)
    await post(this.test, 'qa', `erasures/${erasure}/confirmation`)
    await post(this.test, 'administrator', `erasures/${erasure}/execution`)
  }

  private get<T = object>(account: string, path: string): Promise<T> {
    return expected<T>(200, this.ask(account, path))
  }

  private post(account: string, path: string, body: object, status: number): Promise<Record<string, string>> {
    return expected(status, this.ask(account, path, ordered(body)))
  }

  /** With a token of today's claims. */
  private async ask(account: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${await this.people.issuer.issueToken(account)}`)
    return this.test.fetch(`/api/v1${path}`, { ...init, headers })
  }
}

function ordered(body: object): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** Somebody of whom everything is known that models of risk need, and that those of the heart do too where it is `echoed`. */
export async function registered({ service }: TestService, { echoed = false } = {}): Promise<Person> {
  const commands = service.app.get(CommandBus, { strict: false })
  const custody = { controller: DEMO_CLINIC, owner: DEMO_SITE }
  const person = await commands.execute(new RegisterTwin(clerk(), { custody, source: 'clinic-ehr', demographics }))
  const facts = [...Object.values(P1_FACTS).flat(), ...(echoed ? ECHO : [])]
  await commands.execute(new RecordFacts(clerk(), { twin: person.twin, facts: facts as never }))
  return { twin: person.twin, subject: person.subject }
}

/** Ids of people, their twins, their records' streams and entries: all that is the same for one person in every trial. */
export async function idsOfPeople({ db }: TestService): Promise<Set<string>> {
  const { rows } = await db.ownerPool.query<{ id: string }>(`
    with entry as (select convert_from(leaf, 'UTF8')::jsonb as header from ledger.event)
    select twin::text as id from read.twin union select subject::text from read.twin
    union select unnest(array[header->>'id', right(header->>'stream', 36)]) from entry
     where header->>'stream' ~ '^${OF_PERSONS}-' and header->>'trial' is null
       and header->>'subject' in (select subject::text from read.twin)
       and header->'actor'->>'role' not in ('sponsor', 'modeller')`)
  return new Set(rows.map(({ id }) => id))
}

/** Streams of which a person has one, whatever trials they are in. */
const OF_PERSONS = '(twin|consent|access|body|meshes|forgetting|retention|privacy-request|decision)'
