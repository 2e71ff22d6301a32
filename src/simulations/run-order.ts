/** From what is asked for to what is recorded: what a single run and the runs of a cohort have in common. Pure. */
import type { Use } from '../consents/commands/authorise-use.js'
import type { AnyModel } from '../models/model.js'
import type { ModelUse, UseJudgement } from '../models/registry/judge-use.js'
import { modelDigests } from '../models/registry/model-digests.js'
import { runtime } from '../models/registry/runtime.js'
import type { TrialData } from '../randomisation/queries/data-of-trial.js'
import type { RunRequest, SimulationCancelled } from './events.js'
import type { ModelReply, ModelRequest } from './execution/model-request.js'
import { categoriesOf, type InputMapping } from './inputs/mapping.js'
import { modelInput, type SelectedInputs } from './inputs/select-inputs.js'
import type { StatedParameters } from './inputs/selection.js'
import { outputDigestOf } from './outputs.js'
import type { SimulationCommand } from './simulation.js'

export interface RunOrder {
  twin: string
  /** Default: the twin as it stands. */
  twinRevision?: number
  model: string
  /** What the result is wanted for; default exploratory. */
  use?: ModelUse
  purpose: Use['purpose']
  trial?: string
  commercial?: boolean
  disease?: string
  /** `YYYY-MM-DD`, default today (UTC). */
  day?: string
  /** What the mapping of the model declares: plans, judgements, what the record has no place for. */
  parameters?: StatedParameters
}

/** The commands that end a run. */
export type RunEnd = Exclude<SimulationCommand, { type: 'request' | 'record-replay' }>

/** What the person's consent has to cover. */
export function useOf({ purpose, trial, commercial, disease }: Omit<RunOrder, 'twin'>, mapping: InputMapping): Use {
  return {
    purpose,
    ...(trial !== undefined && { trial }),
    ...(commercial !== undefined && { commercial }),
    ...(disease !== undefined && { disease }),
    model: mapping.model,
    dataCategories: categoriesOf(mapping),
  }
}

/** Everything that identifies the computation. */
export function requestOf(
  model: AnyModel,
  mapping: InputMapping,
  { twin, revision }: { twin: string; revision: number },
  { purpose, day, parameters = {} }: Omit<RunOrder, 'twin'>,
  authorisation: string,
  { stamp }: UseJudgement,
): RunRequest {
  const { code, coefficients } = modelDigests(model)
  const stated = Object.keys(parameters).sort()
  return {
    model: model.id,
    version: model.version,
    codeDigest: code,
    coefficientDigest: coefficients,
    mapping: mapping.version,
    twin,
    twinRevision: revision,
    purpose,
    use: stamp,
    authorisation,
    parameters: { day: day ?? new Date().toISOString().slice(0, 10), ...(stated.length > 0 && { stated }) },
    seed: null,
    runtime: runtime(),
  }
}

/** How a run in a trial whose data are locked says so. */
export const lockedTo = ({ below }: TrialData): Pick<RunRequest, 'dataLockedBelow'> =>
  below === undefined ? {} : { dataLockedBelow: below }

/** How the run begins, as the decision model takes it. */
export function beginningOf(
  request: RunRequest,
  { parameters = {}, trial }: Pick<RunOrder, 'parameters' | 'trial'>,
): Extract<SimulationCommand, { type: 'request' }> {
  if (Object.keys(parameters).length === 0) return { type: 'request', request }
  return { type: 'request', request, stated: { ...(trial !== undefined && { trial }), parameters } }
}

/** What a worker thread is handed. */
export function computationOf(request: RunRequest, { inputs }: Pick<SelectedInputs, 'inputs'>): ModelRequest {
  const { model, version, coefficientDigest } = request
  return { model, version, coefficientDigest, input: modelInput(inputs) }
}

/** How the run ends, as the decision model takes it. */
export function endOf(
  reply: ModelReply,
  { inputs, excluded }: Pick<SelectedInputs, 'inputs' | 'excluded'>,
  { trial, by = 'run' }: { trial?: string; by?: SimulationCancelled['data']['by'] } = {},
): RunEnd {
  switch (reply.status) {
    case 'refused':
      return { type: 'refuse', refusal: { stage: 'inputs', reasons: reply.reasons } }
    case 'failed':
      return { type: 'fail', code: reply.code }
    case 'cancelled':
      return { type: 'cancel', by }
    case 'completed': {
      const { outputs } = reply
      const result = { inputs, excluded, outputs, outputDigest: outputDigestOf(outputs) }
      return { type: 'complete', result: { ...(trial !== undefined && { trial }), ...result } }
    }
  }
}
