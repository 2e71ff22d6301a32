import { describe, expect, it } from '@jest/globals'
import type { EventMetadata } from '../../src/journal/decider.js'
import {
  consultationDecider,
  resultOf,
  type ConsultationCommand,
  type ConsultationState,
} from '../../src/privacy/consultations/consultation.js'

const NOW = '2026-11-20T09:00:00.000Z'
const LAST_MOMENT = '2026-11-27T23:59:59.999Z'
const AFTERWARDS = '2026-11-28T00:00:00.000Z'

const ask: ConsultationCommand = {
  type: 'ask',
  request: 'request-1',
  trial: 'trial-1',
  code: 'K7QX-9M2T',
  requestDueAt: '2026-12-20T23:59:59.999Z',
}
const answer: ConsultationCommand = { type: 'answer', position: 'needed-for-safety', statement: 'A late reaction.' }

const after = (...commands: ConsultationCommand[]): ConsultationState => {
  const { initial, decide, evolve } = consultationDecider(NOW)
  return commands.reduce(
    (state, command) =>
      decide(state, command).reduce(
        (before, event) => evolve(before, event, { subject: 's-1' } as EventMetadata),
        state,
      ),
    initial,
  )
}
const when = (state: ConsultationState, command: ConsultationCommand, at = NOW) =>
  consultationDecider(at).decide(state, command)
const refused = (state: ConsultationState, command: ConsultationCommand, at = NOW): string => {
  try {
    when(state, command, at)
    return 'none'
  } catch (error) {
    return (error as { code: string }).code
  }
}

// proves TL-PRV-007
describe('a consultation of a sponsor', () => {
  it('is asked once, to be answered within a week, and within the time of the request', () => {
    expect(when(after(), ask)).toMatchObject([{ type: 'privacy.sponsor-consulted', data: { dueAt: LAST_MOMENT } }])
    expect(when(after(ask), ask)).toEqual([])
    const soon = '2026-11-22T23:59:59.999Z'
    expect(when(after(), { ...ask, requestDueAt: soon })).toMatchObject([{ data: { dueAt: soon } }])
  })

  it('is answered once, up to its last moment', () => {
    expect(refused(after(), answer)).toBe('consultation-not-found')
    expect(when(after(ask), answer, LAST_MOMENT).map(({ type }) => type)).toEqual([
      'privacy.sponsor-answered',
      'privacy.sponsor-statement-recorded',
    ])
    expect(refused(after(ask), answer, AFTERWARDS)).toBe('consultation-over')
    expect(refused(after(ask, answer), answer)).toBe('consultation-answered')
  })

  it.each([
    ['an answer', after(ask, answer), NOW, true, 'answered'],
    ['no answer in time', after(ask), AFTERWARDS, true, 'unanswered'],
    ['no answer yet, which the decision waits for', after(ask), NOW, true, null],
    ['no answer yet, on which nothing hangs', after(ask), NOW, false, 'not-awaited'],
    ['nobody asked', after(), NOW, false, 'not-asked'],
  ])('comes to what is on record: %s', (_what, state, now, awaited, result) => {
    expect(resultOf(state, { now, awaited })).toBe(result)
  })
})
