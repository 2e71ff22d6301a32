/** The decision model of an entry: proposed, reviewed by somebody else, one day superseded. Pure. */
import type { Decider, EventMetadata } from '../../journal/decider.js'
import { canonicalJson } from '../../ledger/canonical-json.js'
import { Conflict, Forbidden, InvalidRequest, NotFound } from '../../platform/errors.js'
import type { AdvanceEntry, AdvanceEvent, AdvanceReview } from './events.js'

export const advanceStream = (id: string): string => `advance-${id}`
export const advanceOfStream = (stream: string): string => stream.slice('advance-'.length)

export const ADVANCE_STATUSES = ['proposed', 'returned', 'reviewed', 'superseded'] as const
export type AdvanceStatus = (typeof ADVANCE_STATUSES)[number]

export interface AdvanceState {
  /** Null before the proposal. */
  readonly status: AdvanceStatus | null
  readonly entry: AdvanceEntry | null
  readonly supersededBy: string | null
  /** Actor id of whoever proposed the entry as it stands. */
  readonly proposer: string | null
}

export type AdvanceCommand =
  | { type: 'propose'; entry: AdvanceEntry }
  | { type: 'review'; by: string; review: AdvanceReview }
  | { type: 'supersede'; by: string }

export const UNKNOWN_ADVANCE: AdvanceState = { status: null, entry: null, supersededBy: null, proposer: null }

export const advanceDecider: Decider<AdvanceState, AdvanceCommand, AdvanceEvent> = {
  initial: UNKNOWN_ADVANCE,
  evolve,
  decide,
}

export function evolve(
  state: AdvanceState,
  { type, data }: AdvanceEvent,
  { actor }: Pick<EventMetadata, 'actor'>,
): AdvanceState {
  switch (type) {
    case 'advance.proposed':
      return { ...state, status: 'proposed', entry: data, proposer: actor.id }
    case 'advance.reviewed':
      return {
        ...state,
        status: data.outcome === 'accepted' ? 'reviewed' : 'returned',
        entry: { ...state.entry!, lastChecked: data.checkedOn },
      }
    case 'advance.superseded':
      return { ...state, status: 'superseded', supersededBy: data.by }
  }
}

/**
 * @throws NotFound `advance-not-found`
 * @throws Conflict `advance-unchanged`, `advance-superseded`, `advance-not-proposed`, `advance-not-reviewed`
 * @throws Forbidden `reviewer-is-proposer`
 * @throws InvalidRequest `source-missing`
 */
export function decide(state: AdvanceState, command: AdvanceCommand): readonly AdvanceEvent[] {
  if (state.status === 'superseded')
    throw new Conflict('advance-superseded', 'This entry was superseded.', { by: state.supersededBy })
  if (command.type === 'propose') return propose(state, command.entry)
  if (state.status === null) throw new NotFound('advance-not-found', 'There is no such entry.')
  if (command.type === 'supersede') {
    if (state.status !== 'reviewed')
      throw new Conflict('advance-not-reviewed', 'Only a reviewed entry is superseded.', { status: state.status })
    return [{ type: 'advance.superseded', data: { by: command.by } }]
  }
  if (state.status !== 'proposed')
    throw new Conflict('advance-not-proposed', 'Only a proposed entry is reviewed.', { status: state.status })
  if (command.by === state.proposer)
    throw new Forbidden('reviewer-is-proposer', 'Whoever proposed an entry does not review it.')
  return [{ type: 'advance.reviewed', data: command.review }]
}

function propose({ entry: known }: AdvanceState, entry: AdvanceEntry): AdvanceEvent[] {
  if (entry.source.doi === undefined && entry.source.url === undefined)
    throw new InvalidRequest('source-missing', 'An entry names the DOI or the address of its source.')
  if (known !== null && canonicalJson(known) === canonicalJson(entry))
    throw new Conflict('advance-unchanged', 'The entry is on record as it is.')
  return [{ type: 'advance.proposed', data: entry }]
}
