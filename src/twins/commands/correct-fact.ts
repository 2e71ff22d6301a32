import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { ClinicalFact } from '../facts.js'
import type { CorrectionReason } from '../reason-codes.js'
import { TwinWriter, type TwinReceipt } from '../twin-writer.js'

/** Replaces a fact by a corrected one, or withdraws it (`replacement` null). The earlier version stays on record; the explanation is sealed with it. */
export class CorrectFact extends Command<TwinReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: {
      twin: string
      ifRevision?: number
      target: string
      replacement: ClinicalFact | null
      reason: CorrectionReason
      explanation: string
    },
  ) {
    super()
  }
}

@CommandHandler(CorrectFact)
export class CorrectFactHandler implements ICommandHandler<CorrectFact> {
  constructor(private readonly writer: TwinWriter) {}

  /** @throws NotFound `fact-not-found`, Conflict `fact-not-current`, InvalidRequest `fact-kind-differs` */
  execute({ context, change }: CorrectFact): Promise<TwinReceipt> {
    const { twin, ifRevision, target, replacement, reason, explanation } = change
    return this.writer.command(
      { ...context, reason },
      { twin, ifRevision, command: { type: 'correct-fact', target, replacement, explanation } },
    )
  }
}
