/** The runs of one part of a cohort, from their beginning to their recorded ends. */
import type { CommandContext } from '../../../journal/command-context.js'
import type { UseJudgement } from '../../../models/registry/judge-use.js'
import type { RunRequest } from '../../events.js'
import type { SelectedInputs } from '../../inputs/select-inputs.js'
import type { KnownRun } from '../../run-writer.js'
import type { RunStatus } from '../../simulation.js'
import type { CohortOrder } from '../events.js'

/** What the runs of a part have in common. */
export interface Part {
  cohort: string
  order: CohortOrder
  twins: readonly string[]
  /** Of whoever asked for the cohort: the runs are theirs. */
  context: CommandContext
  /** What the registry of models says of the order, asked when the part is begun. */
  judgement: UseJudgement
}

/** A run that has ended, now or when the part was worked on before. */
export interface EndedRun {
  run: string
  status: Exclude<RunStatus, 'requested'>
}

/** A run that consent permits, whose inputs are chosen and whose request is on record. */
export interface ReadyRun {
  known: KnownRun
  request: RunRequest
  selected: SelectedInputs
  context: CommandContext
}

export const isReady = (run: EndedRun | ReadyRun): run is ReadyRun => 'selected' in run
