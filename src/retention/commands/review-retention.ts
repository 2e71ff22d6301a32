import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { PrivacyClock } from '../../privacy/clock.js'
import { HoldsInForce } from '../../privacy/queries/holds-in-force.js'
import { isOver, termsOf, type Term } from '../duties.js'
import type { Expired } from '../events.js'
import { retentionCaseDecider, retentionStream } from '../retention-case.js'
import { RetentionClocks } from '../retention-clocks.js'

/** Persons whose clocks are read together. */
const BATCH = 500

export interface RetentionReview {
  /** Cases that were opened now, and those a legal hold keeps from it. */
  opened: number
  heldBack: number
}

/** Finds what is due, opens a case for it, and records what a legal hold keeps. It erases nothing: persons decide. */
export class ReviewRetention extends Command<RetentionReview> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

@CommandHandler(ReviewRetention)
export class ReviewRetentionHandler implements ICommandHandler<ReviewRetention> {
  constructor(
    private readonly clocks: RetentionClocks,
    private readonly journal: Journal,
    private readonly queries: QueryBus,
    private readonly clock: PrivacyClock,
  ) {}

  async execute({ context }: ReviewRetention): Promise<RetentionReview> {
    const now = this.clock.now()
    const candidates = await this.clocks.candidates(now)
    const review = { opened: 0, heldBack: 0 }
    for (let from = 0; from < candidates.length; from += BATCH) {
      const duties = await this.clocks.dutiesOf(candidates.slice(from, from + BATCH))
      for (const [subject, own] of duties) {
        const over = termsOf(own).filter((term) => isOver(term, now))
        if (over.length === 0) continue
        const recorded = await this.fallDue(context, subject, over)
        if (recorded.held) review.heldBack += recorded.events
        else review.opened += recorded.events
      }
    }
    return review
  }

  private async fallDue(context: CommandContext, subject: string, over: readonly Term[]) {
    const holds = await this.queries.execute(new HoldsInForce(subject))
    const expired = over.map((term) => this.expired(subject, term))
    const { events } = await this.journal.execute(context, {
      stream: retentionStream(subject),
      decider: retentionCaseDecider,
      command: { type: 'fall-due', expired, holds },
      subject,
    })
    return { events: events.length, held: holds.length > 0 }
  }

  private expired(subject: string, { keyClass, recordClasses, until }: Term): Expired {
    const end = until!.toISOString()
    return {
      case: this.journal.deriveEventId('retention-case', subject, keyClass, end),
      keyClass,
      recordClasses,
      until: end,
    }
  }
}
