import { describe, expect, it } from '@jest/globals'
import type { EventMetadata } from '../../src/journal/decider.js'
import { decide, type DecisionCommand } from '../../src/privacy/decisions/decision.js'
import { evolve, NO_DECISION, type DecisionState } from '../../src/privacy/decisions/decision-state.js'

/** What each person does, one after the other. */
const after = (...acts: [actor: string, command: DecisionCommand][]): DecisionState =>
  acts.reduce((state, [id, command]) => {
    const by = { actor: { id, role: '' }, subject: 'subject-1' } as EventMetadata
    return decide(state, command).reduce((before, event) => evolve(before, event, by), state)
  }, NO_DECISION)

const refusal = (state: DecisionState, command: DecisionCommand): string => {
  try {
    decide(state, command)
    return 'none'
  } catch (error) {
    return (error as { code: string }).code
  }
}

const PROPOSAL = {
  type: 'propose',
  run: 'run-1',
  completed: true,
  stamp: 'decision',
  matter: 'eligibility',
  significant: true,
  meaning: 'You are offered a place.',
} as const
const review = (by: string, agrees = true): [string, DecisionCommand] => [
  by,
  { type: 'review', by, agrees, reasons: 'It fits.' },
]
const adopt = { type: 'adopt' } as const
const contest = { type: 'contest', request: 'request-1' } as const
const judge = (by: string, verdict: 'upheld' | 'changed' | 'overturned', meaning?: string) =>
  ({ type: 'judge-contest', by, request: 'request-1', verdict, reasons: 'Looked at again.', meaning }) as const
const adopted = (): DecisionState => after(['ann', PROPOSAL], review('ben'), ['ben', adopt])

// proves TL-SIM-003
describe('a decision that rests on a run', () => {
  it('holds, when it is significant, only after a person other than its proposer agreed', () => {
    const proposed = after(['ann', PROPOSAL])
    expect(refusal(proposed, adopt)).toBe('decision-review-required')
    expect(refusal(proposed, review('ann')[1])).toBe('second-person-required')
    expect(adopted().status).toBe('adopted')
    expect(refusal(after(['ann', PROPOSAL], review('ben', false)), adopt)).toBe('decision-out-of-order')
  })

  it('needs no review when it is not significant', () => {
    const [event] = decide(after(['ann', { ...PROPOSAL, significant: false }]), adopt)
    expect(event).toEqual({ type: 'decision.adopted', data: { reviewed: false } })
  })

  it('rests on a completed run, and a significant one on a run for decisions', () => {
    expect(refusal(NO_DECISION, { ...PROPOSAL, completed: false })).toBe('decision-run-not-completed')
    expect(refusal(NO_DECISION, { ...PROPOSAL, stamp: 'exploratory' })).toBe('decision-run-exploratory')
    expect(refusal(NO_DECISION, { ...PROPOSAL, stamp: 'exploratory', significant: false })).toBe('none')
  })

  it('is contested once it holds, and judged by somebody who had no part in it', () => {
    expect(refusal(after(['ann', PROPOSAL]), contest)).toBe('decision-out-of-order')
    const contested = after(['ann', PROPOSAL], review('ben'), ['ben', adopt], ['person', contest])
    const refused = ['ann', 'ben', 'cleo'].map((by) => refusal(contested, judge(by, 'upheld')))
    expect(refused).toEqual(['second-person-required', 'second-person-required', 'none'])
  })

  it.each([
    ['upheld', undefined, 'none'],
    ['overturned', undefined, 'none'],
    ['changed', 'You are offered another place.', 'none'],
    ['changed', undefined, 'decision-meaning-required'],
    ['upheld', 'Something new.', 'decision-meaning-required'],
  ] as const)('is %s, saying what it means now: %s (%s)', (verdict, meaning, refused) => {
    const acts: [string, DecisionCommand][] = [['ann', PROPOSAL], review('ben'), ['ben', adopt], ['person', contest]]
    const judgement = judge('cleo', verdict, meaning)
    expect(refusal(after(...acts), judgement)).toBe(refused)
    if (refused !== 'none') return
    const judged = after(...acts, ['cleo', judgement])
    expect(judged.status).toBe(verdict)
    expect(refusal(judged, adopt)).toBe('decision-out-of-order')
    expect(refusal(judged, { type: 'contest', request: 'request-2' })).toBe(
      verdict === 'overturned' ? 'decision-out-of-order' : 'none',
    )
  })
})
