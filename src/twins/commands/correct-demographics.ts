import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { Demographics } from '../facts.js'
import type { CorrectionReason } from '../reason-codes.js'
import { TwinWriter, type TwinReceipt } from '../twin-writer.js'

/** Replaces the demographic details; the earlier ones stay on record. */
export class CorrectDemographics extends Command<TwinReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: {
      twin: string
      ifRevision?: number
      replacement: Demographics
      reason: CorrectionReason
      explanation: string
    },
  ) {
    super()
  }
}

@CommandHandler(CorrectDemographics)
export class CorrectDemographicsHandler implements ICommandHandler<CorrectDemographics> {
  constructor(private readonly writer: TwinWriter) {}

  /** @throws NotFound `twin-not-found`, InvalidRequest `demographics-missing` */
  execute({ context, change }: CorrectDemographics): Promise<TwinReceipt> {
    const { twin, ifRevision, replacement, reason, explanation } = change
    return this.writer.command(
      { ...context, reason },
      { twin, ifRevision, command: { type: 'correct-demographics', replacement, explanation } },
    )
  }
}
