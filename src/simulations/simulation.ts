/** The decision model of a run: a request ends once, in a result, a refusal or a failure. Pure. */
import type { Decider } from '../journal/decider.js'
import { Conflict, NotFound } from '../platform/errors.js'
import type { StatedParameters } from './inputs/selection.js'
import type {
  RunRequest,
  RunResult,
  SimulationCancelled,
  SimulationEvent,
  SimulationFailed,
  SimulationParametersStated,
  SimulationRefused,
  SimulationReplayed,
} from './events.js'

/** The stream that holds a run. */
export const runStream = (run: string): string => `run-${run}`
/** The run that a stream holds. */
export const runOfStream = (stream: string): string => stream.slice('run-'.length)

export type RunStatus = 'requested' | 'completed' | 'refused' | 'failed' | 'cancelled'

export interface SimulationState {
  /** Null before the request. */
  readonly status: RunStatus | null
  readonly request: RunRequest | null
  /** As stated; null when none were. */
  readonly parameters: StatedParameters | null
  readonly result: RunResult | null
  /** Events that asked for many runs to be computed again, and for which this one was. */
  readonly comparedFor: ReadonlySet<string>
}

export type SimulationCommand =
  | { type: 'request'; request: RunRequest; stated?: SimulationParametersStated['data'] }
  | { type: 'complete'; result: RunResult }
  | { type: 'refuse'; refusal: SimulationRefused['data'] }
  | { type: 'fail'; code: SimulationFailed['data']['code'] }
  | { type: 'cancel'; by: SimulationCancelled['data']['by'] }
  /** `askedBy`: the event that asked for many runs to be computed again; for it this one is compared once. */
  | { type: 'record-replay'; replay: SimulationReplayed['data']; askedBy?: string }

const NOT_REQUESTED: SimulationState = {
  status: null,
  request: null,
  parameters: null,
  result: null,
  comparedFor: new Set(),
}

export const simulationDecider: Decider<SimulationState, SimulationCommand, SimulationEvent> = {
  initial: NOT_REQUESTED,
  evolve(state, { type, data }, { causation }) {
    switch (type) {
      case 'simulation.requested':
        return { ...state, status: 'requested', request: data }
      case 'simulation.parameters-stated':
        return { ...state, parameters: data.parameters }
      case 'simulation.completed':
        return { ...state, status: 'completed', result: data }
      case 'simulation.refused':
        return { ...state, status: 'refused' }
      case 'simulation.failed':
        return { ...state, status: 'failed' }
      case 'simulation.cancelled':
        return { ...state, status: 'cancelled' }
      case 'simulation.replayed':
        return causation === undefined ? state : { ...state, comparedFor: new Set([...state.comparedFor, causation]) }
      default:
        return state
    }
  },
  decide,
}

/**
 * Two processes that work on one part of a cohort's replay, because a lease was lost, record one comparison.
 *
 * @throws NotFound `run-not-found`
 * @throws Conflict `run-exists`, `run-ended`, `run-not-completed`
 */
export function decide(state: SimulationState, command: SimulationCommand): readonly SimulationEvent[] {
  const { status } = state
  if (command.type === 'request') {
    if (status !== null) throw new Conflict('run-exists', 'There is a run with this id already.')
    const { request, stated } = command
    const requested: SimulationEvent = { type: 'simulation.requested', data: request }
    return stated ? [requested, { type: 'simulation.parameters-stated', data: stated }] : [requested]
  }
  if (status === null) throw new NotFound('run-not-found', 'There is no such run.')
  if (command.type === 'record-replay') {
    if (status !== 'completed')
      throw new Conflict('run-not-completed', 'Only a completed run can be repeated.', { status })
    if (command.askedBy !== undefined && state.comparedFor.has(command.askedBy)) return []
    return [{ type: 'simulation.replayed', data: command.replay }]
  }
  if (status !== 'requested') throw new Conflict('run-ended', 'The run has ended already.', { status })
  switch (command.type) {
    case 'complete':
      return [{ type: 'simulation.completed', data: command.result }]
    case 'refuse':
      return [{ type: 'simulation.refused', data: command.refusal }]
    case 'fail':
      return [{ type: 'simulation.failed', data: { code: command.code } }]
    case 'cancel':
      return [{ type: 'simulation.cancelled', data: { by: command.by } }]
  }
}
