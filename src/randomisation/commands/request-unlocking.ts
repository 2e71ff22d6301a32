import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'
import type { UnlockingReason } from '../reason-codes.js'

/** Asks to unlock the data of a trial, for a reason and by a document. They stay locked until somebody else agrees. */
export class RequestUnlocking extends Command<RandomisationReceipt & { unlocking: string }> {
  constructor(
    readonly context: CommandContext,
    /** `digest`: SHA-256, hexadecimal, of the document that justifies it. */
    readonly asked: { trial: string; reason: UnlockingReason; digest: string },
  ) {
    super()
  }
}

@CommandHandler(RequestUnlocking)
export class RequestUnlockingHandler implements ICommandHandler<RequestUnlocking> {
  constructor(
    private readonly writer: RandomisationWriter,
    private readonly journal: Journal,
  ) {}

  /** @throws Conflict `data-not-locked`, `unlocking-pending` */
  async execute({ context, asked }: RequestUnlocking): Promise<RandomisationReceipt & { unlocking: string }> {
    const { trial, reason, digest } = asked
    const { idempotencyKey: key, actor } = context
    const unlocking = key === undefined ? randomUUID() : this.journal.deriveEventId('unlocking', actor.id, key, trial)
    const command = { type: 'request-unlocking', unlocking, digest } as const
    return { ...(await this.writer.command({ ...context, reason }, { trial, command })), unlocking }
  }
}
