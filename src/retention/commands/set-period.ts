import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { RetentionClocks } from '../retention-clocks.js'
import { scheduleDecider, type PeriodOrder } from '../schedule.js'

export interface PeriodReceipt {
  revision: number
  position: number
  replayed: boolean
}

/** Sets how long records of a class are kept. */
export class SetPeriod extends Command<PeriodReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly order: PeriodOrder,
  ) {
    super()
  }
}

@CommandHandler(SetPeriod)
export class SetPeriodHandler implements ICommandHandler<SetPeriod> {
  constructor(
    private readonly journal: Journal,
    private readonly clocks: RetentionClocks,
  ) {}

  /** @throws InvalidRequest `retention-too-short`; Conflict `retention-unchanged` */
  async execute({ context, order }: SetPeriod): Promise<PeriodReceipt> {
    const stream = this.clocks.scheduleStream()
    const { events, replayed } = await this.journal.execute(context, {
      stream,
      decider: scheduleDecider,
      command: order,
    })
    const { revision, position } = events.at(-1)!
    return { revision, position, replayed }
  }
}
