import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { CommandContext } from '../../src/journal/command-context.js'
import { Journal } from '../../src/journal/journal.js'
import { findModel } from '../../src/models/registry/find-model.js'
import { modelDigests } from '../../src/models/registry/model-digests.js'
import { ModelVersions } from '../../src/models/registry/model-versions.js'
import { decisionStream } from '../../src/privacy/decisions/decision-state.js'
import { expected, participantOf, refusal, send } from '../e2e/support/clinic.js'
import { approvalOf, proposal, UNTIL } from '../models/registry/support.js'
import { runModelsFromSources } from '../simulations/support/runner.js'
import { startTestService, type TestService } from '../support/test-service.js'
import { caughtUp, giveConsent, person, post, signedInAs, type Person } from './support.js'

const MODEL = findModel('cvd.prevent-2023')
const MEANING = 'You are offered a place in the study.'

let test: TestService
let somebody: Person
let other: Person
let exploratory: string
let run: string
beforeAll(async () => {
  test = await startTestService()
  runModelsFromSources(test.service.app)
  somebody = await person(test, 0)
  other = await person(test, 1)
  await giveConsent(test, somebody)
  exploratory = await runFor('exploratory')
  await approveModel()
  run = await runFor('decision')
})
afterAll(() => test.stop())

async function runFor(use: 'decision' | 'exploratory'): Promise<string> {
  const order = { twin: somebody.twin, model: MODEL.id, purpose: 'HRESCH', use }
  const { run: id } = await expected<{ run: string }>(201, send(test, 'modeller', '/api/v1/simulations', order))
  return id
}

/** The case of the version that runs here, each step by whom it takes. */
async function approveModel(): Promise<void> {
  const versions = test.service.app.get(ModelVersions, { strict: false })
  const id = { model: MODEL.id, version: MODEL.version }
  const by = (actor: string, role: string): CommandContext => ({
    actor: { id: actor, role },
    correlation: randomUUID(),
  })
  const { code: codeDigest, coefficients: coefficientDigest } = modelDigests(MODEL)
  for (const [actor, command] of UNTIL.approval) {
    const own =
      command.type === 'propose' ? { ...command, proposal: proposal({ codeDigest, coefficientDigest }) } : command
    await versions.record(by(actor, 'modeller'), id, own)
  }
  await versions.record(by('qa-1', 'qa'), id, approvalOf((await versions.read(id)).state))
}

const decisions = (as: string, path = '', body?: object): Promise<Response> =>
  body === undefined ? test.request(as, `/api/v1/decisions${path}`) : send(test, as, `/api/v1/decisions${path}`, body)
const propose = (as: string, more: object = {}): Promise<Response> =>
  decisions(as, '', { run, matter: 'eligibility', significant: true, meaning: MEANING, ...more })

// proves TL-SIM-003
describe('a decision about a person that rests on a run', () => {
  let decision: string
  let request: string

  it('is proposed by whoever may see the run, and rests on no exploratory result when it is significant', async () => {
    expect(await refusal(propose('compliance'))).toEqual([403, 'action-not-permitted'])
    expect(await refusal(propose('investigator', { run: exploratory }))).toEqual([409, 'decision-run-exploratory'])
    ;({ decision } = await expected<{ decision: string }>(201, propose('modeller')))
  })

  it('does not hold before a person at the site, who did not propose it, agreed', async () => {
    const agreed = { agrees: true, reasons: 'The inputs are current.' }
    expect(await refusal(decisions('investigator', `/${decision}/adoption`, {}))).toEqual([
      409,
      'decision-review-required',
    ])
    for (const account of ['modeller', 'compliance', 'administrator'])
      expect(await refusal(decisions(account, `/${decision}/review`, agreed))).toEqual([403, 'action-not-permitted'])
    const own = await expected<{ decision: string }>(201, propose('investigator'))
    expect(await refusal(decisions('investigator', `/${own.decision}/review`, agreed))).toEqual([
      403,
      'second-person-required',
    ])
    await expected(200, decisions('investigator', `/${decision}/review`, agreed))
    await expected(200, decisions('investigator', `/${decision}/adoption`, {}))
  })

  it('is read by the person it concerns, and by compliance without its words', async () => {
    const mine = await participantOf(test, somebody.subject)
    await caughtUp(test)
    const list = await expected<{ items: object[] }>(200, mine('/api/v1/decisions'))
    expect(list.items).toContainEqual(expect.objectContaining({ decision, status: 'adopted', significant: true }))
    expect(JSON.stringify(await expected(200, mine(`/api/v1/decisions/${decision}`)))).toContain(MEANING)
    expect(JSON.stringify(await expected(200, decisions('compliance', `/${decision}`)))).not.toContain(MEANING)
    const stranger = await participantOf(test, other.subject)
    expect(await refusal(stranger(`/api/v1/decisions/${decision}`))).toEqual([403, 'not-own-record'])
    expect(await expected(200, stranger('/api/v1/decisions'))).toEqual({ items: [] })
  })

  it('names the trial that its run was made in', async () => {
    const [id, trial] = [randomUUID(), randomUUID()]
    const data = { run, matter: 'eligibility', significant: false } as const
    const context = { actor: { id: randomUUID(), role: 'investigator' }, correlation: randomUUID() }
    const entries = [{ event: { type: 'decision.proposed' as const, data }, subject: somebody.subject, trial }]
    const write = { stream: decisionStream(id), expectedRevision: 'no-stream' as const, entries }
    await test.service.app.get(Journal).append(context, [write])
    await caughtUp(test)
    expect(await expected(200, decisions('compliance', `/${id}`))).toMatchObject({ trial })
  })

  it('is contested with a request for a review, which is granted once somebody without a part in it judged', async () => {
    const ask = await signedInAs(test, somebody)
    const asked = { subject: somebody.subject, kind: 'human-review', channel: 'electronic', statement: 'I disagree.' }
    const strangers = { ...asked, subject: other.subject, decision }
    expect(await post(test, 'compliance', 'requests', strangers)).toMatchObject({
      code: 'privacy-decision-not-applicable',
    })
    ;({ request } = await expected<{ request: string }>(201, ask('requests', { ...asked, decision })))
    expect(await post(test, 'compliance', `requests/${request}/decision`, { outcome: 'granted' })).toMatchObject({
      code: 'decision-review-pending',
    })
    const path = `/${decision}/contests/${request}/judgement`
    const verdict = { verdict: 'overturned', reasons: 'The model does not know of the operation.' }
    expect(await refusal(decisions('investigator', path, verdict))).toEqual([403, 'second-person-required'])
    await expected(200, decisions('compliance', path, verdict))
    expect(await post(test, 'compliance', `requests/${request}/decision`, { outcome: 'granted' })).toMatchObject({
      request,
    })
    const list = await expected<{ items: object[] }>(200, decisions('regulator', '?status=overturned'))
    expect(list.items).toMatchObject([{ decision, contest: request, run }])
  })
})
