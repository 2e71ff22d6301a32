/** The decision model of a cohort: asked for once, finished part by part, each part once. Pure. */
import type { Decider } from '../../journal/decider.js'
import { Conflict, NotFound } from '../../platform/errors.js'
import type { CohortEvent, CohortOrder, Outcomes, Selection } from './events.js'
import { decideReplay, type ReplayCommand, type Replays, type ReplayState } from './replay/replay-state.js'

/** The stream that holds a cohort. */
export const cohortStream = (cohort: string): string => `cohort-${cohort}`
/** The cohort that a stream holds. */
export const cohortOfStream = (stream: string): string => stream.slice('cohort-'.length)

/** What one job of the queue works through: enough to share the cost of reading and recording, little enough to lose. */
export const PART_SIZE = 100

/** `cancelling`: cancelled, and not every part has ended yet. */
export type CohortStatus = 'running' | 'cancelling' | 'cancelled' | 'finished'

export interface CohortState {
  /** Null before the request. */
  readonly status: CohortStatus | null
  readonly order: CohortOrder | null
  readonly version: string | null
  readonly parts: number
  /** Twins by part. */
  readonly members: ReadonlyMap<number, readonly string[]>
  readonly finished: ReadonlyMap<number, Outcomes>
  /** By id. */
  readonly replays: Replays
}

export type CohortCommand =
  | { type: 'request'; order: CohortOrder; version: string; twins: readonly string[]; selection: Selection }
  | { type: 'finish-part'; part: number; outcomes: Outcomes }
  | { type: 'cancel' }
  | ReplayCommand

const NOT_REQUESTED: CohortState = {
  status: null,
  order: null,
  version: null,
  parts: 0,
  members: new Map(),
  finished: new Map(),
  replays: new Map(),
}

export const cohortDecider: Decider<CohortState, CohortCommand, CohortEvent> = {
  initial: NOT_REQUESTED,
  evolve(state, { type, data }, { id, actor, correlation }) {
    switch (type) {
      case 'cohort.requested':
        return { ...state, status: 'running', order: data.order, version: data.version, parts: data.parts }
      case 'cohort.members-recorded':
        return { ...state, members: new Map(state.members).set(data.part, data.twins) }
      case 'cohort.part-finished':
        return { ...state, finished: new Map(state.finished).set(data.part, data.outcomes) }
      case 'cohort.cancelled':
        return { ...state, status: 'cancelling' }
      case 'cohort.finished':
        return { ...state, status: state.status === 'cancelling' ? 'cancelled' : 'finished' }
      case 'cohort.replay-requested': {
        const asked = { actor, correlation, event: id }
        return withReplay(state, data.replay, { status: 'running', asked, finished: new Map() })
      }
      case 'cohort.replay-part-finished': {
        const finished = new Map(state.replays.get(data.replay)!.finished).set(data.part, data.counts)
        return withReplay(state, data.replay, { finished })
      }
      case 'cohort.replay-cancelled':
        return withReplay(state, data.replay, { status: 'cancelled' })
      case 'cohort.replayed':
        return data.replay === undefined ? state : withReplay(state, data.replay, { status: 'finished' })
      default:
        return state
    }
  },
  decide,
}

/**
 * A part that is finished twice, because two processes worked on it, is recorded once.
 *
 * @throws NotFound `cohort-not-found`
 * @throws Conflict `cohort-exists`, `cohort-ended`, `cohort-not-ended`; errors of `decideReplay`
 */
export function decide(state: CohortState, command: CohortCommand): readonly CohortEvent[] {
  const { status } = state
  if (command.type === 'request') {
    if (status !== null) throw new Conflict('cohort-exists', 'There is a cohort with this id already.')
    return request(command)
  }
  if (status === null) throw new NotFound('cohort-not-found', 'There is no such cohort.')
  switch (command.type) {
    case 'finish-part':
      return state.finished.has(command.part) ? [] : finishPart(state, command)
    case 'cancel':
      if (status === 'cancelling') return []
      if (status !== 'running') throw new Conflict('cohort-ended', 'The cohort has ended already.', { status })
      return [{ type: 'cohort.cancelled', data: {} }]
    default:
      if (!hasEnded(state)) throw new Conflict('cohort-not-ended', 'The cohort is still running.', { status })
      return decideReplay(state.replays, state.parts, command)
  }
}

export const hasEnded = ({ status }: CohortState): boolean => status === 'finished' || status === 'cancelled'

/** The parts that still have to be worked on. */
export function openParts({ parts, finished }: CohortState): number[] {
  return Array.from({ length: parts }, (_, part) => part).filter((part) => !finished.has(part))
}

function withReplay(state: CohortState, replay: string, change: Partial<ReplayState>): CohortState {
  const replays = new Map(state.replays)
  return { ...state, replays: replays.set(replay, { ...replays.get(replay), ...change } as ReplayState) }
}

export function sumOf(outcomes: Iterable<Outcomes>): Outcomes {
  const sum = { completed: 0, refused: 0, failed: 0, cancelled: 0, notRun: 0, optedOut: 0 }
  for (const one of outcomes) for (const name of Object.keys(sum) as (keyof Outcomes)[]) sum[name] += one[name] ?? 0
  const { optedOut, ...always } = sum
  return optedOut > 0 ? sum : always
}

function request({ order, version, twins, selection }: Extract<CohortCommand, { type: 'request' }>): CohortEvent[] {
  const parts = Math.ceil(twins.length / PART_SIZE)
  const members = Array.from({ length: parts }, (_, part): CohortEvent => {
    const data = { part, twins: twins.slice(part * PART_SIZE, (part + 1) * PART_SIZE) }
    return { type: 'cohort.members-recorded', data }
  })
  return [{ type: 'cohort.requested', data: { order, version, size: twins.length, parts, selection } }, ...members]
}

function finishPart(
  { parts, finished }: CohortState,
  { part, outcomes }: Extract<CohortCommand, { type: 'finish-part' }>,
): CohortEvent[] {
  const recorded: CohortEvent = { type: 'cohort.part-finished', data: { part, outcomes } }
  if (finished.size + 1 < parts) return [recorded]
  return [recorded, { type: 'cohort.finished', data: { outcomes: sumOf([...finished.values(), outcomes]) } }]
}
