/** The decision model of one person's expired records: a legal hold beats expiry; what expired waits for persons. Pure. */
import type { Decider } from '../journal/decider.js'
import { Conflict } from '../platform/errors.js'
import type { Expired, RetentionCaseEvent } from './events.js'

export const retentionStream = (subject: string): string => `retention-${subject}`

export const CASE_STATUSES = ['held', 'open', 'decided'] as const
export type CaseStatus = (typeof CASE_STATUSES)[number]

export interface RetentionCase extends Expired {
  status: CaseStatus
  /** Legal holds that keep the data although the period ended. */
  holds: readonly string[]
}
export type RetentionState = ReadonlyMap<string, RetentionCase>

export type RetentionCommand =
  { type: 'fall-due'; expired: readonly Expired[]; holds: readonly string[] } | { type: 'decide'; erasure: string }

export const retentionCaseDecider: Decider<RetentionState, RetentionCommand, RetentionCaseEvent> = {
  initial: new Map(),
  evolve,
  decide,
}

function evolve(state: RetentionState, { type, data }: RetentionCaseEvent): RetentionState {
  const cases = new Map(state)
  if (type === 'retention.expiry-held-back') cases.set(data.case, { ...data, status: 'held' })
  else if (type === 'retention.case-opened') cases.set(data.case, { ...data, status: 'open', holds: [] })
  else cases.set(data.case, { ...state.get(data.case)!, status: 'decided' })
  return cases
}

/** @throws Conflict `retention-nothing-due` */
function decide(state: RetentionState, command: RetentionCommand): readonly RetentionCaseEvent[] {
  if (command.type === 'fall-due')
    return command.expired.flatMap((expired) => fallDue(state.get(expired.case), expired, command.holds))
  const open = openCases(state)
  if (open.length === 0) throw nothingDue()
  return open.map((each) => ({
    type: 'retention.case-decided',
    data: { case: each.case, erasure: command.erasure },
  }))
}

/** Said once: again only when other holds keep the data, or none does any more. */
function fallDue(known: RetentionCase | undefined, expired: Expired, holds: readonly string[]): RetentionCaseEvent[] {
  if (known && known.status !== 'held') return []
  if (holds.length === 0) return [{ type: 'retention.case-opened', data: expired }]
  if (known && known.holds.join() === holds.join()) return []
  return [{ type: 'retention.expiry-held-back', data: { ...expired, holds } }]
}

export const openCases = (state: RetentionState): RetentionCase[] =>
  [...state.values()].filter(({ status }) => status === 'open')

export const nothingDue = () => new Conflict('retention-nothing-due', 'Nothing of this person waits for a decision.')
