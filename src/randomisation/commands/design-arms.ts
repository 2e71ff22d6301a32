import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { ArmsDesign } from '../events.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'

/** Lays down the arms of a trial, their ratio, and from whom they are hidden. Once: the design does not change under a list. */
export class DesignArms extends Command<RandomisationReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { trial: string; design: ArmsDesign },
  ) {
    super()
  }
}

@CommandHandler(DesignArms)
export class DesignArmsHandler implements ICommandHandler<DesignArms> {
  constructor(private readonly writer: RandomisationWriter) {}

  /** @throws Conflict `arms-designed`; Unprocessable `arms-invalid` */
  execute({ context, change: { trial, design } }: DesignArms): Promise<RandomisationReceipt> {
    return this.writer.command(context, { trial, command: { type: 'design', design } })
  }
}
