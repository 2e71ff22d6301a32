import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { PURPOSE_CODES, type Use } from '../../src/consents/events.js'
import type { PermitEvent, PermitTerms } from '../../src/permits/events.js'
import { permitGaps, type AskedOfPermit } from '../../src/permits/permit-gaps.js'
import {
  decide,
  evolve,
  standingOf,
  UNKNOWN_PERMIT,
  type PermitCommand,
  type PermitState,
} from '../../src/permits/permit.js'
import { permitView } from '../../src/permits/permit-view.js'
import type { TwinLedgerError } from '../../src/platform/errors.js'

const NOW = '2026-11-01T12:00:00.000Z'
const DOCUMENT = 'a'.repeat(64)
const terms: PermitTerms = {
  identifier: 'HDAB-1',
  issuer: 'access-body',
  jurisdiction: 'DE',
  document: DOCUMENT,
  purposes: ['scientific-research'],
  dataCategories: ['demographics', 'laboratory'],
  models: ['cvd'],
  holder: 'clinic',
  user: 'institute',
  from: '2026-10-01T00:00:00.000Z',
  until: '2027-10-01T00:00:00.000Z',
}
const extended = { ...terms, until: '2028-10-01T00:00:00.000Z', document: 'b'.repeat(64) }

const registered = (what = terms) => ['registrar', { type: 'permit.registered', data: what }] as const
const approved = ['approver', { type: 'permit.approved', data: { document: DOCUMENT } }] as const
const revoked = ['registrar', { type: 'permit.revoked', data: { reason: 'revoked-by-access-body' } }] as const

/** Each a day after the other, in October 2026. */
const given = (...events: readonly (readonly [actor: string, event: PermitEvent])[]): PermitState =>
  events.reduce(
    (state, [id, event], index) =>
      evolve(state, event, {
        actor: { id, role: 'compliance' },
        recordedAt: `2026-10-0${index + 2}T00:00:00.000Z`,
      }),
    UNKNOWN_PERMIT,
  )
const refusal = (state: PermitState, command: PermitCommand, now = NOW): string => {
  try {
    decide(now, state, command)
    return 'taken'
  } catch (error) {
    return (error as TwinLedgerError).code
  }
}

const waiting = given(registered())
const inForce = given(registered(), approved)
const extending = given(registered(), approved, registered(extended))
const ended = given(registered(), approved, revoked)
const again = given(registered(), approved, revoked, registered())

const REGISTER: PermitCommand = { type: 'register', terms }
const APPROVE: PermitCommand = { type: 'approve', by: 'approver', document: DOCUMENT }
const REVOKE: PermitCommand = { type: 'revoke', reason: 'recorded-in-error' }

// proves TL-EHD-002
describe('a data permit', () => {
  it.each([
    ['unknown', UNKNOWN_PERMIT, ['taken', 'permit-not-found', 'permit-not-found']],
    ['registered', waiting, ['permit-unchanged', 'taken', 'taken']],
    ['in force', inForce, ['permit-unchanged', 'permit-not-registered', 'taken']],
    ['being extended', extending, ['permit-unchanged', 'permit-document-differs', 'taken']],
    ['revoked', ended, ['taken', 'permit-not-registered', 'permit-not-in-force']],
    ['registered anew', again, ['permit-unchanged', 'taken', 'taken']],
  ] as const)('that is %s can be registered, approved, revoked: %#', (_, state, expected) => {
    expect([REGISTER, APPROVE, REVOKE].map((command) => refusal(state, command))).toEqual(expected)
  })

  it('is recorded as it was issued', () => {
    expect(decide(NOW, UNKNOWN_PERMIT, REGISTER)).toEqual([registered()[1]])
    expect(decide(NOW, waiting, APPROVE)).toEqual([approved[1]])
    expect(decide(NOW, inForce, { type: 'revoke', reason: 'revoked-by-access-body' })).toEqual([revoked[1]])
  })

  it('is approved by somebody else, against the document, before its time is over', () => {
    expect(refusal(waiting, { ...APPROVE, by: 'registrar' })).toBe('permit-approver-is-registrar')
    expect(refusal(waiting, { ...APPROVE, document: 'c'.repeat(64) })).toBe('permit-document-differs')
    expect(refusal(waiting, APPROVE, terms.until)).toBe('permit-expired')
  })

  it('ends after it begins', () => {
    const reversed = { ...terms, until: terms.from }
    expect(refusal(UNKNOWN_PERMIT, { type: 'register', terms: reversed })).toBe('permit-time-invalid')
  })

  it('stands as it was approved while other terms wait', () => {
    expect(permitView('p', extending, 2, NOW)).toMatchObject({
      standing: 'in-force',
      until: terms.until,
      approvedBy: 'approver',
      waiting: extended,
    })
    expect(permitView('p', again, 3, NOW)).toMatchObject({ standing: 'registered', approvedBy: null, waiting: null })
  })

  it.each([
    ['registered', waiting, NOW],
    ['awaited', given(registered({ ...terms, from: '2026-12-01T00:00:00.000Z' }), approved), NOW],
    ['in-force', inForce, NOW],
    ['expired', inForce, terms.until],
    ['revoked', ended, NOW],
    [null, UNKNOWN_PERMIT, NOW],
  ] as const)('is %s', (standing, state, at) => expect(standingOf(state, at)).toBe(standing))

  it('is not revived by a clock that was set back', () => {
    const late = evolve(inForce, registered(extended)[1], {
      actor: { id: 'registrar', role: 'compliance' },
      recordedAt: terms.until,
    })
    expect(standingOf(late, NOW)).toBe('expired')
  })
})

// proves TL-EHD-002
describe('what a data permit covers', () => {
  const use: Use = { purpose: 'HRESCH', model: 'cvd.prevent-2023', dataCategories: ['laboratory'] }
  const gaps = (more: Partial<Use> = {}, asked: Partial<AskedOfPermit> = {}, state = inForce) =>
    permitGaps(state, { use: { ...use, ...more }, user: 'institute', holders: ['clinic'], ...asked }, NOW)

  it.each([
    ['a use within it', {}, {}, []],
    ['another model of the class', { model: 'cvd.score2-2021' }, {}, []],
    ['a person not yet looked up', {}, { holders: 'any' }, []],
    ['no other purpose of Art 53(1)', { purpose: 'PUBHLTH' }, {}, ['purpose-not-covered']],
    ['no other model', { model: 'pk.vancomycin-goti-2018' }, {}, ['model-class-not-covered']],
    ['no other data', { dataCategories: ['laboratory', 'genotypes'] }, {}, ['data-category-not-covered']],
    ['no trial', { trial: '33333333-3333-4333-8333-333333333333' }, {}, ['trial-not-covered']],
    ['nobody else', {}, { user: 'company' }, ['permit-user-differs']],
    ['nobody without an organisation', {}, { user: undefined }, ['permit-user-differs']],
    ['no other holder', {}, { holders: ['hospital'] }, ['permit-holder-differs']],
  ] as const)('%s', (_, more, asked, expected) =>
    expect(gaps(more as Partial<Use>, asked as Partial<AskedOfPermit>)).toEqual(expected),
  )

  it.each([
    ['unknown', UNKNOWN_PERMIT, 'permit-not-in-force'],
    ['registered', waiting, 'permit-not-in-force'],
    ['registered anew', again, 'permit-not-in-force'],
    ['revoked', ended, 'permit-revoked'],
    ['over', given(registered({ ...terms, until: NOW }), approved), 'permit-expired'],
  ] as const)('nothing while it is %s', (_, state, code) => expect(gaps({}, {}, state)).toEqual([code]))

  it('never care, its administration, what the person asked for, or a trial', () => {
    const wide = given(
      registered({
        ...terms,
        purposes: ['public-or-occupational-health', 'scientific-research', 'improving-care'],
        models: 'any',
      }),
      approved,
    )
    fc.assert(
      fc.property(fc.constantFrom(...PURPOSE_CODES), fc.option(fc.uuid(), { nil: undefined }), (purpose, trial) => {
        const secondary = ['HRESCH', 'HQUALIMP', 'PUBHLTH'].includes(purpose)
        expect(gaps({ purpose, trial }, {}, wide).length === 0).toBe(secondary && trial === undefined)
      }),
    )
  })
})
