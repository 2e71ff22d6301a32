import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { ClockWatch } from '../clock-watch.js'

/** Holds the server's clock against log and database, and records when it became wrong or right again. */
export class MeasureClock extends Command<void> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

@CommandHandler(MeasureClock)
export class MeasureClockHandler implements ICommandHandler<MeasureClock> {
  constructor(private readonly watch: ClockWatch) {}

  execute({ context }: MeasureClock): Promise<void> {
    return this.watch.measure(context)
  }
}
