import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { TrialDescription } from '../events.js'
import { TrialWriter, type TrialReceipt } from '../trial-writer.js'

/** Registers a trial with its sponsor and protocol. */
export class RegisterTrial extends Command<TrialReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly description: TrialDescription,
  ) {
    super()
  }
}

@CommandHandler(RegisterTrial)
export class RegisterTrialHandler implements ICommandHandler<RegisterTrial> {
  constructor(
    private readonly writer: TrialWriter,
    private readonly journal: Journal,
  ) {}

  execute({ context, description }: RegisterTrial): Promise<TrialReceipt> {
    return this.writer.command(context, { trial: this.newId(context), command: { type: 'register', description } })
  }

  /** Random; with an Idempotency-Key the same again, so that a repeated request meets the trial it made. */
  private newId({ idempotencyKey: key, actor }: CommandContext): string {
    return key === undefined ? randomUUID() : this.journal.deriveEventId('trial-registration', actor.id, key)
  }
}
