import { describe, it, expect } from '@jest/globals'
import { currentFacts, factsOf, versionsOf, withAbsorbed } from '../../src/twins/fact-history.js'
import { items } from '../../src/twins/chain.js'
import { diff } from '../../src/twins/diff.js'
import { viewOf } from '../../src/twins/twin-view.js'
import { UNREGISTERED } from '../../src/twins/twin-state.js'
import {
  adult,
  after,
  custody,
  eventId,
  given,
  observation,
  recorded,
  registered,
  source,
  SUBJECT,
  TWIN,
  when,
} from './support.js'

const ldl = observation('13457-7', 160, 'mg/dL')
const refusal = (code: string) => expect.objectContaining({ code })

describe('registering a twin', () => {
  it('names who answers for it', () => {
    expect(when(UNREGISTERED, { type: 'register', custody, source: 'clinic-ehr' })).toEqual([registered])
    expect(given(registered)).toMatchObject({ twin: TWIN, subject: SUBJECT, status: 'active', custody, revision: 0 })
  })
  it('is refused a second time', () => {
    expect(() => when(given(registered), { type: 'register', custody, source: 'x' })).toThrow(refusal('twin-exists'))
  })
  it('comes before everything else', () => {
    expect(() => when(UNREGISTERED, { type: 'record-facts', facts: [ldl] })).toThrow(refusal('twin-not-found'))
  })
})

describe('correcting a fact', () => {
  const state = given(registered, recorded(ldl))
  const target = eventId(1)
  const replacement = observation('13457-7', 106, 'mg/dL')
  const correction = { type: 'correct-fact', target, replacement, explanation: 'Digits swapped.' } as const

  it('records the new value and keeps the earlier one', () => {
    const corrected = after(state, correction)
    expect(versionsOf(corrected, target)).toMatchObject([
      { id: target, status: 'corrected', value: ldl, correctedBy: eventId(2) },
      { id: eventId(2), status: 'current', value: replacement, corrects: target, explanation: 'Digits swapped.' },
    ])
    expect(currentFacts(corrected).map(({ id }) => id)).toEqual([eventId(2)])
  })
  it('can withdraw it as an error, which keeps it readable', () => {
    const withdrawn = after(state, { ...correction, replacement: null })
    expect(currentFacts(withdrawn)).toEqual([])
    expect(factsOf(withdrawn).get(target)).toMatchObject({
      status: 'withdrawn',
      value: ldl,
      withdrawal: { id: eventId(2), explanation: 'Digits swapped.' },
    })
  })
  it('goes on from the standing version only', () => {
    const corrected = after(state, correction)
    expect(() => when(corrected, correction)).toThrow(refusal('fact-not-current'))
    expect(() => when(state, { ...correction, target: eventId(9) })).toThrow(refusal('fact-not-found'))
    const twice = after(corrected, { ...correction, target: eventId(2), replacement: ldl })
    expect(versionsOf(twice, eventId(2)).map(({ id }) => id)).toEqual([eventId(1), eventId(2), eventId(3)])
  })
  it('stays within one kind of fact', () => {
    const condition = { kind: 'condition', code: ldl.code, source } as const
    expect(() => when(state, { ...correction, replacement: condition })).toThrow(refusal('fact-kind-differs'))
  })
  it('stays possible while the twin is withdrawn from use', () => {
    expect(when(after(state, { type: 'withdraw-from-use' }), correction)).toHaveLength(1)
  })
})

describe('demographic details', () => {
  it('keep every version', () => {
    const state = after(given(registered, { type: 'twin.demographics-recorded', data: adult }), {
      type: 'correct-demographics',
      replacement: { ...adult, birthDate: '1970-05-02' },
      explanation: 'Day and month were swapped.',
    })
    expect(items(state.demographics).map(({ value }) => value?.birthDate)).toEqual(['1970-05-20', '1970-05-02'])
  })
  it('are corrected only once recorded', () => {
    const command = { type: 'correct-demographics', replacement: adult, explanation: '' } as const
    expect(() => when(given(registered), command)).toThrow(refusal('demographics-missing'))
  })
})

describe('taking a twin out of use', () => {
  const withdrawn = after(given(registered), { type: 'withdraw-from-use' })
  it('stops new facts until it is returned', () => {
    expect(withdrawn.status).toBe('withdrawn')
    expect(() => when(withdrawn, { type: 'record-facts', facts: [ldl] })).toThrow(refusal('twin-withdrawn'))
    expect(after(withdrawn, { type: 'return-to-use' }).status).toBe('active')
  })
  it('needs a twin in use, and returning one that is not', () => {
    expect(() => when(withdrawn, { type: 'withdraw-from-use' })).toThrow(refusal('twin-withdrawn'))
    expect(() => when(given(registered), { type: 'return-to-use' })).toThrow(refusal('twin-in-use'))
  })
})

describe('merging twins', () => {
  const OTHER = '33333333-3333-4333-8333-333333333333'
  it('ends one twin, which then names its survivor', () => {
    const ended = after(given(registered), { type: 'merge-into', survivor: OTHER })
    expect(ended).toMatchObject({ status: 'merged', survivor: OTHER })
    expect(() => when(ended, { type: 'record-facts', facts: [ldl] })).toThrow(
      expect.objectContaining({ code: 'twin-merged', details: { survivor: OTHER } }),
    )
  })
  it('gives the survivor the facts of the other, which it can correct', () => {
    const survivor = after(given(registered), { type: 'absorb', merged: OTHER, revision: 1 })
    const merged = given(registered, recorded(ldl))
    const united = withAbsorbed(survivor, [merged])
    expect(currentFacts(united)).toMatchObject([{ id: eventId(1), value: ldl }])
    expect(
      when(united, { type: 'correct-fact', target: eventId(1), replacement: null, explanation: 'x' }),
    ).toHaveLength(1)
  })
  it('is refused with itself and twice', () => {
    expect(() => when(given(registered), { type: 'merge-into', survivor: TWIN })).toThrow(
      refusal('twin-merge-with-itself'),
    )
    const survivor = after(given(registered), { type: 'absorb', merged: OTHER, revision: 1 })
    expect(() => when(survivor, { type: 'absorb', merged: OTHER, revision: 1 })).toThrow(
      refusal('twin-already-absorbed'),
    )
  })
})

describe('custody and identifiers', () => {
  it('record changes only', () => {
    const state = after(given(registered), { type: 'add-identifier', identifier: { system: 'mrn', value: '1' } })
    expect(when(state, { type: 'add-identifier', identifier: { system: 'mrn', value: '1' } })).toEqual([])
    expect(when(state, { type: 'change-custody', custody })).toEqual([])
    expect(after(state, { type: 'change-custody', custody: { ...custody, owner: 'site-2' } }).custody?.owner).toBe(
      'site-2',
    )
  })
})

describe('a twin whose payloads were erased', () => {
  it('still says what happened, when and by whom', () => {
    const state = given(
      registered,
      { type: 'twin.demographics-recorded', data: null },
      { type: 'twin.observation-recorded', data: null },
      { type: 'twin.fact-corrected', data: null },
    )
    expect([...factsOf(state).values()]).toMatchObject([
      { kind: 'observation', value: null, status: 'current', actor: { role: 'investigator' } },
      { kind: null, value: null, status: 'current' },
    ])
    expect(items(state.demographics)).toMatchObject([{ value: null, revision: 1 }])
    expect(state).toMatchObject({ status: 'active', revision: 3, subject: SUBJECT })
  })

  const state = given(
    registered,
    recorded(ldl),
    { type: 'twin.demographics-recorded', data: null },
    { type: 'twin.observation-recorded', data: null },
  )

  it('tells what was erased from what is withheld and from what was never recorded', () => {
    const full = viewOf(state, 'full')
    expect(full.withheld).toEqual([])
    expect(full.facts.map(({ value, erased }) => [value === null, erased])).toEqual([
      [false, undefined],
      [true, true],
    ])
    expect(full.person).toMatchObject({ demographics: [{ value: null, erased: true }], contact: [] })
    const coded = viewOf(state, 'coded')
    expect(coded).not.toHaveProperty('person')
    expect(coded.withheld).toContain('person')
    expect(coded.facts.map(({ erased }) => erased)).toEqual([undefined, true])
  })

  it('names in a comparison the sides that were erased', () => {
    const { facts, demographics } = diff(given(registered), state)
    expect(facts.added.map(({ before, after, erased }) => [before, after === null, erased])).toEqual([
      [null, false, undefined],
      [null, true, ['after']],
    ])
    expect(demographics).toMatchObject([{ before: null, after: null, erased: ['after'] }])
  })
})
