import { randomBytes } from 'node:crypto'
import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Journal } from '../../../journal/journal.js'
import { Conflict } from '../../../platform/errors.js'
import { ProjectionEngine } from '../../../projections/projection-engine.js'
import { ListEnrolments } from '../../../trials/queries/list-enrolments.js'
import { firstByHash } from '../draw-sample.js'
import { ReviewWriter, type ReviewReceipt } from '../review-writer.js'

/** More people than any trial has. */
const MOST_ENROLLED = 1_000_000
const SEED_BYTES = 16

/**
 * Draws which coded twins of the review's trial the reviewer may read while the review is open: the first `size` of the enrolment codes
 * in the order of SHA-256 over a random seed and the code. Nobody chooses, and whoever knows the codes can draw again.
 */
export class SampleTwins extends Command<ReviewReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly review: string,
    readonly size: number,
  ) {
    super()
  }
}

@CommandHandler(SampleTwins)
export class SampleTwinsHandler implements ICommandHandler<SampleTwins> {
  constructor(
    private readonly writer: ReviewWriter,
    private readonly queries: QueryBus,
    private readonly journal: Journal,
    private readonly projections: ProjectionEngine,
  ) {}

  /**
   * @throws NotFound `review-not-found`; Forbidden `reviewer-is-another`
   * @throws Conflict `review-without-trial`, `review-not-under-way`, `review-twins-sampled`
   */
  async execute({ context, review, size }: SampleTwins): Promise<ReviewReceipt> {
    const { trial } = (await this.writer.existing(review)).plan!
    if (trial === undefined) throw new Conflict('review-without-trial', 'The review is of no trial in particular.')
    const { size: belowPosition } = await this.journal.store.head()
    await this.projections.waitFor(belowPosition)
    const { enrolments } = await this.queries.execute(new ListEnrolments(trial, { status: 'enrolled' }, MOST_ENROLLED))
    const all = enrolments.map(({ code }) => code)
    const seed = randomBytes(SEED_BYTES).toString('hex')
    const codes = firstByHash(seed, all, (code) => code, size)
    const sample = { seed, size, population: all.length, belowPosition, codes }
    return this.writer.record(context, review, { do: 'sample-twins', by: context.actor.id, sample }, trial)
  }
}
