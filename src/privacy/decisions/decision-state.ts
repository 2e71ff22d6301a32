/** A decision as it stands, folded from its stream. */
import type { EventMetadata } from '../../journal/decider.js'
import type { DecisionEvent, DecisionProposed } from './events.js'

export const decisionStream = (decision: string): string => `decision-${decision}`
export const decisionOfStream = (stream: string): string => stream.slice('decision-'.length)

export const DECISION_STATUSES = [
  'proposed',
  'agreed',
  'rejected',
  'adopted',
  'contested',
  'upheld',
  'changed',
  'overturned',
] as const
export type DecisionStatus = (typeof DECISION_STATUSES)[number]

/** States in which a decision holds: a rejected one never did, and an overturned one does no more. */
export const IN_FORCE: readonly DecisionStatus[] = ['adopted', 'upheld', 'changed']
export const isInForce = ({ status }: { status: DecisionStatus }): boolean => IN_FORCE.includes(status)

export interface DecisionState {
  readonly proposed: (DecisionProposed['data'] & { subject: string; trial?: string }) | null
  readonly status: DecisionStatus
  /** Actor id of whoever proposed it. */
  readonly proposedBy: string
  /** Actor ids of all who proposed, reviewed or adopted it: none of them judges a contest. */
  readonly takers: ReadonlySet<string>
  /** Requests under which the person contested it; with the verdict, or null while it is being reviewed. */
  readonly contests: ReadonlyMap<string, 'upheld' | 'changed' | 'overturned' | null>
}

export const NO_DECISION: DecisionState = {
  proposed: null,
  status: 'proposed',
  proposedBy: '',
  takers: new Set(),
  contests: new Map(),
}

export function evolve(
  state: DecisionState,
  { type, data }: DecisionEvent,
  { actor, subject, trial }: Pick<EventMetadata, 'actor' | 'subject' | 'trial'>,
): DecisionState {
  const takers = new Set([...state.takers, actor.id])
  switch (type) {
    case 'decision.proposed':
      return {
        ...state,
        proposed: { ...data, subject: subject!, ...(trial !== undefined && { trial }) },
        proposedBy: actor.id,
        takers,
      }
    case 'decision.reviewed':
      return { ...state, status: data.agrees ? 'agreed' : 'rejected', takers }
    case 'decision.adopted':
      return { ...state, status: 'adopted', takers }
    case 'decision.contested':
      return { ...state, status: 'contested', contests: new Map([...state.contests, [data.request, null]]) }
    case 'decision.contest-judged':
      return {
        ...state,
        status: data.verdict,
        contests: new Map([...state.contests, [data.request, data.verdict]]),
      }
    default:
      return state
  }
}
