import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decideAt, type ConsentCommand } from '../../src/consents/consent.js'
import type { ConsentEvent, RestrictionGround } from '../../src/consents/events.js'
import { eventsOfMerge, eventsOfOthers } from '../../src/consents/merged-person.js'
import type { PermitTerms } from '../../src/permits/events.js'
import { UNKNOWN_PERMIT, type PermitState } from '../../src/permits/permit.js'
import {
  after,
  C1,
  C2,
  SUBJECT,
  expressed,
  gift,
  given,
  LATER,
  notice,
  NOW,
  requested,
  scope,
  TRIAL,
  version,
  when,
  withdrawn,
} from './support.js'

const ENDED = '2026-05-20T00:00:00.000Z'
const use = { purpose: 'HRESCH', model: 'cvd.prevent-2023' } as const
const authorise: ConsentCommand = { type: 'authorise-use', use, reference: TRIAL }
const withdraw: ConsentCommand = { type: 'withdraw', ...expressed }
const refuse: ConsentCommand = { type: 'refuse', consent: C1, ...expressed }
const expired: ConsentEvent = { type: 'consent.expired', data: { consent: C1, expiresAt: ENDED } }

// proves TL-EHD-002
describe('a use that claims a data permit', () => {
  const terms: PermitTerms = {
    identifier: 'HDAB-1',
    issuer: 'access-body',
    jurisdiction: 'DE',
    document: 'd'.repeat(64),
    purposes: ['scientific-research'],
    dataCategories: ['laboratory'],
    models: ['cvd'],
    holder: 'clinic',
    user: 'institute',
    from: '2026-01-01T00:00:00.000Z',
    until: LATER,
  }
  const inForce: PermitState = { ...UNKNOWN_PERMIT, terms, approvedBy: 'qa', lastRecordedAt: terms.from }
  const claimed = (state = inForce): ConsentCommand => {
    const known = { permit: TRIAL, stream: `data-permit-${TRIAL}`, revision: 1, state }
    return { type: 'authorise-use', use, claim: { permit: TRIAL, user: 'institute', holders: ['clinic'], known } }
  }
  const optedOut: ConsentEvent = { type: 'consent.opted-out', data: { method: 'electronic', by: 'subject' } }
  const frozen = (ground: RestrictionGround): ConsentEvent => ({
    type: 'consent.processing-restricted',
    data: { restriction: C2, ground, purposes: 'any' },
  })

  it('rests on it, whether or not the person consented', () => {
    for (const state of [after(), after(given()), after(given(), withdrawn())])
      expect(when(state, claimed())).toEqual([{ type: 'consent.use-authorised', data: { use, permit: TRIAL } }])
  })

  it('is refused where it covers nothing any more, though a consent would', () => {
    const revoked = { ...inForce, revoked: { reason: 'revoked-by-access-body', at: NOW } } as const
    expect(when(after(given()), claimed(revoked))).toEqual([
      { type: 'consent.use-refused', data: { use, permit: TRIAL, codes: ['permit-revoked'] } },
    ])
    expect(decideAt(LATER, after(given()), claimed())).toMatchObject([{ data: { codes: ['permit-expired'] } }])
  })

  it('is refused, whatever else was recorded, to whom the person opted out from or whose data are frozen', () => {
    const stops = fc.constantFrom(optedOut, frozen('art-17'), frozen('art-18'), frozen('art-21'))
    const histories = [[], [given()], [given(), withdrawn()], [given(), given({ consent: C2 }), withdrawn(C2)]]
    const more = fc.constantFrom<readonly ConsentEvent[]>(...histories)
    const uses = fc.record({ purpose: fc.constantFrom('HRESCH', 'TREAT', 'HQUALIMP'), model: fc.constant(use.model) })
    fc.assert(
      fc.property(more, stops, more, uses, (before, stop, since, wanted) => {
        const [decided] = when(after(...before, stop, ...since), { ...claimed(), use: wanted } as ConsentCommand).slice(
          -1,
        )
        expect(decided!.type).toBe('consent.use-refused')
      }),
    )
  })
})

describe('asking for consent', () => {
  it('records scope, notice and end', () => {
    const asked = { consent: C1, scope: scope(), notice, expiresAt: LATER }
    expect(when(after(), { type: 'request', ...asked })).toEqual([{ type: 'consent.requested', data: asked }])
  })

  it('takes a new id each time', () => {
    const again: ConsentCommand = { type: 'request', consent: C1, scope: scope(), notice }
    expect(() => when(after(requested()), again)).toThrow(expect.objectContaining({ code: 'consent-exists' }))
  })

  it('is refused for a time that is over', () => {
    const late: ConsentCommand = { type: 'request', consent: C1, scope: scope(), notice, expiresAt: NOW }
    expect(() => when(after(), late)).toThrow(expect.objectContaining({ code: 'consent-expiry-passed' }))
  })
})

// proves TL-PRV-008
describe('a limit to diseases', () => {
  const DIABETES = ['MONDO:0005015']
  const coded = scope({ duo: ['DUO:0000007'] })
  const limited = { ...coded, diseases: DIABETES }
  const limit = (diseases: readonly string[]): ConsentEvent => ({
    type: 'consent.disease-limit-recorded',
    data: { consent: C1, diseases },
  })
  const studying = (disease: string): ConsentCommand => ({ type: 'authorise-use', use: { ...use, disease } })

  it('is recorded apart from the scope, which is in clear text, and holds with it', () => {
    const asked: ConsentCommand = { type: 'request', consent: C1, scope: limited, notice }
    expect(when(after(), asked)).toEqual([limit(DIABETES), requested({ scope: coded })])
    const state = after(limit(DIABETES), requested({ scope: coded }))
    expect(when(state, gift())).toEqual([limit(DIABETES), given({ givenAt: NOW, scope: coded })])
    const inForce = after(limit(DIABETES), given({ scope: coded }))
    expect(inForce.consents.get(C1)!.scope).toEqual(limited)
    expect(when(inForce, studying(DIABETES[0]!))).toMatchObject([{ type: 'consent.use-authorised' }])
    expect(when(inForce, studying('MONDO:0004994'))).toMatchObject([
      { type: 'consent.use-refused', data: { codes: ['data-use-not-covered'] } },
    ])
  })

  it('does not come back from the request when the answer leaves it out', () => {
    const asked = after(limit(DIABETES), requested({ scope: coded }))
    const answer = when(asked, gift({ scope: coded }))
    expect(answer).toEqual([limit([]), given({ givenAt: NOW, scope: coded })])
    const inForce = after(limit(DIABETES), requested({ scope: coded }), ...answer)
    expect(when(inForce, studying(DIABETES[0]!))).toMatchObject([{ type: 'consent.use-refused' }])
  })

  it('lets nothing through once it is erased', () => {
    expect(when(after(given({ scope: coded })), studying(DIABETES[0]!))).toMatchObject([
      { type: 'consent.use-refused' },
    ])
  })

  it('still holds where it was recorded in the scope', () => {
    expect(when(after(given({ scope: limited })), studying(DIABETES[0]!))).toMatchObject([
      { type: 'consent.use-authorised' },
    ])
  })

  it('is not told by the uses on record', () => {
    const inForce = after(limit(DIABETES), given({ scope: coded }))
    for (const disease of [...DIABETES, 'MONDO:0004994'])
      expect(JSON.stringify(when(inForce, studying(disease)))).not.toContain('MONDO')
    expect(when(after(given()), studying(DIABETES[0]!))).toMatchObject([{ data: { use: { disease: DIABETES[0] } } }])
  })
})

describe('giving consent', () => {
  // proves TL-CON-004
  it('to a request takes over its scope, its notice and its end', () => {
    expect(when(after(requested({ expiresAt: LATER })), gift())).toEqual([given({ givenAt: NOW, expiresAt: LATER })])
  })

  it('may narrow what was asked for', () => {
    const narrow = scope({ modelClasses: ['cvd.prevent-2023'] })
    expect(when(after(requested()), gift({ scope: narrow }))).toEqual([given({ givenAt: NOW, scope: narrow })])
  })

  it.each([
    ['more purposes', scope({ purposes: ['HRESCH', 'TREAT'] })],
    ['any model', scope({ modelClasses: 'any' })],
    ['another controller', scope({ controller: 'company' })],
    ['fewer conditions', scope({ duo: [] })],
  ])('may not widen it: %s', (_, wider) => {
    expect(() => when(after(requested()), gift({ scope: wider }))).toThrow(
      expect.objectContaining({ code: 'consent-scope-wider' }),
    )
  })

  it('unasked needs scope and notice', () => {
    expect(when(after(), gift({ scope: scope(), notice }))).toEqual([given({ givenAt: NOW })])
    expect(() => when(after(), gift({ notice }))).toThrow(expect.objectContaining({ code: 'consent-incomplete' }))
  })

  it('keeps the day a paper form was signed, which cannot lie ahead', () => {
    const paper = gift({ scope: scope(), notice, method: 'paper', givenAt: '2026-05-30T08:00:00.000Z' })
    expect(when(after(), paper)).toEqual([given({ method: 'paper', givenAt: '2026-05-30T08:00:00.000Z' })])
    expect(() => when(after(), gift({ scope: scope(), notice, givenAt: LATER }))).toThrow(
      expect.objectContaining({ code: 'consent-given-in-future' }),
    )
  })

  it('happens once: what was withdrawn or refused is given anew under a new id', () => {
    expect(() => when(after(given()), gift())).toThrow(expect.objectContaining({ code: 'consent-in-force' }))
    expect(() => when(after(given(), withdrawn()), gift())).toThrow(
      expect.objectContaining({ code: 'consent-not-requested' }),
    )
  })

  it('keeps what was said beside it apart, because only that is personal', () => {
    const events = when(after(requested()), gift({ comment: 'not for my employer' }))
    expect(events.map(({ type }) => type)).toEqual(['consent.given', 'consent.comment-recorded'])
    expect(JSON.stringify(events[0])).not.toContain('employer')
  })
})

describe('the notice that is named', () => {
  const asking = (of: object): ConsentCommand => ({
    type: 'request',
    consent: C1,
    scope: scope(),
    notice: { id: notice.id, version: notice.version, language: notice.language, ...of },
  })
  const code = (expected: string) => expect.objectContaining({ code: expected })

  it('is recorded with the digest of its text', () => {
    expect(when(after(), asking({}))).toMatchObject([{ data: { notice } }])
    expect(notice.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([{ id: 'unheard-of' }, { version: '2099-01' }, { language: 'fr' }])('is published: not %j', (of) => {
    expect(() => when(after(), asking(of))).toThrow(code('consent-notice-unknown'))
  })

  it('was in force when consent was given, and still is when somebody is asked', () => {
    const next = { ...version, version: '2026-06', inForceFrom: '2026-05-15T00:00:00.000Z' }
    const decide = (command: ConsentCommand) => decideAt(NOW, after(), command, [version, next])
    expect(() => decide(asking({}))).toThrow(code('consent-notice-not-in-force'))
    const paper = (givenAt: string) => gift({ scope: scope(), notice, method: 'paper', givenAt })
    expect(decide(paper('2026-05-10T00:00:00.000Z'))).toMatchObject([{ data: { notice } }])
    expect(() => decide(paper('2026-05-20T00:00:00.000Z'))).toThrow(code('consent-notice-not-in-force'))
  })

  it('of a request is not in force any more when it is answered: the person is asked anew', () => {
    const next = { ...version, version: '2026-06', inForceFrom: '2026-05-15T00:00:00.000Z' }
    const answer = () => decideAt(NOW, after(requested()), gift(), [version, next])
    expect(answer).toThrow(code('consent-notice-not-in-force'))
  })
})

describe('refusing', () => {
  it('closes a request', () => {
    const [event] = when(after(requested()), refuse)
    expect(event).toEqual({ type: 'consent.refused', data: { consent: C1, ...expressed } })
  })

  it('needs an open request', () => {
    expect(() => when(after(given()), refuse)).toThrow(expect.objectContaining({ code: 'consent-not-requested' }))
    expect(() => when(after(), refuse)).toThrow(expect.objectContaining({ code: 'consent-not-found' }))
  })
})

describe('withdrawing', () => {
  // proves TL-CON-005
  it('takes one consent, or everything in force', () => {
    const two = after(given(), given({ consent: C2 }))
    expect(when(two, { ...withdraw, consent: C2 } as ConsentCommand)).toEqual([withdrawn(C2)])
    expect(when(two, withdraw)).toEqual([withdrawn(C1), withdrawn(C2)])
  })

  it('needs something in force', () => {
    expect(() => when(after(requested()), withdraw)).toThrow(expect.objectContaining({ code: 'consent-not-in-force' }))
  })
})

describe('authorising a use', () => {
  it('records the consent that permits it', () => {
    expect(when(after(given()), authorise)).toEqual([
      { type: 'consent.use-authorised', data: { use, reference: TRIAL, consent: C1 } },
    ])
  })

  // proves TL-CON-002
  it('records a refusal with its reasons, and does not fail', () => {
    expect(when(after(), authorise)).toEqual([
      { type: 'consent.use-refused', data: { use, reference: TRIAL, codes: ['no-consent'] } },
    ])
    expect(when(after(given(), withdrawn()), authorise)).toMatchObject([{ data: { codes: ['withdrawn'] } }])
  })

  it('records the expiry it notices, first and once', () => {
    const ran = after(given({ expiresAt: ENDED }))
    expect(when(ran, authorise)).toEqual([
      expired,
      { type: 'consent.use-refused', data: { use, reference: TRIAL, codes: ['expired'] } },
    ])
    expect(when(after(given({ expiresAt: ENDED }), expired), authorise)).toMatchObject([
      { data: { codes: ['expired'] } },
    ])
  })

  // proves TL-CON-003
  it('permits up to the very end and not at it', () => {
    const ran = after(given({ expiresAt: ENDED }))
    expect(when(ran, authorise, '2026-05-19T23:59:59.999Z')).toMatchObject([{ type: 'consent.use-authorised' }])
    expect(when(ran, authorise, ENDED)).toMatchObject([{ type: 'consent.expired' }, { type: 'consent.use-refused' }])
  })

  it('does not believe a clock that runs behind the stream', () => {
    // The first event was recorded on 1 May 2026, after this consent had ended.
    const ran = after(given({ expiresAt: '2026-04-30T00:00:00.000Z' }))
    expect(when(ran, authorise, '2020-01-01T00:00:00.000Z')).toMatchObject([
      { type: 'consent.expired' },
      { data: { codes: ['expired'] } },
    ])
  })
})

describe('the sweep', () => {
  it('records every consent whose time is over', () => {
    const ran = after(given({ expiresAt: ENDED }), given({ consent: C2, expiresAt: LATER }))
    expect(when(ran, { type: 'expire' })).toEqual([expired])
    expect(when(after(given()), { type: 'expire' })).toEqual([])
  })
})

// proves TL-EHD-001
describe('twins of two ids that are merged', () => {
  const [one, other, third] = [SUBJECT, C1, C2]
  const optedOut: ConsentEvent = { type: 'consent.opted-out', data: expressed }
  const joined = (subject: string): ConsentEvent => ({ type: 'consent.person-merged', data: { subject } })
  const out = { type: 'opt-out', ...expressed } as const

  it('are of one person from then on, who is out under both where they were out under either', () => {
    const states = { [one]: after(), [other]: after(optedOut) }
    expect(Object.fromEntries(eventsOfMerge(new Map(Object.entries(states))))).toEqual({
      [one]: [joined(other), optedOut],
      [other]: [joined(one)],
    })
    const inUse = new Map([one, other].map((subject) => [subject, after()]))
    expect([...eventsOfMerge(inUse).values()]).toEqual([[joined(other)], [joined(one)]])
  })

  it('say nothing twice when a third one joins', () => {
    const states = { [one]: after(joined(other)), [other]: after(joined(one)), [third]: after() }
    expect(Object.fromEntries(eventsOfMerge(new Map(Object.entries(states))))).toEqual({
      [one]: [joined(third)],
      [other]: [joined(third)],
      [third]: [joined(one), joined(other)],
    })
  })

  // proves TL-PRV-002
  it('share what is restricted or objected to and when that is lifted, but no erasure: each id holds its own data', () => {
    const restricted = (ground: 'art-17' | 'art-18' | 'art-21', restriction: string = ground): ConsentEvent => ({
      type: 'consent.processing-restricted',
      data: { restriction, ground, purposes: 'any' },
    })
    const [objected, frozen, erased] = [restricted('art-21'), restricted('art-18'), restricted('art-17')]
    const states = { [one]: after(objected), [other]: after(frozen, erased) }
    expect(Object.fromEntries(eventsOfMerge(new Map(Object.entries(states))))).toEqual({
      [one]: [joined(other), frozen],
      [other]: [joined(one), objected],
    })
    const free = new Map([[other, after()]])
    const restrict = (ground: 'art-17' | 'art-18') =>
      eventsOfOthers(free, { type: 'restrict', restriction: ground, ground, purposes: 'any' }).get(other)
    expect(restrict('art-18')).toEqual([frozen])
    expect(restrict('art-17')).toEqual([])
    const lift = { type: 'lift-restriction', restriction: 'art-18' } as const
    expect(eventsOfOthers(new Map([[other, after(frozen)]]), lift).get(other)).toMatchObject([
      { type: 'consent.restriction-lifted' },
    ])
    expect(eventsOfOthers(free, lift).get(other)).toEqual([])
  })

  it('share each opt-out and its reversal, and no comment', () => {
    const reverse = { type: 'reverse-opt-out', ...expressed, comment: 'Yes again.' } as const
    const [isIn, isOut] = [new Map([[other, after()]]), new Map([[other, after(optedOut)]])]
    expect(eventsOfOthers(isIn, out).get(other)).toEqual([optedOut])
    expect(eventsOfOthers(isOut, out).get(other)).toEqual([])
    expect(eventsOfOthers(isOut, reverse).get(other)).toEqual([{ type: 'consent.opt-out-reversed', data: expressed }])
    expect(eventsOfOthers(isIn, reverse).get(other)).toEqual([])
  })
})

// proves TL-EHD-001
describe('opting out from secondary use', () => {
  const optedOut: ConsentEvent = { type: 'consent.opted-out', data: expressed }
  const reversed: ConsentEvent = { type: 'consent.opt-out-reversed', data: expressed }
  const wide = given({ scope: scope({ purposes: ['HRESCH', 'CLINTRCH', 'TREAT', 'PUBHLTH', 'HQUALIMP'] }) })
  const inTrial = given({ consent: C2, scope: scope({ purposes: ['CLINTRCH'], trials: [TRIAL] }) })
  const answerTo = (wanted: object, ...events: ConsentEvent[]) =>
    when(after(wide, inTrial, ...events), { type: 'authorise-use', use: { ...use, ...wanted } } as ConsentCommand)

  it('takes no reason, keeps what was said apart, and is never refused', () => {
    const comment = 'I read about it.'
    expect(when(after(), { type: 'opt-out', ...expressed })).toEqual([optedOut])
    expect(when(after(), { type: 'opt-out', ...expressed, comment })).toEqual([
      optedOut,
      { type: 'consent.opt-out-comment-recorded', data: { text: comment } },
    ])
    expect(when(after(optedOut), { type: 'opt-out', ...expressed })).toEqual([])
  })

  it('is taken back as easily, and only where it was said', () => {
    const reverse: ConsentCommand = { type: 'reverse-opt-out', ...expressed }
    expect(when(after(optedOut), reverse)).toEqual([reversed])
    for (const state of [after(), after(optedOut, reversed)])
      expect(() => when(state, reverse)).toThrow(expect.objectContaining({ code: 'not-opted-out' }))
  })

  it.each([
    ['research', { purpose: 'HRESCH' }],
    ['better care for others', { purpose: 'HQUALIMP' }],
    ['public health', { purpose: 'PUBHLTH' }],
    ['research for trials outside of any', { purpose: 'CLINTRCH' }],
    ['a cohort, be it for care', { purpose: 'TREAT', cohort: TRIAL }],
    ['a cohort of the own trial', { purpose: 'CLINTRCH', trial: TRIAL, cohort: TRIAL }],
  ])('goes before any consent to %s, and lasts until it is taken back', (_, wanted) => {
    const permitted = { type: 'consent.use-authorised' }
    expect(answerTo(wanted)).toMatchObject([permitted])
    expect(answerTo(wanted, optedOut)).toMatchObject([{ type: 'consent.use-refused', data: { codes: ['opted-out'] } }])
    expect(answerTo(wanted, optedOut, reversed)).toMatchObject([permitted])
  })

  it.each([
    ['care', { purpose: 'TREAT' }],
    ['the trial that the person agreed to', { purpose: 'CLINTRCH', trial: TRIAL }],
  ])('leaves %s to consent', (_, wanted) => {
    expect(answerTo(wanted, optedOut)).toMatchObject([{ type: 'consent.use-authorised' }])
  })
})
