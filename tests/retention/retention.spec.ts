import { describe, expect, it } from '@jest/globals'
import { dutiesOf, keptByLaw, termsOf, type RetentionFacts } from '../../src/retention/duties.js'
import { retentionCaseDecider, type RetentionCommand } from '../../src/retention/retention-case.js'
import { scheduleDecider, STANDARD_SCHEDULE } from '../../src/retention/schedule.js'
import type { Expired, RetentionCaseEvent } from '../../src/retention/events.js'

const CLOSED = new Date('2026-03-01T12:00:00.000Z')
const trial = (country: string, countries: string[], closedAt: Date | null = CLOSED) => ({
  country,
  countries,
  closedAt,
})
const duties = (facts: Partial<RetentionFacts>) => dutiesOf({ trials: [], ...facts }, STANDARD_SCHEDULE)
const ends = (facts: Partial<RetentionFacts>) =>
  Object.fromEntries(termsOf(duties(facts)).map(({ keyClass, until }) => [keyClass, until?.toISOString() ?? null]))

// proves TL-RET-002
describe('how long records are kept', () => {
  it.each([
    ['a trial in the EU: 25 years from its end', { trials: [trial('DE', ['DE'])] }, '2051-03-01T12:00:00.000Z'],
    ['one in the United States: 2 years', { trials: [trial('US', ['US'])] }, '2028-03-01T12:00:00.000Z'],
    ['one in another country: 25 years', { trials: [trial('CH', ['CH'])] }, '2051-03-01T12:00:00.000Z'],
    ['one in another country that is open: for now', { trials: [trial('CH', ['CH'], null)] }, null],
    ['one in both: the longer', { trials: [trial('US', ['DE', 'US'])] }, '2051-03-01T12:00:00.000Z'],
    ['one that is open: for now', { trials: [trial('DE', ['DE']), trial('DE', ['DE'], null)] }, null],
  ])('%s', (_case, facts, until) => expect(ends(facts)['trial-record']).toBe(until))

  it('keeps who authorised at a site in the United States for 6 years after that was last in force', () => {
    const trials = [trial('US', ['US'])]
    expect(ends({ trials, authorisedUntil: CLOSED }).identity).toBe('2032-03-01T12:00:00.000Z')
    expect(ends({ trials, authorisedUntil: null }).identity).toBeNull()
    expect(ends({ trials: [trial('DE', ['DE', 'US'])], authorisedUntil: CLOSED })).not.toHaveProperty('identity')
  })

  it('counts a leap day to the first of March, so that nothing ends early', () => {
    const leap = trial('US', ['US'], new Date('2028-02-29T00:00:00.000Z'))
    expect(ends({ trials: [leap] })['trial-record']).toBe('2030-03-01T00:00:00.000Z')
  })

  it('limits what no law keeps, without forbidding to erase it earlier', () => {
    const facts = { withdrawnAt: CLOSED }
    expect(ends(facts)).toEqual({
      contact: '2036-03-01T12:00:00.000Z',
      'optional-research': '2036-03-01T12:00:00.000Z',
    })
    expect(keptByLaw(duties(facts), CLOSED)).toEqual([])
    const kept = keptByLaw(duties({ trials: [trial('DE', ['DE'])] }), new Date('2051-03-01T11:59:59.999Z'))
    expect(kept.map(({ keyClass }) => keyClass)).toEqual(['trial-record'])
    expect(keptByLaw(duties({ trials: [trial('DE', ['DE'])] }), new Date('2051-03-01T12:00:00.000Z'))).toEqual([])
  })

  it('can be set longer and never shorter than the law asks', () => {
    const set = (years: number) =>
      scheduleDecider.decide(STANDARD_SCHEDULE, { recordClass: 'eu-trial-record', years, reason: 'national-law' })
    expect(set(30)).toMatchObject([{ type: 'retention.period-set', data: { years: 30 } }])
    expect(() => set(24)).toThrow(
      expect.objectContaining({
        code: 'retention-too-short',
        details: { minimumYears: 25, source: 'Regulation (EU) 536/2014 Art 58' },
      }),
    )
    expect(() => set(25)).toThrow(expect.objectContaining({ code: 'retention-unchanged' }))
  })
})

describe('what is over', () => {
  const expired: Expired = {
    case: 'case-1',
    keyClass: 'trial-record',
    recordClasses: ['eu-trial-record'],
    until: 'then',
  }
  const fallDue = (...holds: string[]): RetentionCommand => ({ type: 'fall-due', expired: [expired], holds })
  const opened: RetentionCaseEvent = { type: 'retention.case-opened', data: expired }
  const heldBack: RetentionCaseEvent = { type: 'retention.expiry-held-back', data: { ...expired, holds: ['hold-1'] } }
  const after = (...events: RetentionCaseEvent[]) =>
    events.reduce(
      (state, event) => retentionCaseDecider.evolve(state, event, {} as never),
      retentionCaseDecider.initial,
    )
  const decide = (given: RetentionCaseEvent[], command: RetentionCommand) =>
    retentionCaseDecider.decide(after(...given), command)

  it.each<[string, RetentionCaseEvent[], RetentionCommand, RetentionCaseEvent[]]>([
    ['opens a case', [], fallDue(), [opened]],
    ['opens it once', [opened], fallDue(), []],
    ['is held back by a legal hold', [], fallDue('hold-1'), [heldBack]],
    ['is held back once by the same', [heldBack], fallDue('hold-1'), []],
    ['opens a case when the hold ended', [heldBack], fallDue(), [opened]],
  ])('%s', (_case, given, when, then) => expect(decide(given, when)).toEqual(then))

  it('is decided by a person, once', () => {
    const decision: RetentionCommand = { type: 'decide', erasure: 'erasure-1' }
    const decided: RetentionCaseEvent = {
      type: 'retention.case-decided',
      data: { case: 'case-1', erasure: 'erasure-1' },
    }
    expect(decide([opened], decision)).toEqual([decided])
    for (const given of [[], [heldBack], [opened, decided]])
      expect(() => decide(given, decision)).toThrow(expect.objectContaining({ code: 'retention-nothing-due' }))
  })
})
