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
}

export type SimulationCommand =
  | { type: 'request'; request: RunRequest; stated?: SimulationParametersStated['data'] }
  | { type: 'complete'; result: RunResult }
  | { type: 'refuse'; refusal: SimulationRefused['data'] }
  | { type: 'fail'; code: SimulationFailed['data']['code'] }
  | { type: 'cancel'; by: SimulationCancelled['data']['by'] }
  | { type: 'record-replay'; replay: SimulationReplayed['data'] }

const NOT_REQUESTED: SimulationState = { status: null, request: null, parameters: null, result: null }

export const simulationDecider: Decider<SimulationState, SimulationCommand, SimulationEvent> = {
  initial: NOT_REQUESTED,
  evolve(state, { type, data }) {
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
      default:
        return state
    }
  },
  decide,
}

/**
 * @throws NotFound `run-not-found`
 * @throws Conflict `run-exists`, `run-ended`, `run-not-completed`
 */
export function decide({ status }: SimulationState, command: SimulationCommand): readonly SimulationEvent[] {
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
