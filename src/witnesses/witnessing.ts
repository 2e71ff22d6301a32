/** The decision model of the log's witnesses: each trouble is on record once when it begins and once when it ends. Pure. */
import type { Decider } from '../journal/decider.js'
import type { CheckpointContradicted, Contradiction, WitnessEvent } from './events.js'

export interface WitnessingState {
  /** As last adopted; null before the first. */
  readonly policy: string | null
  /** What each witness contradicts by its `name+keyId`, until it cosigns again. */
  readonly contradicted: Readonly<Record<string, Contradiction>>
  /** Since when too few cosigned, while that is an alarm. */
  readonly missedSince: string | null
}

interface AdoptPolicy {
  type: 'adopt-policy'
  policy: string | null
}

interface NoteCosigned {
  type: 'note-cosigned'
  witness: string
  keyId: string
  size: number
}

type NoteContradicted = { type: 'note-contradicted' } & CheckpointContradicted['data']

interface JudgeQuorum {
  type: 'judge-quorum'
  /** Until when a quorum had cosigned what was the newest checkpoint then, RFC 3339. */
  metUntil: string
  /** Of that checkpoint; null before the first. */
  size: number | null
  /** RFC 3339. */
  now: string
  limitSeconds: number
}

export type WitnessingCommand = AdoptPolicy | NoteCosigned | NoteContradicted | JudgeQuorum

export const witnessingDecider: Decider<WitnessingState, WitnessingCommand, WitnessEvent> = {
  initial: { policy: null, contradicted: {}, missedSince: null },
  evolve,
  decide,
}

export function evolve(state: WitnessingState, { type, data }: WitnessEvent): WitnessingState {
  switch (type) {
    case 'witness.policy-adopted':
      return { ...state, policy: data.policy }
    case 'witness.checkpoint-contradicted':
      return { ...state, contradicted: { ...state.contradicted, [keyOf(data)]: data.contradiction } }
    case 'witness.checkpoint-accepted-again': {
      const { [keyOf(data)]: _over, ...contradicted } = state.contradicted
      return { ...state, contradicted }
    }
    case 'witness.quorum-missed':
      return { ...state, missedSince: data.since }
    case 'witness.quorum-regained':
      return { ...state, missedSince: null }
  }
}

export function decide(state: WitnessingState, command: WitnessingCommand): WitnessEvent[] {
  switch (command.type) {
    case 'adopt-policy':
      return command.policy === state.policy
        ? []
        : [{ type: 'witness.policy-adopted', data: { policy: command.policy } }]
    case 'note-cosigned':
      return noteCosigned(state, command)
    case 'note-contradicted': {
      const { type: _type, ...data } = command
      const known = state.contradicted[keyOf(command)] === command.contradiction
      return known ? [] : [{ type: 'witness.checkpoint-contradicted', data }]
    }
    case 'judge-quorum':
      return judgeQuorum(state, command)
  }
}

function noteCosigned(state: WitnessingState, { witness, keyId, size }: NoteCosigned): WitnessEvent[] {
  if (state.contradicted[keyOf({ witness, keyId })] === undefined) return []
  return [{ type: 'witness.checkpoint-accepted-again', data: { witness, keyId, size } }]
}

function judgeQuorum(state: WitnessingState, { metUntil, size, now, limitSeconds }: JudgeQuorum): WitnessEvent[] {
  const late = Date.parse(now) - Date.parse(metUntil) > limitSeconds * 1000
  if (late && state.missedSince === null)
    return [{ type: 'witness.quorum-missed', data: { since: metUntil, limitSeconds } }]
  if (!late && state.missedSince !== null && size !== null)
    return [{ type: 'witness.quorum-regained', data: { since: state.missedSince, size } }]
  return []
}

function keyOf({ witness, keyId }: { witness: string; keyId: string }): string {
  return `${witness}+${keyId}`
}
