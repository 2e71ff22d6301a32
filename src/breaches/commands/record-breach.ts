import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { BreachReport } from '../breach.js'
import { BreachJournal, type BreachReceipt } from '../breach-journal.js'
import type { BreachTexts } from '../events.js'

/** Enters a breach in the register; from the moment of awareness the 72 hours run. */
export class RecordBreach extends Command<BreachReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly report: BreachReport & { texts?: Partial<BreachTexts> },
  ) {
    super()
  }
}

@CommandHandler(RecordBreach)
export class RecordBreachHandler implements ICommandHandler<RecordBreach> {
  constructor(
    private readonly breaches: BreachJournal,
    private readonly journal: Journal,
  ) {}

  /** @throws InvalidRequest `breach-time-invalid` */
  execute({ context, report }: RecordBreach): Promise<BreachReceipt> {
    const { idempotencyKey: key, actor } = context
    const breach = key === undefined ? randomUUID() : this.journal.deriveEventId('breach', actor.id, key)
    return this.breaches.record(context, breach, { type: 'record', ...report })
  }
}
