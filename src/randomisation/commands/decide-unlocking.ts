import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'

/** Unlocks the data of a trial or leaves them locked. Somebody else than who asked. */
export class DecideUnlocking extends Command<RandomisationReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly decision: { trial: string; unlocking: string; outcome: 'approved' | 'refused' },
  ) {
    super()
  }
}

@CommandHandler(DecideUnlocking)
export class DecideUnlockingHandler implements ICommandHandler<DecideUnlocking> {
  constructor(private readonly writer: RandomisationWriter) {}

  /** @throws NotFound `unlocking-not-found`; Conflict `unlocking-decided`, `own-unlocking` */
  execute({ context, decision: { trial, unlocking, outcome } }: DecideUnlocking): Promise<RandomisationReceipt> {
    const command = { type: 'decide-unlocking', unlocking, outcome, by: context.actor.id } as const
    return this.writer.command(context, { trial, command })
  }
}
