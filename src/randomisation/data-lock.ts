/**
 * The lock of a trial's data: a position of the log. What was recorded before it is what is analysed; it is moved by two persons,
 * with a reason, and every step stays on record (ICH E6(R3) §4; EMA guideline on computerised systems in clinical trials). Pure.
 */
import type { EventMetadata } from '../journal/decider.js'
import { Conflict, NotFound } from '../platform/errors.js'
import type { DataLocked, DataUnlocked, TrainingCheck, UnlockingRefused, UnlockingRequested } from './events.js'

/** Entries of the log before position `below` are the data. */
export interface Lock {
  readonly below: number
  readonly at: string
  readonly by: string
  /** Data queries of the trial that had not ended, and why the data were locked all the same. Absent: there were none. */
  readonly openQueries?: readonly string[]
  readonly reason?: string
}

/** A request to unlock the data, and what somebody else said to it. */
export interface Unlocking {
  readonly unlocking: string
  readonly reason: string
  /** SHA-256, hexadecimal, of the document that justifies it. */
  readonly digest: string
  readonly requestedBy: string
  readonly requestedAt: string
  readonly decision?: {
    readonly outcome: 'approved' | 'refused'
    readonly by: string
    readonly at: string
    readonly afterUnblinding?: boolean
  }
}

export interface DataLockState {
  /** Of the lock in force; null while the data grow. */
  readonly lockedBelow: number | null
  /** Oldest first. */
  readonly locks: readonly Lock[]
  readonly unlockings: ReadonlyMap<string, Unlocking>
}

/** Of open queries in a refusal; the event names all. */
const MOST_NAMED = 20

export const NEVER_LOCKED: DataLockState = { lockedBelow: null, locks: [], unlockings: new Map() }

export type DataLockCommand =
  /** `openQueries`: those of the trial that have not ended; `leavesOpen`: somebody has said why they may stay so. */
  | {
      type: 'lock-data'
      below: number
      openQueries: readonly string[]
      leavesOpen: boolean
      /** Of the prognostic scores, recorded with the lock: nobody is enrolled any more. */
      checks?: readonly TrainingCheck[]
    }
  | { type: 'request-unlocking'; unlocking: string; digest: string }
  | { type: 'decide-unlocking'; unlocking: string; outcome: 'approved' | 'refused'; by: string }

export type DataLockEvent = DataLocked | UnlockingRequested | UnlockingRefused | DataUnlocked

/**
 * @throws NotFound `unlocking-not-found`
 * @throws Conflict `data-locked`, `data-not-locked`, `data-queries-open`, `unlocking-pending`, `unlocking-decided`, `own-unlocking`
 */
export function decideDataLock(
  state: DataLockState & { unblindedAt: object | null },
  command: DataLockCommand,
): readonly DataLockEvent[] {
  switch (command.type) {
    case 'lock-data':
      return lock(state, command)
    case 'request-unlocking': {
      if (state.lockedBelow === null) throw new Conflict('data-not-locked', 'The data of the trial are not locked.')
      mustNotBePending(state)
      const { unlocking, digest } = command
      return [{ type: 'randomisation.unlocking-requested', data: { unlocking, digest } }]
    }
    case 'decide-unlocking':
      return decideUnlocking(state, command)
  }
}

/** Queries are closed before the data are locked (ICH E6(R3) 4.2.6); those that are not are named, with a reason. */
function lock(
  state: DataLockState,
  { below, openQueries, leavesOpen }: Extract<DataLockCommand, { type: 'lock-data' }>,
): DataLockEvent[] {
  mustNotBeLocked(state)
  if (openQueries.length === 0) return [{ type: 'randomisation.data-locked', data: { below } }]
  if (!leavesOpen)
    throw new Conflict('data-queries-open', 'Data queries of the trial have not ended; say why, or have them closed.', {
      count: openQueries.length,
      queries: openQueries.slice(0, MOST_NAMED),
    })
  return [{ type: 'randomisation.data-locked', data: { below, openQueries } }]
}

/** @throws Conflict `data-locked` */
export function mustNotBeLocked({ lockedBelow }: DataLockState): void {
  if (lockedBelow !== null) throw new Conflict('data-locked', 'The data of the trial are locked.')
}

/** @throws Conflict `unlocking-pending` */
export function mustNotBePending({ unlockings }: DataLockState): void {
  if ([...unlockings.values()].some(({ decision }) => !decision))
    throw new Conflict('unlocking-pending', 'It was asked to unlock the data, and nobody has decided yet.')
}

function decideUnlocking(
  { unlockings, unblindedAt }: DataLockState & { unblindedAt: object | null },
  { unlocking, outcome, by }: Extract<DataLockCommand, { type: 'decide-unlocking' }>,
): DataLockEvent[] {
  const asked = unlockings.get(unlocking)
  if (!asked) throw new NotFound('unlocking-not-found', 'Nobody asked for this unlocking.')
  if (asked.decision) throw new Conflict('unlocking-decided', 'This unlocking was decided already.')
  if (asked.requestedBy === by) throw new Conflict('own-unlocking', 'Nobody decides on an unlocking of their own.')
  return outcome === 'refused'
    ? [{ type: 'randomisation.unlocking-refused', data: { unlocking } }]
    : [{ type: 'randomisation.data-unlocked', data: { unlocking, afterUnblinding: unblindedAt !== null } }]
}

export function evolveDataLock<State extends DataLockState>(
  state: State,
  event: DataLockEvent,
  { actor, recordedAt, reason }: EventMetadata,
): State {
  const by = actor.id
  switch (event.type) {
    case 'randomisation.data-locked': {
      const { below, openQueries } = event.data
      const left = openQueries && { openQueries, reason: reason! }
      return { ...state, lockedBelow: below, locks: [...state.locks, { below, at: recordedAt, by, ...left }] }
    }
    case 'randomisation.unlocking-requested': {
      const asked = { ...event.data, reason: reason!, requestedBy: by, requestedAt: recordedAt }
      return { ...state, unlockings: new Map([...state.unlockings, [asked.unlocking, asked]]) }
    }
    case 'randomisation.unlocking-refused':
      return decided(state, event.data.unlocking, { outcome: 'refused', by, at: recordedAt })
    case 'randomisation.data-unlocked': {
      const { unlocking, afterUnblinding } = event.data
      const decision = { outcome: 'approved', by, at: recordedAt, afterUnblinding } as const
      return { ...decided(state, unlocking, decision), lockedBelow: null }
    }
  }
}

function decided<State extends DataLockState>(
  state: State,
  unlocking: string,
  decision: NonNullable<Unlocking['decision']>,
): State {
  const asked = { ...state.unlockings.get(unlocking)!, decision }
  return { ...state, unlockings: new Map([...state.unlockings, [unlocking, asked]]) }
}
