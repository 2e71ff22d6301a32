import { randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { RESEARCH, veilAnswer } from '../../src/pseudonyms/veil-answer.js'
import { ContextPseudonyms } from '../../src/vault/context-pseudonyms.js'
import { DerivedSecrets } from '../../src/vault/derived-secrets.js'

const [HEART, KIDNEY] = [randomUUID(), randomUUID()]
const pseudonyms = new ContextPseudonyms(new DerivedSecrets(Buffer.alloc(32, 9)))
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

// proves TL-IDN-017
describe('the name of one record in each trial', () => {
  const ids = Array.from({ length: 200 }, () => randomUUID())

  it('is a UUIDv4 that leads back in its own context and nowhere in another', () => {
    for (const id of ids) {
      const inHeart = pseudonyms.hide(HEART, id)
      expect(inHeart).toMatch(UUID_V4)
      expect(pseudonyms.reveal(HEART, inHeart)).toBe(id)
      expect(pseudonyms.reveal(KIDNEY, inHeart)).not.toBe(id)
    }
  })

  it('is another one in each context, is given to nobody else, and depends on the secret', () => {
    const all = [HEART, KIDNEY, RESEARCH].flatMap((context) => ids.map((id) => pseudonyms.hide(context, id)))
    expect(new Set([...all, ...ids]).size).toBe(4 * ids.length)
    const other = new ContextPseudonyms(new DerivedSecrets(Buffer.alloc(32, 8)))
    expect(other.hide(HEART, ids[0]!)).not.toBe(pseudonyms.hide(HEART, ids[0]!))
  })
})

// proves TL-IDN-017
describe('an answer about somebody, as shown to who must not link', () => {
  const [twin, subject, event, run] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]

  it('holds every id of the record under its name in the trial, wherever it stands', () => {
    const answer = { twin, subject, facts: [{ id: event, source: { stream: `twin-${twin}` } }] }
    const shown = veilAnswer(answer, { pseudonyms, context: HEART })
    expect(JSON.stringify(shown)).not.toMatch(new RegExp([twin, subject, event].join('|')))
    expect(shown).toEqual({
      twin: pseudonyms.hide(HEART, twin),
      subject: pseudonyms.hide(HEART, subject),
      facts: [{ id: pseudonyms.hide(HEART, event), source: { stream: `twin-${pseudonyms.hide(HEART, twin)}` } }],
    })
  })

  it('shares nothing that points to one record between two trials', () => {
    const recordedAt = '2026-03-14T12:34:56.789Z'
    const fact = { id: event, position: 4711, recordedAt, correlation: randomUUID() }
    const [one, two] = [HEART, KIDNEY].map((trial) =>
      Object.values(veilAnswer(fact, { pseudonyms, context: trial }) as object),
    )
    expect(one!.filter((value) => two!.includes(value))).toEqual(['2026-03-14'])
  })

  it('shows a run with its own places, and what went into it without', () => {
    const answer = { run, trial: HEART, twin, position: 9, steps: [{ position: 10 }], result: { position: 3, twin } }
    expect(veilAnswer(answer, { pseudonyms })).toEqual({
      run,
      trial: HEART,
      twin: pseudonyms.hide(HEART, twin),
      position: 9,
      steps: [{ position: 10 }],
      result: { twin: pseudonyms.hide(HEART, twin) },
    })
  })

  it('lists each run under the name of its own trial, and of one person those of one trial alone', () => {
    const runs = [HEART, KIDNEY, null].map((trial) => ({ run, trial, twin }))
    const names = (shown: unknown) => (shown as { twin: string }[]).map((row) => row.twin)
    const own = [HEART, KIDNEY, RESEARCH].map((context) => pseudonyms.hide(context, twin))
    expect(names(veilAnswer(runs, { pseudonyms }))).toEqual(own)
    expect(names(veilAnswer(runs, { pseudonyms, context: KIDNEY }))).toEqual([own[1]])
    expect(names(veilAnswer(runs, { pseudonyms, context: RESEARCH }))).toEqual([own[2]])
  })

  it('lets nothing nested through under a name that stands for itself', () => {
    const shown = veilAnswer({ runs: [{ run, trial: HEART, twin, requestedPosition: 4, position: 9 }] }, { pseudonyms })
    expect(shown).toEqual({ runs: [{ run, trial: HEART, twin: pseudonyms.hide(HEART, twin) }] })
    const patient = { resourceType: 'RiskAssessment', id: run, subject: { reference: `Patient/${twin}` } }
    expect(veilAnswer(patient, { pseudonyms })).toEqual({
      ...patient,
      subject: { reference: `Patient/${pseudonyms.hide(RESEARCH, twin)}` },
    })
  })

  it('keeps the id of who works here, and withholds that of a participant who acts', () => {
    const staff = { actor: { id: 'ffc701a6-a428-865e-a4c2-3746f2d62884', role: 'investigator' } }
    expect(veilAnswer(staff, { pseudonyms })).toEqual(staff)
    const own = { actor: { ...staff.actor, role: 'participant' } }
    expect(veilAnswer(own, { pseudonyms })).toEqual({ actor: { id: 'withheld', role: 'participant' } })
  })

  it('holds in a signature on the person’s record no id, revision or time of it, and in one on a run all of it', () => {
    const on = (stream: string) => ({
      signature: run,
      record: { stream, revision: 7 },
      signedAt: '2026-03-14T12:34:56.789Z',
    })
    expect(veilAnswer(on(`twin-${twin}`), { pseudonyms, context: HEART })).toEqual({
      signature: pseudonyms.hide(HEART, run),
      record: { stream: `twin-${pseudonyms.hide(HEART, twin)}` },
      signedAt: '2026-03-14',
    })
    expect(veilAnswer(on(`run-${run}`), { pseudonyms })).toMatchObject({
      signature: run,
      record: { stream: `run-${run}`, revision: 7 },
    })
  })

  it('tells of nobody that they opted out, whatever says so, and leaves the types of events their names', () => {
    const refused = { steps: [{ data: { codes: ['opted-out'] } }], evidence: [{ code: 'consent.opted-out' }] }
    const types = [{ type: 'consent.opted-out' }]
    expect(veilAnswer({ ...refused, types }, { pseudonyms })).toEqual({
      steps: [{ data: { codes: ['no-consent'] } }],
      evidence: [{ code: 'consent.no-consent' }],
      types,
    })
  })

  it('names no consent to another trial, and no other trial of a consent', () => {
    const consent = (trials?: string[]) => ({
      consent: event,
      scope: { purposes: ['CLINTRCH'], ...(trials && { trials }) },
    })
    const consents = [consent([HEART]), consent([HEART, KIDNEY]), consent([KIDNEY]), consent()]
    const shown = JSON.stringify(veilAnswer({ consents }, { pseudonyms, context: HEART }))
    expect(shown).not.toContain(KIDNEY)
    expect((JSON.parse(shown) as { consents: unknown[] }).consents).toHaveLength(2)
  })
})
