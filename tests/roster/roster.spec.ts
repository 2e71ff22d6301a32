import { describe, expect, it } from '@jest/globals'
import type { Role } from '../../src/identity/roles.js'
import type { EventMetadata } from '../../src/journal/decider.js'
import type { GrantTerms, RosterEvent } from '../../src/roster/events.js'
import { endOfEmergency } from '../../src/roster/emergencies/emergency-rules.js'
import { FailedSignIns, FAILURES_THAT_LOCK } from '../../src/roster/failed-sign-ins.js'
import { isActive, isInForce, type RosterState } from '../../src/roster/roster-state.js'
import { rosterAt, type RosterCommand } from '../../src/roster/roster.js'
import { isOpen } from '../../src/roster/time-boxed.js'

const NOW = '2026-06-01T00:00:00.000Z'
const GRANT = 'grant-1'
const [ADA, CARL, QUENTIN, IDA, IVAN] = ['ada', 'carl', 'quentin', 'ida', 'ivan'] as const
const FOUNDED = {
  type: 'roster.opened',
  data: {
    basis: 'configuration',
    people: [
      { actor: ADA, grant: 'g-ada', role: 'administrator', scope: {} },
      { actor: CARL, grant: 'g-carl', role: 'compliance', scope: {} },
      { actor: QUENTIN, grant: 'g-quentin', role: 'qa', scope: {} },
    ],
  },
} as const satisfies RosterEvent
const PEOPLE = [IDA, IVAN].map((actor): RosterEvent => ({
  type: 'roster.person-registered',
  data: { actor, kind: 'person' },
}))
const SITE_TERMS: GrantTerms = { role: 'investigator', scope: { site: 'site-1' }, from: '2026-01-01T00:00:00.000Z' }

/** The roster after these events, each recorded by the person named. */
function given(...history: (RosterEvent | [RosterEvent, by: string])[]): RosterState {
  const { initial, evolve } = rosterAt(NOW)
  return history.reduce((state: RosterState, entry) => {
    const [event, by] = Array.isArray(entry) ? entry : [entry, 'service']
    const metadata = { recordedAt: NOW, actor: { id: by, role: 'any' } } as EventMetadata
    return evolve(state, event, metadata)
  }, initial)
}
const when = (state: RosterState, command: RosterCommand, at = NOW) => rosterAt(at).decide(state, command)
const refused = (state: RosterState, command: RosterCommand, at = NOW): string | undefined => {
  try {
    when(state, command, at)
    return undefined
  } catch (error) {
    return (error as { code: string }).code
  }
}

const requested = (terms = SITE_TERMS, actor: string = IDA): [RosterEvent, string] => [
  { type: 'roster.grant-requested', data: { grant: GRANT, actor, ...terms } },
  QUENTIN,
]
const step = (type: 'approved' | 'executed', by: string): [RosterEvent, string] => [
  { type: `roster.grant-${type}`, data: { grant: GRANT, actor: IDA } },
  by,
]
const trained = (role: Role, validUntil = '2027-01-01'): RosterEvent => ({
  type: 'roster.training-recorded',
  data: { actor: IDA, role, completedOn: '2026-01-01', validUntil },
})
const base = [FOUNDED, ...PEOPLE]
const approve = (by: string, role: Role): RosterCommand => ({ do: 'approve-grant', grant: GRANT, by, role })
const execute = (by: string): RosterCommand => ({ do: 'execute-grant', grant: GRANT, by })
const ask = (terms: GrantTerms, actor: string = IDA, by: string = CARL): RosterCommand => {
  return { do: 'request-grant', grant: GRANT, actor, by, terms }
}

// proves TL-IDN-013
describe('the separations around a grant', () => {
  it('takes four people: one asks, one approves, one puts into force, one reviews', () => {
    const asked = given(...base, requested())
    expect(when(asked, approve(CARL, 'compliance'))).toMatchObject([{ type: 'roster.grant-approved' }])
    expect(refused(asked, approve(QUENTIN, 'compliance'))).toBe('separation-of-duties')
    const approved = given(...base, trained('investigator'), requested(), step('approved', CARL))
    expect(when(approved, execute(ADA))).toMatchObject([{ type: 'roster.grant-executed' }])
    expect(refused(approved, execute(CARL))).toBe('separation-of-duties')
    const executed = given(...base, requested(), step('approved', CARL), step('executed', ADA))
    const review = (by: string): RosterCommand => ({ do: 'review-grant', grant: GRANT, by, finding: 'confirmed' })
    for (const hand of [QUENTIN, CARL, ADA]) expect(refused(executed, review(hand))).toBe('separation-of-duties')
    expect(when(executed, review(IVAN))).toMatchObject([{ type: 'roster.grant-reviewed' }])
  })

  it('refuses a hand in one’s own grant, at every step', () => {
    expect(refused(given(...base), ask(SITE_TERMS, IDA, IDA))).toBe('own-grant')
    expect(refused(given(...base, requested()), approve(IDA, 'compliance'))).toBe('own-grant')
    expect(refused(given(...base, requested(), step('approved', CARL)), execute(IDA))).toBe('own-grant')
    const inForce = given(...base, requested(), step('approved', CARL), step('executed', ADA))
    expect(refused(inForce, { do: 'revoke-grant', grant: GRANT, by: IDA })).toBe('own-grant')
    expect(refused(given(...base), { do: 'revoke', actor: ADA, by: ADA })).toBe('own-access')
  })

  it.each([
    ['investigator', ['investigator', 'compliance']],
    ['sponsor', ['sponsor', 'compliance']],
    ['modeller', ['sponsor', 'compliance']],
    ['regulator', ['compliance']],
    ['compliance', ['qa']],
  ] as const)('lets a grant of %s be approved by %s alone', (role, approvers) => {
    const asked = given(...base, requested({ ...SITE_TERMS, role }))
    for (const approver of ['investigator', 'sponsor', 'compliance', 'qa'] as const)
      expect(refused(asked, approve(IVAN, approver))).toBe(
        (approvers as readonly Role[]).includes(approver) ? undefined : 'approver-unfit',
      )
  })

  it('puts nothing into force that was not approved, and nothing twice', () => {
    expect(refused(given(...base, trained('investigator'), requested()), execute(ADA))).toBe('grant-not-approved')
    const done = given(...base, trained('investigator'), requested(), step('approved', CARL), step('executed', ADA))
    expect(refused(done, execute(ADA))).toBe('grant-not-approved')
    expect(refused(done, approve(IVAN, 'compliance'))).toBe('grant-not-pending')
  })

  it('gives nobody two roles that exclude each other, not even one after the other', () => {
    const sponsor: GrantTerms = { role: 'sponsor', scope: { org: 'org-1' }, from: SITE_TERMS.from }
    expect(refused(given(...base, requested()), ask(sponsor))).toBe('roles-exclusive')
    expect(refused(given(...base), ask(sponsor, ADA))).toBe('roles-exclusive')
    const steward: GrantTerms = { role: 'steward', scope: { site: 'site-1' }, from: SITE_TERMS.from }
    expect(refused(given(...base, requested()), ask(steward))).toBeUndefined()
  })
})

describe('the terms of a grant', () => {
  // proves TL-IDN-010
  it('need a training for the role that is current when it is put into force', () => {
    const approved = [requested(), step('approved', CARL)]
    expect(refused(given(...base, ...approved), execute(ADA))).toBe('training-missing')
    expect(refused(given(...base, trained('steward'), ...approved), execute(ADA))).toBe('training-missing')
    const ended = given(...base, trained('investigator', '2026-05-31'), ...approved)
    expect(refused(ended, execute(ADA))).toBe('training-missing')
    expect(refused(given(...base, trained('investigator', '2026-06-01'), ...approved), execute(ADA))).toBeUndefined()
    const own: RosterCommand = {
      do: 'train',
      actor: QUENTIN,
      by: QUENTIN,
      role: 'qa',
      completedOn: '2026-01-01',
      validUntil: '2027-01-01',
    }
    expect(refused(given(...base), own)).toBe('own-training')
  })

  // proves TL-IDN-015
  it('promise no limit to trials to a regulator, since nothing keeps one', () => {
    const until = '2026-02-01T00:00:00.000Z'
    const limited: GrantTerms = { role: 'regulator', scope: { trials: ['t-1'] }, from: SITE_TERMS.from, until }
    expect(refused(given(...base), ask(limited))).toBe('grant-terms-invalid')
    expect(refused(given(...base), ask({ ...limited, scope: {} }))).toBeUndefined()
  })

  // proves TL-IDN-015
  it('give a regulator an end, at most a year ahead', () => {
    const regulator = (until?: string): GrantTerms => ({
      role: 'regulator',
      scope: {},
      from: NOW,
      ...(until && { until }),
    })
    expect(refused(given(...base), ask(regulator()))).toBe('grant-end-missing')
    expect(refused(given(...base), ask(regulator('2027-06-03T00:00:00.000Z')))).toBe('grant-end-missing')
    expect(refused(given(...base), ask(regulator('2026-09-01T00:00:00.000Z')))).toBeUndefined()
  })

  it.each([
    ['a participant', { ...SITE_TERMS, role: 'participant' }],
    ['an investigator without a site', { ...SITE_TERMS, scope: {} }],
    ['a sponsor without an organisation', { ...SITE_TERMS, role: 'sponsor', scope: {} }],
    ['a purpose that the role is not for', { ...SITE_TERMS, scope: { site: 'site-1', purposes: ['PUBHLTH'] } }],
    ['a scope that is left to the token', { ...SITE_TERMS, scope: 'as-claimed' }],
    ['an end before the beginning', { ...SITE_TERMS, until: '2025-01-01T00:00:00.000Z' }],
  ] as [string, GrantTerms][])('refuse %s', (_case, terms) => {
    expect(refused(given(...base), ask(terms))).toBe('grant-terms-invalid')
  })

  it('hold from their beginning to just before their end, and not after a revocation', () => {
    const terms = { ...SITE_TERMS, from: '2026-02-01T00:00:00.000Z', until: '2026-03-01T00:00:00.000Z' }
    const history = [...base, requested(terms), step('approved', CARL), step('executed', ADA)]
    const at = (state: RosterState, time: string) => isInForce(state.grants.get(GRANT)!, time)
    expect(
      ['2026-01-31T23:59:59.999Z', terms.from, '2026-02-28T23:59:59.999Z', terms.until].map((time) =>
        at(given(...history), time),
      ),
    ).toEqual([false, true, true, false])
    const revoked: RosterEvent = { type: 'roster.grant-revoked', data: { grant: GRANT, actor: IDA } }
    expect(at(given(...history, revoked), terms.from)).toBe(false)
  })
})

// proves TL-IDN-011
describe('access in an emergency', () => {
  const HOUR = 3_600_000
  const after = (hours: number) => new Date(Date.parse(NOW) + hours * HOUR).toISOString()
  const opening = { emergency: 'e-1', actor: IDA, subject: 's-1', twin: 't-1', until: endOfEmergency(NOW) }
  const opened: [RosterEvent, string] = [{ type: 'roster.emergency-opened', data: opening }, IDA]
  const review = (by: string): RosterCommand => ({
    do: 'review-emergency',
    emergency: 'e-1',
    by,
    finding: 'justified',
  })

  it('ends after four hours, or when who opened it closes it', () => {
    const state = given(...base, opened)
    const [emergency] = state.emergencies.values()
    expect([NOW, after(3.99), after(4)].map((at) => isOpen(emergency!, at))).toEqual([true, true, false])
    expect(refused(state, { do: 'open-emergency', ...opening, emergency: 'e-2' })).toBe('emergency-open')
    expect(refused(state, { do: 'close-emergency', emergency: 'e-1', by: CARL })).toBe('emergency-of-another')
    expect(when(state, { do: 'close-emergency', emergency: 'e-1', by: IDA })).toMatchObject([
      { type: 'roster.emergency-closed' },
    ])
  })

  it('is reviewed once, by somebody else', () => {
    const state = given(...base, opened)
    expect(refused(state, review(IDA))).toBe('own-emergency')
    const [reviewed] = when(state, review(CARL))
    expect(reviewed).toMatchObject({ type: 'roster.emergency-reviewed', data: { finding: 'justified' } })
    expect(refused(given(...base, opened, [reviewed!, CARL]), review(QUENTIN))).toBe('emergency-reviewed')
  })

  it('ends at once when the review finds it was not justified, or when oversight ends it', () => {
    const state = given(...base, opened)
    const unjustified: RosterCommand = { do: 'review-emergency', emergency: 'e-1', by: CARL, finding: 'not-justified' }
    const ended = when(state, unjustified)
    expect(ended.map(({ type }) => type)).toEqual(['roster.emergency-reviewed', 'roster.emergency-closed'])
    const [emergency] = given(
      ...base,
      opened,
      ...ended.map((event): [RosterEvent, string] => [event, CARL]),
    ).emergencies.values()
    expect(isOpen(emergency!, after(1))).toBe(false)
    expect(when(state, unjustified, after(5)).map(({ type }) => type)).toEqual(['roster.emergency-reviewed'])
    const end: RosterCommand = { do: 'end-emergency', emergency: 'e-1' }
    expect(when(state, end).map(({ type }) => type)).toEqual(['roster.emergency-closed'])
    expect(when(given(...base, opened, ...when(state, end)), end)).toEqual([])
  })

  it('raises an alarm once when nobody reviewed it within three days', () => {
    const report: RosterCommand = { do: 'report-overdue', emergency: 'e-1' }
    expect(when(given(...base, opened), report, after(71.9))).toEqual([])
    const [overdue] = when(given(...base, opened), report, after(72))
    expect(overdue).toMatchObject({ type: 'roster.emergency-review-overdue' })
    expect(when(given(...base, opened, overdue!), report, after(99))).toEqual([])
    const [reviewed] = when(given(...base, opened), review(CARL))
    expect(when(given(...base, opened, [reviewed!, CARL]), report, after(99))).toEqual([])
  })
})

// proves TL-IDN-016
describe('failed sign-ins', () => {
  it('count within a quarter of an hour, person by person, and a success forgets them', () => {
    const failed = new FailedSignIns()
    const at = (minute: number) => failed.note(IDA, minute * 60_000)
    expect([0, 1, 2, 3].map(at)).toEqual([1, 2, 3, 4])
    expect(failed.note(CARL, 3 * 60_000)).toBe(1)
    expect(at(15.5)).toBe(4)
    failed.forget(IDA)
    expect(at(15.6)).toBe(1)
    expect([15.7, 15.8, 15.9, 15.95].map(at)).toEqual([2, 3, 4, FAILURES_THAT_LOCK])
  })

  it('lock once, and only somebody else unlocks', () => {
    const lock: RosterCommand = { do: 'lock', actor: IDA, factor: 'step-up', failures: 5 }
    const [locked] = when(given(...base), lock)
    const state = given(...base, locked!)
    expect(when(state, lock)).toEqual([])
    expect(refused(state, { do: 'unlock', actor: IDA, by: IDA })).toBe('own-access')
    expect(when(state, { do: 'unlock', actor: IDA, by: ADA })).toMatchObject([{ type: 'roster.sign-in-unlocked' }])
  })
})

describe('the people of the roster', () => {
  const retired: RosterEvent = { type: 'roster.person-retired', data: { actor: IVAN } }

  // proves TL-IDN-014
  it('never meet an id again that was retired', () => {
    const state = given(...base, retired)
    expect(refused(state, { do: 'register', actor: IVAN, kind: 'person' })).toBe('id-retired')
    expect(refused(state, ask(SITE_TERMS, IVAN))).toBe('person-retired')
    expect(refused(given(...base), { do: 'register', actor: IVAN, kind: 'person' })).toBe('id-taken')
  })

  // proves TL-IDN-014
  it('answer for service accounts, which end with them and attest to nothing', () => {
    const register = (owner?: string): RosterCommand => ({
      do: 'register',
      actor: 'robot',
      kind: 'service',
      ...(owner && { owner }),
    })
    expect(refused(given(...base), register())).toBe('owner-unfit')
    const [event] = when(given(...base), register(IVAN))
    const state = given(...base, event!)
    expect(isActive(state.people.get('robot'), state)).toBe(true)
    expect(refused(state, { do: 'attest', actor: 'robot', statement: 'signatures:1' })).toBe('not-a-person')
    const orphaned = given(...base, event!, retired)
    expect(isActive(orphaned.people.get('robot'), orphaned)).toBe(false)
  })

  it('come from the configuration once, into an empty roster', () => {
    const open: RosterCommand = { do: 'open', basis: 'configuration', people: FOUNDED.data.people }
    expect(when(given(), open)).toEqual([FOUNDED])
    expect(when(given(...PEOPLE), open)).toEqual([])
  })

  it('attest once to a statement', () => {
    const attest: RosterCommand = { do: 'attest', actor: IDA, statement: 'signatures:1' }
    const events = when(given(...base), attest)
    expect(events).toEqual([{ type: 'roster.attestation-recorded', data: { actor: IDA, statement: 'signatures:1' } }])
    expect(when(given(...base, ...events), attest)).toEqual([])
  })
})

// proves TL-IDN-021
describe('a ticket to see who a twin stands for', () => {
  const after = (hours: number) => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString()
  const asked = { ticket: 't-1', actor: IDA, subject: 's-1', twin: 'twin-1', hours: 8 }
  const requested: [RosterEvent, string] = [{ type: 'roster.ticket-requested', data: asked }, IDA]
  const step = (what: 'approve' | 'decline' | 'revoke' | 'return', by: string): RosterCommand => ({
    do: `${what}-ticket`,
    ticket: 't-1',
    by,
  })
  const approved = (): [RosterEvent, string] => [when(given(...base, requested), step('approve', CARL))[0]!, CARL]
  const open = () => given(...base, requested, approved())

  it('opens nothing before somebody else approves it, and then for the hours asked for', () => {
    const waiting = given(...base, requested)
    expect(isOpen(waiting.tickets.get('t-1')!, NOW)).toBe(false)
    expect(refused(waiting, step('approve', IDA))).toBe('own-ticket')
    const ticket = open().tickets.get('t-1')!
    expect([NOW, after(7.99), after(8)].map((at) => isOpen(ticket, at))).toEqual([true, true, false])
    expect(refused(open(), step('approve', QUENTIN))).toBe('ticket-decided')
  })

  it('is asked for again once it has ended, and not before', () => {
    const again: RosterCommand = { do: 'request-ticket', ...asked, ticket: 't-2' }
    expect(refused(given(...base, requested), again)).toBe('ticket-open')
    expect(refused(open(), again)).toBe('ticket-open')
    expect(refused(open(), { ...again, twin: 'twin-2' })).toBeUndefined()
    expect(refused(open(), again, after(8))).toBeUndefined()
  })

  it('ends when it is refused, revoked, or given back by its holder', () => {
    const [declined] = when(given(...base, requested), step('decline', CARL))
    expect(isOpen(given(...base, requested, [declined!, CARL]).tickets.get('t-1')!, NOW)).toBe(false)
    expect(refused(given(...base, requested), step('revoke', CARL))).toBe('ticket-not-open')
    expect(refused(open(), step('return', CARL))).toBe('ticket-of-another')
    for (const [what, by] of [
      ['revoke', CARL],
      ['return', IDA],
    ] as const) {
      const ended = given(...base, requested, approved(), [when(open(), step(what, by))[0]!, by])
      expect(isOpen(ended.tickets.get('t-1')!, NOW)).toBe(false)
      expect(refused(ended, step('revoke', CARL))).toBe('ticket-not-open')
    }
  })
})
