import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type Receipt } from '../../journal/journal.js'
import { SOURCES_STREAM } from '../events.js'
import { LiveSources } from '../live-sources.js'
import { sources, type SourceCommand } from '../sources.js'

/** Registers sources or revokes one; holds when it is answered. */
export class ChangeSources extends Command<Receipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: SourceCommand,
  ) {
    super()
  }
}

@CommandHandler(ChangeSources)
export class ChangeSourcesHandler implements ICommandHandler<ChangeSources> {
  constructor(
    private readonly journal: Journal,
    private readonly live: LiveSources,
  ) {}

  /** @throws what `sources.decide` throws */
  async execute({ context, change }: ChangeSources): Promise<Receipt> {
    const receipt = await this.journal.execute(context, { stream: SOURCES_STREAM, decider: sources, command: change })
    await this.live.refresh()
    return receipt
  }
}
