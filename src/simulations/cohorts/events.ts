/**
 * What can have happened to a cohort: one model run on many twins. Stream: `cohort-<uuid>`. Codes, random ids and numbers; what
 * was computed is in the streams of the runs.
 */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'
import type { Runtime } from '../../models/registry/runtime.js'
import type { RunOrder } from '../run-order.js'

/** What somebody asks of every twin. `permit`: random id of the data permit that the uses rest on, instead of consents. */
export type AskedCohort = Omit<RunOrder, 'twin' | 'twinRevision'> & { permit?: string }

/** What is asked of every twin. The day is decided once, so that a run repeated tomorrow is the same run. */
export type CohortOrder = AskedCohort & { day: string }

/** How the twins were chosen: by a list of the caller's, or by what they have in common. */
export type Selection =
  { by: 'list' } | { by: 'filter'; /** Random id of a trial. */ enrolledIn?: string; owner?: string; source?: string }

/**
 * How the runs of a part, or of all parts, ended. `notRun`: cancelled before they were begun. `optedOut`: the person had opted out
 * from secondary use when their turn came, and no run of theirs was begun; absent: none.
 */
export interface Outcomes {
  completed: number
  refused: number
  failed: number
  cancelled: number
  notRun: number
  optedOut?: number
}

/** A run that cannot be told from what is on record, and how. */
export interface ReplayDifference {
  run: string
  /** Name of the quantity. */
  quantity: string
  codeChanged: boolean
  /** What the run recorded and what computed it again; equal members left out. */
  runtime: { recorded: Partial<Runtime>; again: Partial<Runtime> }
}

export type CohortRequested = DomainEvent<
  'cohort.requested',
  { order: CohortOrder; version: string; size: number; parts: number; selection: Selection }
>
/** The twins of one part, fixed when the cohort was asked for. Parts are numbered from 0. */
export type CohortMembersRecorded = DomainEvent<'cohort.members-recorded', { part: number; twins: readonly string[] }>
export type CohortPartFinished = DomainEvent<'cohort.part-finished', { part: number; outcomes: Outcomes }>
/** Nothing more is begun, what is under way is stopped. */
export type CohortCancelled = DomainEvent<'cohort.cancelled', Record<string, never>>
export type CohortFinished = DomainEvent<'cohort.finished', { outcomes: Outcomes }>
/** `notRepeatable`: completed runs whose values were erased, or whose model this service has in another version. */
export interface ReplayCounts {
  equal: number
  differing: number
  notRepeatable: number
  firstDifference?: ReplayDifference
}

/** Every completed run is to be computed again. `replay`: random id. */
export type CohortReplayRequested = DomainEvent<'cohort.replay-requested', { replay: string }>
export type CohortReplayPartFinished = DomainEvent<
  'cohort.replay-part-finished',
  { replay: string; part: number; counts: ReplayCounts }
>
/** What was compared until then is on record at the runs. */
export type CohortReplayCancelled = DomainEvent<'cohort.replay-cancelled', { replay: string }>
/** All parts were. Without `replay`: it was computed within the request. */
export type CohortReplayed = DomainEvent<'cohort.replayed', ReplayCounts & { replay?: string }>

export type CohortEvent =
  | CohortRequested
  | CohortMembersRecorded
  | CohortPartFinished
  | CohortCancelled
  | CohortFinished
  | CohortReplayRequested
  | CohortReplayPartFinished
  | CohortReplayCancelled
  | CohortReplayed

const counted = ({ completed, refused, failed, cancelled, notRun, optedOut = 0 }: Outcomes) =>
  `${completed} completed, ${refused} refused, ${failed} failed, ${cancelled} cancelled, ${notRun} not begun` +
  (optedOut > 0 ? `, ${optedOut} left out because the person had opted out` : '')

const compared = ({ equal, differing, notRepeatable, firstDifference }: ReplayCounts) =>
  `${equal} equal, ${differing} not${firstDifference ? `, first in ${firstDifference.quantity}` : ''}, ${notRepeatable} not repeatable`

/** How each is read aloud; nothing in them is sealed. */
export const COHORT_EVENT_TYPES = eventTypes<CohortEvent>({
  'cohort.requested': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Runs of ${data.order.model} ${data.version} on ${data.size} twins were asked for (${data.order.purpose}${data.order.permit === undefined ? '' : `, under the data permit ${data.order.permit}`}).`
        : 'Runs on a cohort were asked for.',
  },
  'cohort.members-recorded': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Part ${data.part} of the cohort was fixed: ${data.twins.length} twins.`
        : 'A part of the cohort was fixed.',
  },
  'cohort.part-finished': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data ? `Part ${data.part} of the cohort ended: ${counted(data.outcomes)}.` : 'A part of the cohort ended.',
  },
  'cohort.cancelled': { schema: 1, sealedUnder: null, describe: () => 'The cohort was cancelled.' },
  'cohort.finished': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `The cohort ended: ${counted(data.outcomes)}.` : 'The cohort ended.'),
  },
  'cohort.replay-requested': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'It was asked that the runs of the cohort be computed again.',
  },
  'cohort.replay-part-finished': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `Part ${data.part} of the cohort was computed again: ${compared(data.counts)}.`
        : 'A part of the cohort was computed again.',
  },
  'cohort.replay-cancelled': {
    schema: 1,
    sealedUnder: null,
    describe: () => 'Computing the runs of the cohort again was cancelled.',
  },
  'cohort.replayed': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => {
      if (!data) return 'The runs of the cohort were computed again.'
      return `The runs of the cohort were computed again: ${compared(data)}.`
    },
  },
})
