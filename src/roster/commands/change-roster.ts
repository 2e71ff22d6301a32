import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type Receipt } from '../../journal/journal.js'
import { ROSTER_STREAM } from '../events.js'
import { LiveRoster } from '../live-roster.js'
import { rosterAt, type RosterCommand } from '../roster.js'

/** Puts one change to the roster. What it gives or takes holds when it is answered. 21 CFR 11.10(d),(g), 11.300(b). */
export class ChangeRoster extends Command<Receipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: RosterCommand,
  ) {
    super()
  }
}

@CommandHandler(ChangeRoster)
export class ChangeRosterHandler implements ICommandHandler<ChangeRoster> {
  constructor(
    private readonly journal: Journal,
    private readonly live: LiveRoster,
  ) {}

  /** @throws what the roster's decider throws */
  async execute({ context, change }: ChangeRoster): Promise<Receipt> {
    const decider = rosterAt(this.live.momentAt())
    const receipt = await this.journal.execute(context, { stream: ROSTER_STREAM, decider, command: change })
    await this.live.refresh()
    return receipt
  }
}
