/** What can have happened to a simulation run. Stream: `run-<uuid>`. */
import type { UseStamp } from '../models/registry/judge-use.js'
import type { Runtime } from '../models/registry/runtime.js'
import { eventTypes, type DomainEvent } from '../journal/event-type.js'
import type { UseRefusalCode } from '../consents/commands/authorise-use.js'
import type { ChosenInput, Exclusion, InputReason } from './inputs/chosen-input.js'
import type { StatedParameters } from './inputs/selection.js'

/** What is asked of a model: decided by the caller, recorded as asked. */
export interface RunParameters {
  /** `YYYY-MM-DD`: the day as of which the person is looked at; ages and the currency of values are counted to it. */
  day: string
  /** Names of the parameters that were stated; their values are sealed, in `simulation.parameters-stated`. */
  stated?: readonly string[]
}

/** Everything that identifies the computation, recorded before it starts. Codes, digests and random ids only. */
export interface RunRequest {
  model: string
  version: string
  /** SHA-256, hexadecimal (src/models/registry/model-digests.ts). */
  codeDigest: string
  coefficientDigest: string
  /** Version of the rules by which inputs are taken from a twin. */
  mapping: string
  twin: string
  twinRevision: number
  purpose: string
  /** What was asked of the registry and what a result may be used for. */
  use: UseStamp
  /** Event on the consent stream that permitted or refused the use. */
  authorisation: string
  parameters: RunParameters
  /** Of the random stream; null for a model that draws nothing. */
  seed: string | null
  runtime: Runtime
  /** Random id of the cohort that the run belongs to. */
  cohort?: string
  /** Random id of the data permit that its authorisation rests on; absent: the person's consent. */
  permit?: string
  /** The data of its trial were locked: it takes entries of the log before this position. */
  dataLockedBelow?: number
}

/** Values: sealed under the trial's key class for a run in a trial, else under that of optional research. */
export interface RunResult {
  trial?: string
  inputs: readonly ChosenInput[]
  excluded: readonly Exclusion[]
  outputs: object
  /** SHA-256, hexadecimal, of the outputs' canonical JSON (RFC 8785). */
  outputDigest: string
}

export type SimulationRequested = DomainEvent<'simulation.requested', RunRequest>
export type SimulationCompleted = DomainEvent<'simulation.completed', RunResult>
/** What whoever ordered the run stated about it, kept apart from what the record says: the header names who. Sealed like results. */
export type SimulationParametersStated = DomainEvent<
  'simulation.parameters-stated',
  { trial?: string; parameters: StatedParameters }
>
/** Reasons name inputs, rules and codes, never values. */
export type SimulationRefused = DomainEvent<
  'simulation.refused',
  | { stage: 'consent'; codes: readonly UseRefusalCode[] }
  /** Who left a trial has nothing new computed in it; what was computed before stays (CTR Art 28(3)). */
  | { stage: 'trial'; codes: readonly ['subject-withdrawn'] }
  /** `codes` are reasons of the registry, or `<input>:outside-context`. */
  | { stage: 'model'; codes: readonly string[] }
  | { stage: 'inputs'; reasons: readonly InputReason[] }
>
/** `timeout`, `worker-died`, `model-threw`, `output-not-finite`, `interrupted` … */
export type SimulationFailed = DomainEvent<'simulation.failed', { code: string }>
/** Its result was not wanted any more; where it was under way it was stopped. */
export type SimulationCancelled = DomainEvent<'simulation.cancelled', { by: 'run' | 'cohort' }>
/** `firstDifference` names a quantity. `codeChanged`: today's code is not the code of the run. */
export type SimulationReplayed = DomainEvent<
  'simulation.replayed',
  { equal: boolean; firstDifference?: string; codeDigest: string; codeChanged: boolean; runtime: Runtime }
>

export type SimulationEvent =
  | SimulationRequested
  | SimulationParametersStated
  | SimulationCompleted
  | SimulationRefused
  | SimulationFailed
  | SimulationCancelled
  | SimulationReplayed

/** The key class of what a run states and finds. */
export function keyClassOf({ trial }: { trial?: string }): 'optional-research' | 'trial-record' {
  return trial === undefined ? 'optional-research' : 'trial-record'
}

const EXPLORATORY: UseStamp = {
  asked: 'exploratory',
  stamp: 'exploratory',
  reasons: ['decision-not-asked', 'version-not-proposed'],
  approval: null,
}

function stampText({ stamp, reasons }: UseStamp): string {
  return stamp === 'decision' ? 'for decisions' : `exploratory, not for decisions (${reasons.join(', ')})`
}

/** How each is sealed and read aloud. */
export const SIMULATION_EVENT_TYPES = eventTypes<SimulationEvent>({
  'simulation.requested': {
    schema: 2,
    sealedUnder: null,
    // Before the registry, no run was for decisions.
    upcast: { 1: (data) => ({ ...data, use: EXPLORATORY }) },
    describe: (data) =>
      data
        ? `A run of ${data.model} ${data.version} was asked for (${data.purpose}), on revision ${data.twinRevision} of a twin; ${stampText(data.use)}.`
        : 'A run was asked for.',
  },
  'simulation.parameters-stated': {
    schema: 1,
    sealedUnder: keyClassOf,
    describe: (data) =>
      data ? `Parameters were stated: ${Object.keys(data.parameters).join(', ')}.` : 'Parameters were stated.',
  },
  'simulation.completed': {
    schema: 1,
    sealedUnder: keyClassOf,
    describe: (data) => (data ? `The run completed on ${data.inputs.length} inputs.` : 'The run completed.'),
  },
  'simulation.refused': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => {
      if (!data) return 'The run was refused.'
      if (data.stage === 'consent') return `The run was refused for want of consent (${data.codes.join(', ')}).`
      if (data.stage === 'trial') return 'The run was refused: the person left the trial.'
      if (data.stage === 'model')
        return `The run was refused: not within what the model is approved for (${data.codes.join(', ')}).`
      return `The run was refused: ${data.reasons.map(({ input, code }) => `${input} ${code}`).join(', ')}.`
    },
  },
  'simulation.failed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `The run failed (${data.code}).` : 'The run failed.'),
  },
  'simulation.cancelled': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data?.by === 'cohort' ? 'The run was cancelled with its cohort.' : 'The run was cancelled.'),
  },
  'simulation.replayed': {
    schema: 1,
    sealedUnder: null,
    changesRecord: false,
    describe: (data) => {
      if (!data) return 'The run was computed again.'
      if (data.equal) return 'The run was computed again, with equal results.'
      return `The run was computed again and differs, first in ${data.firstDifference ?? 'its shape'}.`
    },
  },
})
