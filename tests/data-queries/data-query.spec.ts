import { describe, expect, it } from '@jest/globals'
import { decide, type DataQueryCommand } from '../../src/data-queries/data-query.js'
import { evolve, NO_QUERY, type DataQueryState } from '../../src/data-queries/data-query-state.js'
import { tellsArm } from '../../src/data-queries/tells-arm.js'
import type { EventMetadata } from '../../src/journal/decider.js'
import { namesPerson } from '../../src/twins/names-person.js'
import { adult, given as twinOf, registered, source } from '../twins/support.js'

type Act = [actor: string, command: DataQueryCommand]

/** What each person does, one after the other; each event at the next position. */
const after = (...acts: Act[]): DataQueryState => {
  let position = 0
  return acts.reduce((state, [id, command]) => {
    const by = () => ({ actor: { id, role: 'steward' }, subject: 'subject-1', position: position++ }) as EventMetadata
    return decide(state, command).reduce((before, event) => evolve(before, event, by()), state)
  }, NO_QUERY)
}

const refusal = (state: DataQueryState, command: DataQueryCommand): string => {
  try {
    decide(state, command)
    return 'none'
  } catch (error) {
    return (error as { code: string }).code
  }
}

const RAISED: Act = [
  'stella',
  {
    type: 'raise',
    about: { twin: 'twin-1', fact: 'fact-1', field: 'quantity', site: 'site-1' },
    question: 'Is the unit mg/dL?',
  },
]
const answer = (more: object = { text: 'It is.' }): DataQueryCommand => ({ type: 'answer', by: 'ines', ...more })
const again: DataQueryCommand = { type: 're-query', by: 'stella', question: 'By which source?' }
const close = (by = 'stella'): DataQueryCommand => ({ type: 'close', by })
const cancel = (role = 'steward', by = 'sven'): DataQueryCommand => ({ type: 'cancel', by, role })

// proves TL-QRY-001
describe('a data query', () => {
  it('is raised with its question, once', () => {
    expect(decide(NO_QUERY, RAISED[1]).map(({ type }) => type)).toEqual([
      'data-query.raised',
      'data-query.question-recorded',
    ])
    expect(decide(after(RAISED), RAISED[1])).toEqual([])
    for (const command of [answer(), again, close(), cancel()])
      expect(refusal(NO_QUERY, command)).toBe('data-query-not-found')
  })

  it('is answered by somebody else than who asked, with an explanation', () => {
    expect(refusal(after(RAISED), { type: 'answer', by: 'stella', text: 'It is.' })).toBe('second-person-required')
    expect(decide(after(RAISED), answer())).toEqual([
      { type: 'data-query.answered', data: {} },
      { type: 'data-query.answer-recorded', data: { text: 'It is.' } },
    ])
    expect(refusal(after(RAISED, ['ines', answer()]), answer())).toBe('data-query-out-of-order')
  })

  it('is answered with a correction that was made since it was asked last', () => {
    const corrected = (position: number) => answer({ correction: { event: 'event-9', position } })
    expect(decide(after(RAISED), corrected(5))).toEqual([
      { type: 'data-query.answered', data: { correction: 'event-9' } },
    ])
    const askedAgain = after(RAISED, ['ines', answer()], ['stella', again])
    expect(refusal(askedAgain, corrected(3))).toBe('data-query-correction-earlier')
    expect(refusal(askedAgain, corrected(6))).toBe('none')
  })

  it('is closed, or asked again, by who asked and nobody else, once it is answered', () => {
    const answered = after(RAISED, ['ines', answer()])
    expect([close(), again].map((command) => refusal(after(RAISED), command))).toEqual([
      'data-query-out-of-order',
      'data-query-out-of-order',
    ])
    expect(refusal(answered, close('sven'))).toBe('data-query-of-another')
    expect(refusal(answered, { ...again, by: 'ines' })).toBe('data-query-of-another')
    expect(after(RAISED, ['ines', answer()], ['stella', close()]).status).toBe('closed')
    expect(after(RAISED, ['ines', answer()], ['stella', again]).status).toBe('open')
  })

  it('is cancelled by those who act as who asked did, so that none stays open for ever, and ends there', () => {
    expect(refusal(after(RAISED), cancel('sponsor'))).toBe('data-query-of-another')
    const ended = after(RAISED, ['sven', cancel()])
    expect(ended.status).toBe('cancelled')
    for (const command of [answer(), again, close(), cancel()])
      expect(refusal(ended, command)).toBe('data-query-out-of-order')
  })
})

// proves TL-QRY-002
describe('an answer to a data query', () => {
  const twin = twinOf(
    registered,
    {
      type: 'twin.demographics-recorded',
      data: { ...adult, name: { family: 'Muñoz', given: ['Ana', 'Li'] } },
    },
    { type: 'twin.identifier-added', data: { system: 'mrn', value: 'MRN-004-711' } },
    { type: 'twin.contact-recorded', data: { telecom: [{ value: '+41 61 555 01 02' }], source } },
  )

  it.each([
    ['The value of Mrs. MUNOZ stands.', true],
    ['Born on 1970-05-20, so it fits.', true],
    ['See the chart of mrn 004 711.', true],
    ['I called +41-61-555-01-02 to ask.', true],
    ['Checked against the source: the value stands.', false],
    ['Measured in 1970; Anabolic drugs excluded; Li 0.8 mmol/L.', false],
  ])('names the person or does not: %s', (text, names) => expect(namesPerson(twin, text)).toBe(names))

  it('names an arm of a blinded trial or does not', () => {
    const arms = [
      { arm: 'A', name: 'Active drug', share: 1 },
      { arm: 'PLC', name: 'Placebo', share: 1 },
    ]
    const tells = (text: string) => tellsArm({ arms, blinded: ['sponsor'] }, text)
    expect(['Took the active-drug', 'It was placebo.', 'arm plc'].map(tells)).toEqual([true, true, true])
    expect(tells('A value that stands; the drug is active.')).toBe(false)
    expect(tellsArm({ arms, blinded: [] }, 'It was placebo.')).toBe(false)
  })
})
