import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import { isDeepStrictEqual } from 'node:util'
import type { CommandContext } from '../../../journal/command-context.js'
import { Journal } from '../../../journal/journal.js'
import { findModel } from '../../../models/registry/find-model.js'
import { Unprocessable } from '../../../platform/errors.js'
import { ProjectionEngine } from '../../../projections/projection-engine.js'
import { requireDeclared } from '../../inputs/select-parameter.js'
import { mappingOf } from '../../inputs/mappings.js'
import { openParts, PART_SIZE } from '../cohort.js'
import { CohortMembers, type MemberScope, type WantedMembers } from '../cohort-members.js'
import { CohortWriter, type FoldedCohort } from '../cohort-writer.js'
import type { AskedCohort, CohortOrder, Selection } from '../events.js'
import { holderUnderPermit } from '../permit-scope.js'
import { CohortQueue } from '../queue/cohort-queue.js'
import { PartWorker } from '../queue/part-worker.js'

export interface CohortAnswer {
  cohort: string
  /** Twins, each of which gets one run. */
  size: number
  /** After the last event. */
  position: number
  /** True when the same Idempotency-Key had brought this cohort before. */
  replayed: boolean
}

/** Asks for one model to be run on many twins. Answers once that is on record and in the queue. */
export class RequestCohort extends Command<CohortAnswer> {
  constructor(
    readonly context: CommandContext,
    readonly order: AskedCohort,
    readonly wanted: WantedMembers,
    /** Which twins are open to the caller. */
    readonly scope: MemberScope,
  ) {
    super()
  }
}

@CommandHandler(RequestCohort)
export class RequestCohortHandler implements ICommandHandler<RequestCohort> {
  constructor(
    private readonly cohorts: CohortWriter,
    private readonly members: CohortMembers,
    private readonly queue: CohortQueue,
    private readonly worker: PartWorker,
    private readonly journal: Journal,
    private readonly projections: ProjectionEngine,
    private readonly queries: QueryBus,
  ) {}

  /**
   * @throws NotFound `model-not-found`, `twin-not-found`
   * @throws Unprocessable `model-not-mapped`, `cohort-empty`, `cohort-too-large`, `idempotency-key-reused`
   * @throws Unprocessable `permit-not-covering`, `permit-not-for-decisions`; InvalidRequest `permit-members-listed`
   * @throws InvalidRequest `parameter-not-declared`; Unavailable `queue-full`, `projection-behind`
   */
  async execute({ context, order: asked, wanted, scope }: RequestCohort): Promise<CohortAnswer> {
    const { idempotencyKey: key, ...once } = context
    const cohort = key === undefined ? randomUUID() : this.journal.deriveEventId('cohort', context.actor.id, key)
    const earlier = key === undefined ? null : await this.cohorts.find(cohort)
    if (earlier) return this.answerAgain(cohort, earlier, asked)
    const mapping = mappingOf(asked.model)
    const model = findModel(mapping.model)
    requireDeclared(model, mapping, asked.parameters ?? {})
    const { version } = model
    const order: CohortOrder = { ...defined(asked), day: asked.day ?? new Date().toISOString().slice(0, 10) }
    // Whoever opted out a moment ago is not chosen: the list has to know all that the log knows.
    await this.projections.waitPatiently()
    const held = await holderUnderPermit(this.queries, { order, wanted, user: context.actor.org })
    const twins = await this.members.select(wanted, { ...scope, ...held })
    await this.queue.assertRoom(Math.ceil(twins.length / PART_SIZE))
    const position = await this.cohorts.record(
      { ...once, purpose: order.purpose },
      {
        cohort,
        trial: order.trial,
        command: { type: 'request', order, version, twins, selection: selectionOf(wanted) },
      },
    )
    await this.enqueue(cohort, await this.cohorts.existing(cohort))
    return { cohort, size: twins.length, position: position!, replayed: false }
  }

  private async answerAgain(cohort: string, earlier: FoldedCohort, asked: AskedCohort): Promise<CohortAnswer> {
    const { day } = earlier.state.order!
    if (!isDeepStrictEqual(earlier.state.order, { day, ...defined(asked) }))
      throw new Unprocessable('idempotency-key-reused', 'This Idempotency-Key was used before, for another cohort.')
    await this.enqueue(cohort, earlier)
    const size = [...earlier.state.members.values()].reduce((sum, twins) => sum + twins.length, 0)
    return { cohort, size, position: await this.positionAfter(cohort), replayed: true }
  }

  private async positionAfter(cohort: string): Promise<number> {
    const [last] = await this.journal.store.readStream(`cohort-${cohort}`, { direction: 'backwards', limit: 1 })
    return last!.position + 1
  }

  private async enqueue(cohort: string, { state }: FoldedCohort): Promise<void> {
    await this.queue.ensure(cohort, openParts(state))
    this.worker.wake()
  }
}

/** Without members that were left open: canonical JSON has no place for them. */
function defined<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value
}

function selectionOf(wanted: WantedMembers): Selection {
  return 'twins' in wanted ? { by: 'list' } : { by: 'filter', ...defined(wanted) }
}
