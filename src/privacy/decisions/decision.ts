/**
 * The decision model of decisions that rest on runs: nothing significant holds before a person other than its proposer agreed,
 * and whom it concerns can have it reviewed by somebody who had no part in it (GDPR Art 22, EU AI Act Art 14). Pure.
 */
import type { Decider } from '../../journal/decider.js'
import type { ModelUse } from '../../models/registry/judge-use.js'
import { Conflict, Forbidden, InvalidRequest, NotFound } from '../../platform/errors.js'
import { evolve, IN_FORCE, NO_DECISION, type DecisionState, type DecisionStatus } from './decision-state.js'
import type { ContestVerdict, DecisionEvent, DecisionMatter } from './events.js'

/** `stamp`: what the run's result may be used for. `by`: actor id. */
export type DecisionCommand =
  | {
      type: 'propose'
      run: string
      completed: boolean
      stamp: ModelUse
      matter: DecisionMatter
      significant: boolean
      meaning: string
    }
  | { type: 'review'; by: string; agrees: boolean; reasons: string }
  | { type: 'adopt' }
  | { type: 'contest'; request: string }
  | ContestJudgement

/** `meaning`: what a changed decision means for the person from now on. */
export interface ContestJudgement {
  type: 'judge-contest'
  by: string
  request: string
  verdict: ContestVerdict
  reasons: string
  meaning?: string
}

/**
 * What follows from a command.
 *
 * @throws NotFound `decision-not-found`, `decision-contest-not-found`
 * @throws Conflict `decision-run-not-completed`, `decision-run-exploratory`, `decision-review-required`, `decision-out-of-order`
 * @throws Forbidden `second-person-required`: the same person proposed it, or had a part in it
 * @throws InvalidRequest `decision-meaning-required`: a changed decision does not say what it means now
 */
export function decide(state: DecisionState, command: DecisionCommand): readonly DecisionEvent[] {
  if (command.type === 'propose') return propose(state, command)
  if (!state.proposed) throw new NotFound('decision-not-found', 'There is no such decision.')
  switch (command.type) {
    case 'review':
      mustBe(state, 'proposed')
      if (command.by === state.proposedBy) throw secondPerson('Whoever proposed a decision does not review it.')
      return [{ type: 'decision.reviewed', data: { agrees: command.agrees } }, reasonsOf(command)]
    case 'adopt':
      return adopt(state, state.proposed.significant)
    case 'contest':
      if (state.contests.has(command.request)) return []
      mustBe(state, ...IN_FORCE)
      return [{ type: 'decision.contested', data: { request: command.request } }]
    case 'judge-contest':
      return judgeContest(state, command)
  }
}

export const decisionDecider: Decider<DecisionState, DecisionCommand, DecisionEvent> = {
  initial: NO_DECISION,
  evolve,
  decide,
}

function propose(
  state: DecisionState,
  { run, completed, stamp, matter, significant, meaning }: Extract<DecisionCommand, { type: 'propose' }>,
): DecisionEvent[] {
  if (state.proposed) return []
  if (!completed)
    throw new Conflict('decision-run-not-completed', 'The run has no result that a decision could rest on.')
  if (significant && stamp !== 'decision')
    throw new Conflict('decision-run-exploratory', 'The result is exploratory: no significant decision rests on it.')
  return [
    { type: 'decision.proposed', data: { run, matter, significant } },
    { type: 'decision.meaning-recorded', data: { text: meaning } },
  ]
}

function adopt(state: DecisionState, significant: boolean): DecisionEvent[] {
  if (significant && state.status === 'proposed')
    throw new Conflict(
      'decision-review-required',
      'A significant decision holds after a person other than its proposer agreed to it.',
    )
  mustBe(state, 'proposed', 'agreed')
  return [{ type: 'decision.adopted', data: { reviewed: state.status === 'agreed' } }]
}

function judgeContest(state: DecisionState, judgement: ContestJudgement): DecisionEvent[] {
  const { by, request, verdict, meaning } = judgement
  const judged = state.contests.get(request)
  if (judged === undefined)
    throw new NotFound('decision-contest-not-found', 'The decision was not contested with this request.')
  if (judged !== null) throw outOfOrder(state)
  if (state.takers.has(by)) throw secondPerson('Whoever had a part in a decision does not judge it.')
  if ((verdict === 'changed') !== (meaning !== undefined))
    throw new InvalidRequest(
      'decision-meaning-required',
      'A decision that is changed, and no other, says what it means for the person now.',
    )
  return [
    { type: 'decision.contest-judged', data: { request, verdict } },
    reasonsOf(judgement),
    ...(meaning === undefined ? [] : [{ type: 'decision.meaning-recorded', data: { text: meaning } } as const]),
  ]
}

const reasonsOf = ({ reasons }: { reasons: string }) =>
  ({ type: 'decision.reasons-recorded', data: { text: reasons } }) as const

function mustBe(state: DecisionState, ...wanted: readonly DecisionStatus[]): void {
  if (!wanted.includes(state.status)) throw outOfOrder(state)
}

const outOfOrder = ({ status }: DecisionState) =>
  new Conflict('decision-out-of-order', 'This step does not follow from where the decision stands.', { status })

const secondPerson = (message: string) => new Forbidden('second-person-required', message)
