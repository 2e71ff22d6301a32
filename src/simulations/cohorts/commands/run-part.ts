import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { asService } from '../../../journal/service-actor.js'
import { findModel } from '../../../models/registry/find-model.js'
import { Conflict, RevisionConflict, Unavailable } from '../../../platform/errors.js'
import type { ModelReply } from '../../execution/model-request.js'
import { ModelRunner } from '../../execution/model-runner.js'
import { RunsUnderWay } from '../../execution/runs-under-way.js'
import { computationOf, endOf, type RunEnd } from '../../run-order.js'
import { RunWriter, type KnownRun } from '../../run-writer.js'
import type { FoldedCohort } from '../cohort-writer.js'
import { CohortWriter } from '../cohort-writer.js'
import type { Outcomes } from '../events.js'
import { BeginRuns } from '../part/begin-runs.js'
import { isReady, type EndedRun, type Part, type ReadyRun } from '../part/part-runs.js'
import type { CohortPart } from '../queue/cohort-queue.js'

/**
 * Works through one part of a cohort: every run of it ends once and is on record, and then so is the part. Sent again, also
 * while another process is at it, it records nothing twice.
 */
export class RunPart extends Command<void> {
  constructor(
    readonly part: CohortPart,
    /** Aborted with `cancelled` when the cohort was, with `interrupted` when the part is to be left for others. */
    readonly signal: AbortSignal,
  ) {
    super()
  }
}

/** What the vault says of a person whose data was erased. */
const SUBJECT_ERASED = 'subject-erased'

type AskedPart = Omit<Part, 'judgement'>

/** `optedOut`: members for whom no run was begun because they are out of secondary use. */
interface EndedPart {
  runs: EndedRun[]
  optedOut: number
}

@CommandHandler(RunPart)
export class RunPartHandler implements ICommandHandler<RunPart> {
  constructor(
    private readonly cohorts: CohortWriter,
    private readonly beginning: BeginRuns,
    private readonly runs: RunWriter,
    private readonly runner: ModelRunner,
    private readonly underWay: RunsUnderWay,
  ) {}

  /**
   * @throws Unavailable `part-interrupted`: it is to be sent again; Conflict `model-version-differs`: this process has another
   * version of the model than the cohort asks for; errors of a store that is away
   */
  async execute({ part: { cohort, part: number }, signal }: RunPart): Promise<void> {
    const folded = await this.cohorts.existing(cohort)
    const { state } = folded
    if (state.finished.has(number)) return
    const part = partOf(cohort, folded, number)
    const ended =
      state.status === 'cancelling'
        ? { runs: await this.endBegun(part), optedOut: 0 }
        : await this.runAll(part, folded, signal)
    const outcomes = outcomesOf(ended, part.twins.length)
    const context = { ...asService(), correlation: part.context.correlation, causation: folded.requested.id }
    const { trial } = folded.requested
    await this.cohorts.record(context, { cohort, trial, command: { type: 'finish-part', part: number, outcomes } })
  }

  private async runAll(part: AskedPart, { state }: FoldedCohort, signal: AbortSignal): Promise<EndedPart> {
    if (findModel(part.order.model).version !== state.version)
      throw new Conflict('model-version-differs', 'This service has another version of the model.', {
        wanted: state.version,
      })
    const { runs: begun, optedOut } = await this.beginning.begin(part)
    const ready = begun.filter(isReady)
    const subjects = ready.map(({ known }) => known.subject)
    await this.runs.prepareResults(subjects, part.order.trial)
    // One listener for all: a signal of each run's own that follows the part's costs more than the run.
    const stop = () => ready.forEach(({ known }) => this.underWay.cancel(known.run))
    signal.addEventListener('abort', stop, { once: true })
    try {
      const runs = await Promise.all(begun.map((run) => (isReady(run) ? this.compute(run, signal) : run)))
      return { runs, optedOut }
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  private async compute({ known, request, selected, context }: ReadyRun, signal: AbortSignal): Promise<EndedRun> {
    const { run, trial } = known
    const compute = (stopped: AbortSignal) => this.runner.run(computationOf(request, selected), stopped)
    const reply: ModelReply = signal.aborted ? { status: 'cancelled' } : await this.underWay.during(run, compute)
    // A run that was stopped because its process stops has not ended: another takes it up.
    if (signal.reason === 'interrupted') throw new Unavailable('part-interrupted', 'The part is left for others.')
    return this.end(known, context, endOf(reply, selected, { trial, by: 'cohort' }))
  }

  private async end(known: KnownRun, context: CommandContext, end: RunEnd): Promise<EndedRun> {
    const { run } = known
    try {
      const { state } = await this.runs.recordOn(known, context, [end])
      return { run, status: state.status as EndedRun['status'] }
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      // The person's data was erased while the run was computed: no value of theirs is recorded any more.
      if (error.code === SUBJECT_ERASED && end.type === 'complete')
        return this.end(known, context, { type: 'fail', code: SUBJECT_ERASED })
      if (!(error instanceof RevisionConflict)) throw error
      // Somebody cancelled it, or another process that works on the same part was faster.
      const { state } = await this.runs.existing(run)
      return { run, status: state.status as EndedRun['status'] }
    }
  }

  /** Of a cohort that was cancelled: what was begun before ends, nothing else begins. */
  private async endBegun(part: AskedPart): Promise<EndedRun[]> {
    const begun = await this.runs.findMany(part.twins.map((twin) => this.beginning.runOf(part.cohort, twin)))
    return Promise.all(
      [...begun].map(async ([run, { state, subject, trial, events }]): Promise<EndedRun> => {
        if (state.status !== 'requested') return { run, status: state.status! }
        const known = { run, subject, trial, state, revision: events.length - 1 }
        await this.runs.recordOn(known, part.context, [{ type: 'cancel', by: 'cohort' }])
        return { run, status: 'cancelled' }
      }),
    )
  }
}

function partOf(cohort: string, { state, requested }: FoldedCohort, part: number): AskedPart {
  const { actor, correlation, id } = requested
  const twins = state.members.get(part) ?? []
  return { cohort, order: state.order!, twins, context: { actor, correlation, causation: id } }
}

function outcomesOf({ runs, optedOut }: EndedPart, size: number): Outcomes {
  const notRun = size - runs.length - optedOut
  const outcomes: Outcomes = { completed: 0, refused: 0, failed: 0, cancelled: 0, notRun }
  for (const { status } of runs) outcomes[status]++
  return optedOut > 0 ? { ...outcomes, optedOut } : outcomes
}
