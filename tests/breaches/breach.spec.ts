import { describe, expect, it } from '@jest/globals'
import { breachDecider, type BreachCommand } from '../../src/breaches/breach.js'
import { evolve, NO_BREACH } from '../../src/breaches/breach-state.js'
import type { BreachEvent, BreachFacts, BreachTexts } from '../../src/breaches/events.js'

const AWARE = '2026-11-22T08:00:00.000Z'
const DUE = '2026-11-25T08:00:00.000Z'
const LATE = '2026-11-25T08:00:00.001Z'

const recorded: BreachEvent = {
  type: 'breach.recorded',
  data: { detection: 'staff', detectedAt: AWARE, awareAt: AWARE, dueAt: DUE },
}
const facts: BreachFacts = {
  natures: ['confidentiality'],
  subjectCategories: ['patients'],
  recordCategories: ['health'],
  subjects: 12,
  records: 40,
  risk: 'high',
}
const texts: BreachTexts = { description: 'd', contact: 'c', consequences: 'q', measures: 'm' }
const assessed = (risk: BreachFacts['risk']): BreachEvent[] => [
  recorded,
  { type: 'breach.assessed', data: { ...facts, risk } },
  { type: 'breach.described', data: texts },
]
const notified: BreachEvent = {
  type: 'breach.authority-notified',
  data: { authority: 'authority-1', late: false, missing: [] },
}
const decide = (given: readonly BreachEvent[], when: BreachCommand, now = AWARE) =>
  breachDecider(now).decide(given.reduce(evolve, NO_BREACH), when)
const refused = (given: readonly BreachEvent[], when: BreachCommand, now = AWARE) => {
  try {
    decide(given, when, now)
  } catch (error) {
    const { code, details } = error as { code: string; details: { missing?: string[] } }
    return [code, details.missing]
  }
  return ['allowed']
}
const notify = (more: object = {}): BreachCommand => ({
  type: 'notify-authority',
  authority: 'authority-1',
  phased: false,
  ...more,
})

// proves TL-PRV-006
describe('a breach', () => {
  it('is to be notified 72 hours after the controller became aware', () => {
    const report = { type: 'record', detection: 'staff', detectedAt: AWARE } as const
    expect(decide([], { ...report, awareAt: AWARE }, DUE)).toEqual([recorded])
    expect(refused([], { ...report, awareAt: DUE })).toEqual(['breach-time-invalid', undefined])
  })

  it('names every fact that a notification lacks at once', () => {
    const partly: BreachEvent[] = [
      recorded,
      { type: 'breach.assessed', data: { natures: ['integrity'], risk: 'likely' } },
    ]
    const missing = ['subjectCategories', 'recordCategories', 'subjects', 'records', ...Object.keys(texts)]
    expect(refused(partly, notify())).toEqual(['breach-facts-missing', missing])
    expect(refused(partly, notify(), LATE)).toEqual(['breach-facts-missing', [...missing, 'reasonsForDelay']])
    expect(decide(partly, notify({ phased: true }))).toMatchObject([{ data: { late: false, missing } }])
  })

  it('tells the reasons for a delay once the 72 hours passed', () => {
    expect(decide(assessed('high'), notify(), DUE)).toMatchObject([{ data: { late: false, missing: [] } }])
    expect(refused(assessed('high'), notify(), LATE)).toEqual(['breach-facts-missing', ['reasonsForDelay']])
    expect(decide(assessed('high'), notify({ reasonsForDelay: 'Phones were down.' }), LATE)).toEqual([
      { type: 'breach.delay-explained', data: { text: 'Phones were down.' } },
      { type: 'breach.authority-notified', data: { authority: 'authority-1', late: true, missing: [] } },
    ])
  })

  it('is overdue once, and only while nobody was told', () => {
    const overdue: BreachEvent = { type: 'breach.overdue', data: { dueAt: DUE } }
    expect(decide([recorded], { type: 'notice-overdue' }, DUE)).toEqual([])
    expect(decide([recorded], { type: 'notice-overdue' }, LATE)).toEqual([overdue])
    expect(decide([recorded, overdue], { type: 'notice-overdue' }, LATE)).toEqual([])
    expect(decide([recorded, notified], { type: 'notice-overdue' }, LATE)).toEqual([])
  })

  const exempted = (exception: '34-3-a' | '34-3-c'): BreachEvent => ({
    type: 'breach.communication-exempted',
    data: { exception },
  })
  const informed = (channel: 'direct' | 'public'): BreachEvent => ({
    type: 'breach.subjects-informed',
    data: { channel, persons: 12 },
  })
  const waived: BreachEvent = { type: 'breach.notification-waived', data: { because: 'risk-unlikely' } }
  it.each<[string, BreachEvent[], string[]]>([
    ['nothing but the report', [recorded], ['assessment', 'authority-notification']],
    ['a high risk', assessed('high'), ['authority-notification', 'communication']],
    ['persons informed', [...assessed('high'), notified, informed('direct')], []],
    ['data that nobody can read', [...assessed('high'), notified, exempted('34-3-a')], []],
    [
      'no public notice in place of letters',
      [...assessed('high'), notified, exempted('34-3-c')],
      ['public-communication'],
    ],
    ['one', [...assessed('high'), notified, exempted('34-3-c'), informed('public')], []],
    ['a risk that is not high', [...assessed('likely'), notified], []],
    ['an unlikely risk', [...assessed('unlikely'), waived], []],
    [
      'an unlikely risk that turned out likely',
      [...assessed('unlikely'), waived, ...assessed('likely')],
      ['authority-notification'],
    ],
  ])('with %s lacks before its end what the law asks for', (_case, given, missing) => {
    expect(refused(given, { type: 'close' })).toEqual(
      missing.length > 0 ? ['breach-steps-missing', missing] : ['allowed'],
    )
  })

  it('is waived only where a risk is unlikely, and not touched after its end', () => {
    expect(refused(assessed('likely'), { type: 'waive-notification' })[0]).toBe('breach-risk-not-unlikely')
    const closed: BreachEvent = { type: 'breach.closed', data: {} }
    expect(refused([...assessed('likely'), notified, closed], notify())[0]).toBe('breach-closed')
  })
})
