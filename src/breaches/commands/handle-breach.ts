import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { BreachCommand } from '../breach.js'
import { BreachJournal, type BreachReceipt } from '../breach-journal.js'

/** Takes one step of handling a breach: assesses it, tells the authority or the persons, closes it. */
export class HandleBreach extends Command<BreachReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly breach: string,
    readonly step: Exclude<BreachCommand, { type: 'record' }>,
  ) {
    super()
  }
}

@CommandHandler(HandleBreach)
export class HandleBreachHandler implements ICommandHandler<HandleBreach> {
  constructor(private readonly breaches: BreachJournal) {}

  /** Errors are those of the decider (breach.ts). */
  execute({ context, breach, step }: HandleBreach): Promise<BreachReceipt> {
    return this.breaches.record(context, breach, step)
  }
}
