import { describe, expect, it } from '@jest/globals'
import type { EventMetadata } from '../../src/journal/decider.js'
import type { RequestKind } from '../../src/privacy/codes.js'
import { dueAt, extendedDueAt } from '../../src/privacy/requests/deadline.js'
import { decideAt, type RequestCommand } from '../../src/privacy/requests/request.js'
import { evolve, NO_REQUEST, type RequestState } from '../../src/privacy/requests/request-state.js'

const RECEIVED = '2026-01-31T15:00:00.000Z'
const by = { actor: { id: 'compliance', role: 'compliance' }, subject: 'subject-1' } as EventMetadata

/** The state after commands, each at its own time. */
const after = (...commands: [now: string, command: RequestCommand][]): RequestState =>
  commands.reduce(
    (state, [now, command]) =>
      decideAt(now, state, command).reduce((before, event) => evolve(before, event, by), state),
    NO_REQUEST,
  )

const received = (kind: RequestKind): [string, RequestCommand] => [
  RECEIVED,
  { type: 'receive', kind, channel: 'electronic', signedIn: true, ...(kind === 'human-review' && { run: 'run-1' }) },
]
const refusal = (state: RequestState, now: string, command: RequestCommand): string => {
  try {
    decideAt(now, state, command)
    return 'none'
  } catch (error) {
    return (error as { code: string }).code
  }
}

// proves TL-PRV-003
describe('the clock of a request', () => {
  it.each([
    ['2026-01-31T15:00:00.000Z', '2026-02-28T23:59:59.999Z', '2026-04-30T23:59:59.999Z'],
    ['2028-01-30T00:00:00.000Z', '2028-02-29T23:59:59.999Z', '2028-04-30T23:59:59.999Z'],
    ['2026-11-15T23:59:59.000Z', '2026-12-15T23:59:59.999Z', '2027-02-15T23:59:59.999Z'],
  ])('of %s ends on %s, extended on %s', (from, month, quarter) => {
    expect([dueAt(from), extendedDueAt(from)]).toEqual([month, quarter])
  })

  it('is extended once, with a reason, within the first month', () => {
    const extend = { type: 'extend', reason: 'complexity' } as const
    const state = after(received('access'), ['2026-02-10T00:00:00.000Z', extend])
    expect(state.dueAt).toBe('2026-04-30T23:59:59.999Z')
    expect(refusal(state, '2026-02-11T00:00:00.000Z', extend)).toBe('privacy-request-extended')
    expect(refusal(after(received('access')), '2026-03-01T00:00:00.000Z', extend)).toBe('privacy-deadline-passed')
  })

  it('raises an alarm once when it ran out, and none after an answer', () => {
    const alarm = { type: 'notice-overdue' } as const
    const open = after(received('access'))
    expect(decideAt('2026-02-28T23:59:59.999Z', open, alarm)).toEqual([])
    const [event] = decideAt('2026-03-01T00:00:00.000Z', open, alarm)
    expect(event).toEqual({ type: 'privacy.request-overdue', data: { dueAt: '2026-02-28T23:59:59.999Z' } })
    expect(decideAt('2026-03-02T00:00:00.000Z', evolve(open, event!, by), alarm)).toEqual([])
    const answered = after(
      received('access'),
      [RECEIVED, { type: 'decide', outcome: 'granted', grounds: [] }],
      [RECEIVED, { type: 'answer', channel: 'electronic' }],
    )
    expect(decideAt('2027-01-01T00:00:00.000Z', answered, alarm)).toEqual([])
  })
})

describe('a request', () => {
  it('cannot be decided before it is known who asks, but refused for that', () => {
    const unknown = after([RECEIVED, { type: 'receive', kind: 'access', channel: 'paper', signedIn: false }])
    expect(refusal(unknown, RECEIVED, { type: 'decide', outcome: 'granted', grounds: [] })).toBe(
      'privacy-request-out-of-order',
    )
    const refused: RequestCommand = { type: 'decide', outcome: 'refused', grounds: ['identity-not-established'] }
    expect(refusal(unknown, RECEIVED, refused)).toBe('none')
  })

  it('states its ground when it is refused, in whole or in part', () => {
    const state = after(received('access'))
    for (const outcome of ['refused', 'partial'] as const)
      expect(refusal(state, RECEIVED, { type: 'decide', outcome, grounds: [] })).toBe('privacy-ground-required')
    const wrong: RequestCommand = { type: 'decide', outcome: 'refused', grounds: ['17-3-b'] }
    expect(refusal(state, RECEIVED, wrong)).toBe('privacy-ground-not-applicable')
  })

  it.each(['17-3-b', '17-3-c', '17-3-d', '17-3-e'] as const)(
    'for erasure is refused on %s without being prepared',
    (ground) => {
      const state = after(received('erasure'))
      expect(refusal(state, RECEIVED, { type: 'decide', outcome: 'refused', grounds: [ground] })).toBe('none')
      expect(refusal(state, RECEIVED, { type: 'decide', outcome: 'granted', grounds: [] })).toBe(
        'privacy-request-out-of-order',
      )
    },
  )

  it('is answered after the decision and not before', () => {
    expect(refusal(after(received('access')), RECEIVED, { type: 'answer', channel: 'paper' })).toBe(
      'privacy-request-out-of-order',
    )
  })

  it('for a review names the result it is about', () => {
    const nameless: RequestCommand = { type: 'receive', kind: 'human-review', channel: 'paper', signedIn: false }
    expect(refusal(NO_REQUEST, RECEIVED, nameless)).toBe('privacy-run-required')
  })
})
