import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import type { FindingCode, Severity } from '../codes.js'
import { ReviewWriter, type ReviewReceipt } from '../review-writer.js'

/** What the reviewer found, as a code, and in words that are sealed. */
export class RecordFinding extends Command<ReviewReceipt & { finding: string }> {
  constructor(
    readonly context: CommandContext,
    readonly review: string,
    readonly found: { code: FindingCode; severity: Severity; positions: readonly number[]; explanation: string },
  ) {
    super()
  }
}

@CommandHandler(RecordFinding)
export class RecordFindingHandler implements ICommandHandler<RecordFinding> {
  constructor(private readonly writer: ReviewWriter) {}

  /** @throws Forbidden `reviewer-is-another`; Conflict `review-not-under-way`; InvalidRequest `review-entry-not-sampled` */
  async execute({ context, review, found }: RecordFinding) {
    const finding = randomUUID()
    const command = { do: 'record-finding', by: context.actor.id, finding, ...found } as const
    return { ...(await this.writer.record(context, review, command)), finding }
  }
}
