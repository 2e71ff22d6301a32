import type { DecisionStatus } from '../../../src/privacy/decisions/decision-state.js'
import { evolve, NO_DECISION, type DecisionState } from '../../../src/privacy/decisions/decision-state.js'
import type { ContestVerdict, DecisionEvent, DecisionMatter } from '../../../src/privacy/decisions/events.js'
import type { HistoryStep } from './history.js'
import { change, read, readPage } from './http.js'

export type { DecisionStatus } from '../../../src/privacy/decisions/decision-state.js'

/** A decision about a person that rests on a run. */
export interface DecisionLine {
  decision: string
  subject: string
  run: string
  matter: DecisionMatter
  /** Whether it has legal or similarly significant effects on the person (Art 22(1)). */
  significant: boolean
  status: DecisionStatus
  proposedAt: string
  adoptedAt: string | null
}

export interface DecisionHistory {
  decision: string
  subject: string
  /** Of the run that it rests on. */
  trial?: string
  history: HistoryStep[]
}

const ROOT = '/api/v1/decisions'

export const listDecisions = (status: DecisionStatus | undefined, cursor: string | undefined, signal?: AbortSignal) =>
  readPage<DecisionLine>(ROOT, 'items', { status, cursor }, signal)

export const readDecision = (decision: string, signal?: AbortSignal) =>
  read<DecisionHistory>(`${ROOT}/${decision}`, {}, signal)

/** Where a decision stands: its steps folded by the service's own rule. Who acted is not told, only in which role. */
export function standingOf({ subject, trial, history }: DecisionHistory): DecisionState {
  return history.reduce(
    (state, { type, data, actor }) =>
      evolve(state, { type, data } as DecisionEvent, { actor: { id: '', role: actor.role }, subject, trial }),
    NO_DECISION,
  )
}

export const proposeDecision = (proposed: {
  run: string
  matter: DecisionMatter
  significant: boolean
  meaning: string
}) => change<{ decision: string }>(ROOT, proposed)

export const reviewDecision = (decision: string, agrees: boolean, reasons: string) =>
  change(`${ROOT}/${decision}/review`, { agrees, reasons })

export const adoptDecision = (decision: string) => change(`${ROOT}/${decision}/adoption`, {})

export const judgeContest = (
  decision: string,
  request: string,
  judgement: { verdict: ContestVerdict; reasons: string; meaning?: string },
) => change(`${ROOT}/${decision}/contests/${request}/judgement`, judgement)
