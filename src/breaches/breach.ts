/** The decision model of a breach: the form is complete or names all that it lacks, and the clock runs from awareness. Pure. */
import type { Decider } from '../journal/decider.js'
import { Conflict, InvalidRequest, NotFound } from '../platform/errors.js'
import { evolve, missingFacts, missingSteps, NO_BREACH, type BreachState } from './breach-state.js'
import type { CommunicationChannel, CommunicationException, Detection } from './codes.js'
import type { BreachEvent, BreachFact, BreachFacts, BreachTexts } from './events.js'

/** Art 33(1). */
const HOURS_TO_NOTIFY = 72
const HOUR_MS = 3_600_000

/** Times are RFC 3339. */
export interface BreachReport {
  detection: Detection
  detectedAt: string
  /** When the controller became aware; absent: now. */
  awareAt?: string
}

export type BreachCommand =
  | ({ type: 'record'; texts?: Partial<BreachTexts> } & BreachReport)
  | { type: 'assess'; facts: Partial<BreachFacts>; texts: Partial<BreachTexts> }
  /** `phased`: what is missing follows later (Art 33(4)). */
  | { type: 'notify-authority'; authority: string; phased: boolean; reasonsForDelay?: string }
  | { type: 'waive-notification' }
  | { type: 'inform-subjects'; channel: CommunicationChannel; persons: number }
  | { type: 'exempt-communication'; exception: CommunicationException }
  | { type: 'notice-overdue' }
  | { type: 'close' }

/** @param now RFC 3339, UTC */
export function breachDecider(now: string): Decider<BreachState, BreachCommand, BreachEvent> {
  return { initial: NO_BREACH, evolve, decide: (state, command) => decide(state, command, now) }
}

/**
 * @throws NotFound `breach-not-found`
 * @throws InvalidRequest `breach-time-invalid`, `breach-assessment-empty`
 * @throws Conflict `breach-closed`, `breach-facts-missing` (`missing` names every one), `breach-risk-not-unlikely`,
 *   `breach-steps-missing`
 */
function decide(state: BreachState, command: BreachCommand, now: string): readonly BreachEvent[] {
  if (command.type === 'record') return state.recorded ? [] : record(now, command)
  const { recorded } = state
  if (!recorded) throw new NotFound('breach-not-found', 'There is no such breach.')
  if (command.type === 'notice-overdue') return isOverdue(state, now) ? [overdue(recorded.dueAt)] : []
  if (state.closed) throw new Conflict('breach-closed', 'The breach was closed.')
  switch (command.type) {
    case 'assess':
      return assess(command)
    case 'notify-authority':
      return notifyAuthority(state, recorded.dueAt, command, now)
    case 'waive-notification':
      if (state.facts.risk !== 'unlikely')
        throw new Conflict('breach-risk-not-unlikely', 'Only where a risk is unlikely is nobody notified.')
      return state.waived ? [] : [{ type: 'breach.notification-waived', data: { because: 'risk-unlikely' } }]
    case 'inform-subjects':
      return [{ type: 'breach.subjects-informed', data: { channel: command.channel, persons: command.persons } }]
    case 'exempt-communication':
      return [{ type: 'breach.communication-exempted', data: { exception: command.exception } }]
    case 'close':
      return close(state)
  }
}

function record(
  now: string,
  { detection, detectedAt, awareAt = now, texts = {} }: Extract<BreachCommand, { type: 'record' }>,
): BreachEvent[] {
  const [detected, aware] = [new Date(detectedAt), new Date(awareAt)]
  if (detected > aware || aware > new Date(now))
    throw new InvalidRequest('breach-time-invalid', 'A breach is detected first, then known of, and both before now.')
  const data = {
    detection,
    detectedAt: detected.toISOString(),
    awareAt: aware.toISOString(),
    dueAt: new Date(aware.getTime() + HOURS_TO_NOTIFY * HOUR_MS).toISOString(),
  }
  return [{ type: 'breach.recorded', data }, ...described(texts)]
}

function assess({ facts, texts }: Extract<BreachCommand, { type: 'assess' }>): BreachEvent[] {
  const assessed: BreachEvent[] = Object.keys(facts).length > 0 ? [{ type: 'breach.assessed', data: facts }] : []
  const events = [...assessed, ...described(texts)]
  if (events.length === 0)
    throw new InvalidRequest('breach-assessment-empty', 'An assessment states at least one fact.')
  return events
}

const described = (texts: Partial<BreachTexts>): BreachEvent[] =>
  Object.keys(texts).length > 0 ? [{ type: 'breach.described', data: texts }] : []

function notifyAuthority(
  state: BreachState,
  dueAt: string,
  { authority, phased, reasonsForDelay }: Extract<BreachCommand, { type: 'notify-authority' }>,
  now: string,
): BreachEvent[] {
  const missing = missingFacts(state)
  const late = state.notifications.length === 0 && now > dueAt
  const unexplained = late && reasonsForDelay === undefined && !state.delayExplained
  const lacking: BreachFact[] = [...(phased ? [] : missing), ...(unexplained ? ['reasonsForDelay' as const] : [])]
  if (lacking.length > 0)
    throw new Conflict('breach-facts-missing', 'The notification lacks facts that Art 33(3) asks for.', {
      missing: lacking,
    })
  const explained: BreachEvent[] =
    reasonsForDelay === undefined ? [] : [{ type: 'breach.delay-explained', data: { text: reasonsForDelay } }]
  return [...explained, { type: 'breach.authority-notified', data: { authority, late, missing } }]
}

function close(state: BreachState): BreachEvent[] {
  const missing = missingSteps(state)
  if (missing.length > 0) throw new Conflict('breach-steps-missing', 'The breach cannot be closed yet.', { missing })
  return [{ type: 'breach.closed', data: {} }]
}

/** Noticed once, and not where the authority was told or need not be. */
function isOverdue({ recorded, notifications, waived, overdue: noticed, closed }: BreachState, now: string): boolean {
  return !noticed && !closed && !waived && notifications.length === 0 && now > recorded!.dueAt
}

const overdue = (dueAt: string): BreachEvent => ({ type: 'breach.overdue', data: { dueAt } })
