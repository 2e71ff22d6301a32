/** The decision model of a suspended accounting: time-limited, and told to the person once it is over. Pure. */
import type { Decider, EventMetadata } from '../journal/decider.js'
import { Conflict, InvalidRequest } from '../platform/errors.js'
import type { Suspension, SuspensionEvent } from './events.js'

/** 45 CFR 164.528(a)(2)(ii)(C). */
const ORAL_DAYS = 30
const DAY_MS = 86_400_000

export interface KnownSuspension extends Omit<Suspension, 'subject'> {
  /** RFC 3339, UTC. */
  from: string
}

export type SuspensionCommand = ({ type: 'suspend' } & Suspension) | { type: 'end'; agency: string }

/** @param now RFC 3339, UTC */
export function suspensionDecider(
  now: string,
): Decider<readonly KnownSuspension[], SuspensionCommand, SuspensionEvent> {
  return { initial: [], evolve, decide: (state, command) => decide(state, command, now) }
}

function evolve(
  state: readonly KnownSuspension[],
  { type, data }: SuspensionEvent,
  { recordedAt }: EventMetadata,
): readonly KnownSuspension[] {
  if (type === 'disclosure.suspension-ended')
    return state.map((each) =>
      each.agency === data.agency && each.until > recordedAt ? { ...each, until: recordedAt } : each,
    )
  const { agency, statement, until } = data
  return [...state, { agency, statement, until, from: recordedAt }]
}

export const inForce = (suspensions: readonly KnownSuspension[], now: string): KnownSuspension[] =>
  suspensions.filter(({ until }) => until > now)

/** @throws InvalidRequest `suspension-time-invalid`; Conflict `suspension-not-in-force` */
function decide(
  state: readonly KnownSuspension[],
  command: SuspensionCommand,
  now: string,
): readonly SuspensionEvent[] {
  if (command.type === 'end') {
    const { agency } = command
    if (!inForce(state, now).some((each) => each.agency === agency))
      throw new Conflict('suspension-not-in-force', 'No suspension for this agency is in force.')
    return [{ type: 'disclosure.suspension-ended', data: { agency } }]
  }
  const { type: _type, ...suspension } = command
  const latest = new Date(Date.parse(now) + ORAL_DAYS * DAY_MS).toISOString()
  if (suspension.until <= now || (suspension.statement === 'oral' && suspension.until > latest))
    throw new InvalidRequest(
      'suspension-time-invalid',
      'A suspension ends in the future, and within 30 days when it was asked for orally.',
    )
  return [{ type: 'disclosure.accounting-suspended', data: suspension }]
}
