/**
 * The decision model of an entry: taken over or proposed by one person, approved by another, held against its source from time
 * to time, one day retired. What is in force stays so while a change of it waits. Pure.
 */
import type { Decider, EventMetadata } from '../../journal/decider.js'
import { canonicalJson } from '../../ledger/canonical-json.js'
import { Conflict, Forbidden, InvalidRequest, NotFound } from '../../platform/errors.js'
import type { Approval, Check, LegalEntry, LegalEntryEvent, LegalText, Retirement } from './events.js'
import type { Standing } from './vocabulary.js'

export const legalEntryStream = (id: string): string => `legal-entry-${id}`
export const idOfStream = (stream: string): string => stream.slice('legal-entry-'.length)

/** A change that waits for somebody else; `proposer` is an actor id. */
export type Proposal =
  | { change: 'entry'; text: LegalText; proposer: string }
  | { change: 'retirement'; retirement: Retirement; proposer: string }

export interface LegalEntryState {
  /** Null for what is not on record. */
  readonly standing: Standing | null
  /** As in force, or as it was when it was retired; null for what never was. */
  readonly entry: LegalEntry | null
  /** What was last proposed of an entry that never was in force; kept when it is rejected. */
  readonly draft: LegalText | null
  readonly proposal: Proposal | null
  /** The last look at the source since the entry is as it is. */
  readonly lastCheck: Check | null
  readonly retirement: Retirement | null
}

export type LegalEntryCommand =
  | { type: 'adopt'; entry: LegalEntry; software: string }
  | { type: 'propose'; text: LegalText }
  | { type: 'propose-retirement'; retirement: Retirement }
  | { type: 'approve'; by: string; approval: Approval }
  | { type: 'reject'; by: string; remark: string }
  | { type: 'check'; check: Check }

export const UNKNOWN_ENTRY: LegalEntryState = {
  standing: null,
  entry: null,
  draft: null,
  proposal: null,
  lastCheck: null,
  retirement: null,
}

export const legalEntryDecider: Decider<LegalEntryState, LegalEntryCommand, LegalEntryEvent> = {
  initial: UNKNOWN_ENTRY,
  evolve,
  decide,
}

export function evolve(
  state: LegalEntryState,
  { type, data }: LegalEntryEvent,
  { actor }: Pick<EventMetadata, 'actor'>,
): LegalEntryState {
  switch (type) {
    case 'legal-entry.adopted':
      return { ...state, standing: 'baseline', entry: data.entry }
    case 'legal-entry.change-proposed':
      return {
        ...state,
        ...(state.entry === null && { standing: 'proposed', draft: data }),
        proposal: { change: 'entry', text: data, proposer: actor.id },
      }
    case 'legal-entry.retirement-proposed':
      return { ...state, proposal: { change: 'retirement', retirement: data, proposer: actor.id } }
    case 'legal-entry.approved':
      return approved(state, data, actor.id)
    case 'legal-entry.rejected':
      return { ...state, standing: state.entry === null ? 'rejected' : state.standing, proposal: null }
    case 'legal-entry.checked':
      return { ...state, entry: lookedUp(state.entry!, data), lastCheck: data }
  }
}

function approved(state: LegalEntryState, { checkedOn }: Approval, approvedBy: string): LegalEntryState {
  const proposal = state.proposal!
  if (proposal.change === 'retirement')
    return { ...state, standing: 'retired', proposal: null, retirement: proposal.retirement }
  const entry = { ...proposal.text, approvedBy, lastChecked: checkedOn }
  return { ...UNKNOWN_ENTRY, standing: 'approved', entry }
}

/** A source that could not be reached tells nothing: the entry was not checked. */
function lookedUp(entry: LegalEntry, { outcome, checkedOn }: Check): LegalEntry {
  return outcome === 'source-unreachable' ? entry : { ...entry, lastChecked: checkedOn }
}

/**
 * @throws NotFound `legal-entry-not-found`
 * @throws Conflict `legal-entry-retired`, `legal-entry-unchanged`, `legal-entry-not-in-force`, `legal-proposal-missing`,
 *   `legal-source-missing`, `legal-check-outdated`
 * @throws Forbidden `approver-is-proposer`
 * @throws InvalidRequest `successor-mismatch`
 */
export function decide(state: LegalEntryState, command: LegalEntryCommand): readonly LegalEntryEvent[] {
  if (command.type === 'adopt') {
    const { entry, software } = command
    return state.standing === null ? [{ type: 'legal-entry.adopted', data: { entry, software } }] : []
  }
  if (state.standing === 'retired')
    throw new Conflict('legal-entry-retired', 'This entry was retired.', { ...state.retirement! })
  if (command.type === 'propose') return propose(state, command.text)
  if (state.standing === null)
    throw new NotFound('legal-entry-not-found', 'There is no such entry in the legal register.')
  switch (command.type) {
    case 'propose-retirement':
      return proposeRetirement(state, command.retirement)
    case 'approve':
      return approve(state, command.by, command.approval)
    case 'reject':
      judged(state, command.by)
      return [{ type: 'legal-entry.rejected', data: { remark: command.remark } }]
    case 'check':
      return check(state, command.check)
  }
}

/** An approved entry is not proposed as it is; one of the baseline may be, for that is how it comes to be approved. */
function propose({ standing, entry, proposal }: LegalEntryState, text: LegalText): LegalEntryEvent[] {
  const known = [
    ...(proposal?.change === 'entry' ? [proposal.text] : []),
    ...(standing === 'approved' ? [textOf(entry!)] : []),
  ]
  if (known.some((other) => canonicalJson(other) === canonicalJson(text)))
    throw new Conflict('legal-entry-unchanged', 'The entry is on record as it is.')
  return [{ type: 'legal-entry.change-proposed', data: text }]
}

function proposeRetirement(state: LegalEntryState, retirement: Retirement): LegalEntryEvent[] {
  if ((retirement.reason === 'superseded') !== (retirement.supersededBy !== null))
    throw new InvalidRequest(
      'successor-mismatch',
      'An entry that is superseded names its successor, and no other does.',
    )
  mustBeInForce(state)
  const { proposal } = state
  if (proposal?.change === 'retirement' && canonicalJson(proposal.retirement) === canonicalJson(retirement))
    throw new Conflict('legal-entry-unchanged', 'The entry is on record as it is.')
  return [{ type: 'legal-entry.retirement-proposed', data: retirement }]
}

function approve(state: LegalEntryState, by: string, approval: Approval): LegalEntryEvent[] {
  const proposal = judged(state, by)
  if (proposal.change === 'entry' && proposal.text.sourceUrl === null)
    throw new Conflict('legal-source-missing', 'An entry is approved against its source, and this one names none.')
  return [{ type: 'legal-entry.approved', data: approval }]
}

function judged({ proposal }: LegalEntryState, by: string): Proposal {
  if (proposal === null) throw new Conflict('legal-proposal-missing', 'Nothing was proposed for this entry.')
  if (proposal.proposer === by)
    throw new Forbidden('approver-is-proposer', 'Whoever proposed a change does not decide on it.')
  return proposal
}

function check(state: LegalEntryState, check: Check): LegalEntryEvent[] {
  const { lastChecked } = mustBeInForce(state)
  if (lastChecked !== null && check.checkedOn < lastChecked)
    throw new Conflict('legal-check-outdated', 'The entry was checked after that day.', { lastChecked })
  return [{ type: 'legal-entry.checked', data: check }]
}

function mustBeInForce({ entry, standing }: LegalEntryState): LegalEntry {
  if (entry === null)
    throw new Conflict('legal-entry-not-in-force', 'Only an entry that is in force is checked or retired.', {
      standing,
    })
  return entry
}

function textOf({ approvedBy: _by, lastChecked: _day, ...text }: LegalEntry): LegalText {
  return text
}
