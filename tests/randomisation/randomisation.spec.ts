import { describe, expect, it } from '@jest/globals'
import { isArmOpen } from '../../src/randomisation/blinding.js'
import { BLINDABLE_ROLES, type AnalysisPlan } from '../../src/randomisation/events.js'
import { designOf, nextPlace } from '../../src/randomisation/randomisation.js'
import { contentOf } from '../../src/randomisation/trial-unblinding.js'
import {
  askToUnblind,
  dataLocked,
  designed,
  DOCTOR,
  DOUBLE_BLIND,
  given,
  JONAS,
  listSealed,
  MARTA,
  opened,
  planFrozen,
  planRegistered,
  randomised,
  REVIEWER,
  submitted,
  unblinded,
  when,
} from './support.js'

const CODE = 'K7QX-9M2T'
const OTHER = 'AAAA-2222'
const code = (expected: string) => expect.objectContaining({ code: expected })
const randomise = {
  type: 'randomise',
  code: CODE,
  site: 'site-1',
  allocation: 'a',
  numbers: ['480213', '999999'],
} as const

describe('the design of the arms', () => {
  it('is laid down once, with arms that differ', () => {
    expect(when(given(), { type: 'design', design: DOUBLE_BLIND })).toEqual([designed()])
    expect(() => when(given(designed()), { type: 'design', design: DOUBLE_BLIND })).toThrow(code('arms-designed'))
    const twice = { ...DOUBLE_BLIND, arms: [DOUBLE_BLIND.arms[0]!, DOUBLE_BLIND.arms[0]!] }
    expect(() => when(given(), { type: 'design', design: twice })).toThrow(code('arms-invalid'))
  })

  it('says which strata a list can have', () => {
    const list = { kid: 'k', sealed: 's', source: 'imported', strata: [{ stratum: 'all', places: 4 }] } as const
    expect(() => when(given(designed()), { type: 'seal-list', list })).toThrow(code('arms-invalid'))
    expect(when(given(designed({ stratifiedBy: 'none' })), { type: 'seal-list', list })).toHaveLength(1)
    expect(() => when(given(), { type: 'seal-list', list })).toThrow(code('arms-not-designed'))
  })
})

describe('a participant', () => {
  const ready = [designed(), listSealed('site-1', 2)] as const

  it('takes the next place of the list of their site, and the first number nobody has', () => {
    const state = given(...ready, randomised(JONAS, OTHER, '480213'))
    expect(nextPlace(state, 'site-1')).toEqual({ stratum: 'site-1', place: 1 })
    expect(when(state, randomise)).toEqual([
      {
        type: 'randomisation.participant-randomised',
        data: { code: CODE, site: 'site-1', stratum: 'site-1', number: '999999', allocation: 'a' },
      },
    ])
  })

  it('is randomised once, while the list has places and the data grow', () => {
    expect(() => when(given(...ready, randomised(MARTA, CODE)), randomise)).toThrow(code('participant-randomised'))
    expect(() => when(given(designed(), listSealed('site-2', 2)), randomise)).toThrow(
      code('randomisation-list-exhausted'),
    )
    expect(() => when(given(...ready, dataLocked), randomise)).toThrow(code('data-locked'))
    expect(() => when(given(...ready, randomised(JONAS, OTHER)), { ...randomise, numbers: ['480213'] })).toThrow(
      code('allocation-number-taken'),
    )
  })

  it('finds places again once more are sealed', () => {
    const full = [...ready, randomised(JONAS, OTHER, '1'), randomised(MARTA, 'BBBB-3333', '2')] as const
    expect(() => when(given(...full), randomise)).toThrow(code('randomisation-list-exhausted'))
    expect(nextPlace(given(...full, listSealed('site-1', 4)), 'site-1')).toEqual({ stratum: 'site-1', place: 2 })
  })
})

// proves TL-TRL-005
describe('an emergency unblinding', () => {
  const state = given(designed(), listSealed('site-1', 2), randomised(MARTA, CODE))
  const unblind = { type: 'unblind-participant', code: CODE, unblinding: 'u', by: DOCTOR } as const

  it('opens one arm to whoever asked for it, and once', () => {
    expect(when(state, unblind)).toEqual([
      { type: 'randomisation.participant-unblinded', data: { code: CODE, unblinding: 'u' } },
    ])
    const after = given(designed(), listSealed('site-1', 2), randomised(MARTA, CODE), unblinded(MARTA, CODE))
    expect(() => when(after, unblind)).toThrow(code('arm-open'))
    expect(isArmOpen(after, { id: DOCTOR, role: 'investigator' }, MARTA)).toBe(true)
    expect(isArmOpen(after, { id: DOCTOR, role: 'investigator' }, JONAS)).toBe(false)
    expect(isArmOpen(after, { id: 'another', role: 'investigator' }, MARTA)).toBe(false)
  })

  it('is refused for who was not randomised, and where nothing is hidden', () => {
    expect(() => when(state, { ...unblind, code: OTHER })).toThrow(code('participant-not-randomised'))
    const open = given(designed({ blinded: ['participant'] }), listSealed('site-1', 2), randomised(MARTA, CODE))
    expect(() => when(open, unblind)).toThrow(code('arm-open'))
  })

  it('is reviewed once, by somebody else', () => {
    const before = [designed(), listSealed('site-1', 2), randomised(MARTA, CODE), unblinded(MARTA, CODE)] as const
    const review = { type: 'review-unblinding', unblinding: 'unblinding-1', finding: 'justified' } as const
    expect(() => when(given(...before), { ...review, by: DOCTOR })).toThrow(code('own-unblinding'))
    const [event] = when(given(...before), { ...review, by: REVIEWER })
    expect(() => when(given(...before, event!), { ...review, by: REVIEWER })).toThrow(code('unblinding-reviewed'))
    expect(() => when(state, { ...review, by: REVIEWER })).toThrow(code('unblinding-not-found'))
  })

  it('is reported once when nobody reviewed it within 72 hours, and not when somebody did', () => {
    const before = [designed(), listSealed('site-1', 2), randomised(MARTA, CODE), unblinded(MARTA, CODE)] as const
    const report = (at: string) => ({ type: 'report-overdue', unblinding: 'unblinding-1', at }) as const
    const [inTime, late] = [report('2026-03-04T11:59:59.999Z'), report('2026-03-04T12:00:00.000Z')]
    expect(when(given(...before), inTime)).toEqual([])
    const [overdue] = when(given(...before), late)
    expect(overdue).toEqual({
      type: 'randomisation.unblinding-review-overdue',
      data: { unblinding: 'unblinding-1' },
    })
    expect(when(given(...before, overdue!), late)).toEqual([])
    const review = { type: 'review-unblinding', unblinding: 'unblinding-1', finding: 'justified' } as const
    const [reviewed] = when(given(...before), { ...review, by: REVIEWER })
    expect(when(given(...before, reviewed!), late)).toEqual([])
    expect(when(given(...before, overdue!), { ...review, by: REVIEWER })).toHaveLength(1)
  })
})

// proves TL-TRL-006
describe('the unblinding of a trial', () => {
  const ask = askToUnblind()
  const planned = [designed(), planRegistered, planFrozen, dataLocked] as const

  it('is asked for once the data are locked and every registered plan is frozen', () => {
    expect(() => when(given(designed()), ask)).toThrow(code('data-not-locked'))
    expect(() => when(given(designed(), planRegistered, dataLocked), ask)).toThrow(code('analysis-plan-not-frozen'))
    expect(when(given(...planned), ask)).toEqual([submitted])
    expect(() => when(given(...planned, opened), ask)).toThrow(code('arm-open'))
  })

  it('is asked for without an analysis plan only where it is said why there is none', () => {
    expect(() => when(given(designed(), dataLocked), ask)).toThrow(code('analysis-plan-missing'))
    expect(when(given(designed(), dataLocked), askToUnblind('terminated-early'))).toEqual([submitted])
    expect(() => when(given(...planned), askToUnblind('terminated-early'))).toThrow(code('analysis-plan-registered'))
  })

  it('is what was asked for and approved, or is not', () => {
    const state = given(...planned, submitted)
    const approved = { request: 'request-1', ...contentOf(state, designOf(state), ask) }
    const unblind = { type: 'unblind-trial', request: approved, signature: 's' } as const
    expect(approved).toMatchObject({ below: 100, plans: [{ plan: 'plan-1', version: '1.0', digest: 'f'.repeat(64) }] })
    expect(when(state, unblind)).toEqual([
      {
        type: 'randomisation.trial-unblinded',
        data: { openTo: ['sponsor'], signature: 's', request: 'request-1' },
      },
    ])
    expect(() => when(given(...planned), unblind)).toThrow(code('unblinding-request-not-found'))
    const second = { ...planRegistered, data: { ...planRegistered.data, plan: 'plan-2', version: '2.0' } }
    const frozen = { ...planFrozen, data: { ...planFrozen.data, plan: 'plan-2' } }
    expect(() => when(given(...planned, submitted, second, frozen), unblind)).toThrow(
      code('unblinding-request-outdated'),
    )
    const moved = { ...dataLocked, data: { below: 200 } }
    expect(() => when(given(...planned, submitted, moved), unblind)).toThrow(code('unblinding-request-outdated'))
  })

  it('opens the arms to those it names', () => {
    const state = given(designed(), dataLocked, opened)
    expect(isArmOpen(state, { id: 'x', role: 'sponsor' })).toBe(true)
    expect(isArmOpen(state, { id: 'x', role: 'investigator' })).toBe(false)
  })

  it('marks a plan that is frozen afterwards', () => {
    const freeze = { type: 'freeze-plan', plan: 'plan-1', digest: 'f'.repeat(64) } as const
    const [before] = when(given(designed(), planRegistered), freeze)
    const [after] = when(given(designed(), dataLocked, opened, planRegistered), freeze)
    expect([before, after].map((event) => (event!.data as { afterUnblinding: boolean }).afterUnblinding)).toEqual([
      false,
      true,
    ])
    expect(() => when(given(planRegistered, planFrozen), freeze)).toThrow(code('analysis-plan-frozen'))
    expect(() => when(given(), freeze)).toThrow(code('analysis-plan-not-found'))
  })
})

// proves TL-TRL-004
describe('blinding', () => {
  it('says the same of a trial without arms as of one that hides them', () => {
    for (const role of BLINDABLE_ROLES) {
      expect(isArmOpen(given(), { id: 'x', role })).toBe(false)
      expect(isArmOpen(given(designed({ blinded: [role] })), { id: 'x', role })).toBe(false)
      expect(isArmOpen(given(designed({ blinded: [] })), { id: 'x', role })).toBe(true)
    }
  })

  it('hides nothing from who holds the list and from the regulator', () => {
    for (const role of ['randomisation-manager', 'regulator'] as const)
      expect(isArmOpen(given(designed({ blinded: BLINDABLE_ROLES })), { id: 'x', role })).toBe(true)
  })
})

// proves TL-TRL-007
describe('the lock of the data', () => {
  const DOCUMENT = 'e'.repeat(64)
  const ask = { type: 'request-unlocking', unlocking: 'unlocking-1', digest: DOCUMENT } as const
  const agree = { type: 'decide-unlocking', unlocking: 'unlocking-1', outcome: 'approved', by: REVIEWER } as const
  const asked = {
    event: { type: 'randomisation.unlocking-requested', data: { unlocking: 'unlocking-1', digest: DOCUMENT } },
    actor: DOCTOR,
    reason: 'data-wrong',
  } as const

  const lockAt = (below: number, openQueries: readonly string[] = [], leavesOpen = false) =>
    ({ type: 'lock-data', below, openQueries, leavesOpen }) as const

  it('is undone on request, by somebody else than who asked', () => {
    expect(when(given(dataLocked), ask)).toEqual([asked.event])
    expect(() => when(given(dataLocked, asked), { ...agree, by: DOCTOR })).toThrow(code('own-unlocking'))
    const [unlocked] = when(given(dataLocked, asked), agree)
    expect(unlocked).toEqual({
      type: 'randomisation.data-unlocked',
      data: { unlocking: 'unlocking-1', afterUnblinding: false },
    })
    const after = given(dataLocked, asked, unlocked!)
    expect(after.lockedBelow).toBeNull()
    expect(after.unlockings.get('unlocking-1')).toMatchObject({
      reason: 'data-wrong',
      decision: { outcome: 'approved' },
    })
    expect(() => when(after, agree)).toThrow(code('unlocking-decided'))
    expect(when(after, lockAt(200))).toHaveLength(1)
  })

  // proves TL-TRL-010
  it('records with it whether scores were fitted on participants, as registering and freezing a plan do', () => {
    const plan = { ...planRegistered.data, trainedOn: 'cohort-1' } as AnalysisPlan
    const check = { plan: plan.plan, cohort: 'cohort-1', participants: 12, overlap: 2 }
    const checked = { type: 'randomisation.training-checked', data: check } as const
    const [registered, ...more] = when(given(), { type: 'register-plan', plan, check })
    expect([registered!.type, ...more]).toEqual(['randomisation.plan-registered', checked])
    const freeze = { type: 'freeze-plan', plan: plan.plan, digest: 'f', check } as const
    expect(when(given(registered!), freeze).map(({ type }) => type)).toEqual([checked.type, planFrozen.type])
    expect(when(given(registered!), { ...lockAt(100), checks: [check] })).toEqual([checked, dataLocked])
    const state = given(registered!, { ...checked, data: { ...check, overlap: 0 } }, checked)
    expect(state.plans.get(plan.plan)!.training).toMatchObject({ cohort: 'cohort-1', participants: 12, overlap: 2 })
  })

  // proves TL-TRL-009
  it('waits for data queries to end, or names those that have not', () => {
    const open = ['query-1', 'query-2']
    expect(() => when(given(), lockAt(100, open))).toThrow(code('data-queries-open'))
    const [locked] = when(given(), lockAt(100, open, true))
    expect(locked).toEqual({ type: 'randomisation.data-locked', data: { below: 100, openQueries: open } })
    const reason = 'no-effect-on-analysis'
    expect(given({ event: locked!, actor: DOCTOR, reason }).locks).toMatchObject([{ openQueries: open, reason }])
    expect(when(given(), lockAt(100, [], true))).toEqual([dataLocked])
  })

  it('holds where unlocking is refused, and while nobody has decided', () => {
    expect(given(dataLocked, asked).lockedBelow).toBe(100)
    expect(() => when(given(dataLocked, asked), { ...ask, unlocking: 'unlocking-2' })).toThrow(
      code('unlocking-pending'),
    )
    expect(() => when(given(designed(), dataLocked, asked), askToUnblind())).toThrow(code('unlocking-pending'))
    const [refused] = when(given(dataLocked, asked), { ...agree, outcome: 'refused' })
    expect(given(dataLocked, asked, refused!).lockedBelow).toBe(100)
  })

  it('cannot be undone where there is none, nor agreed to unasked', () => {
    expect(() => when(given(), ask)).toThrow(code('data-not-locked'))
    expect(() => when(given(dataLocked), agree)).toThrow(code('unlocking-not-found'))
  })

  it('says when it was undone after arms were open, and keeps every lock', () => {
    const [unlocked] = when(given(designed(), dataLocked, opened, asked), agree)
    expect(unlocked!.data).toMatchObject({ afterUnblinding: true })
    const again = { type: 'randomisation.data-locked', data: { below: 200 } } as const
    const state = given(designed(), dataLocked, opened, asked, unlocked!, again)
    expect([state.lockedBelow, state.locks.map(({ below }) => below)]).toEqual([200, [100, 200]])
  })
})
