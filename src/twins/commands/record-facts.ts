import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { ClinicalFact } from '../facts.js'
import { TwinWriter, type TwinReceipt } from '../twin-writer.js'

/** Records facts about the person, each as one event. */
export class RecordFacts extends Command<TwinReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { twin: string; ifRevision?: number; facts: readonly ClinicalFact[] },
  ) {
    super()
  }
}

@CommandHandler(RecordFacts)
export class RecordFactsHandler implements ICommandHandler<RecordFacts> {
  constructor(private readonly writer: TwinWriter) {}

  /** @throws NotFound `twin-not-found`, Conflict `twin-merged`, `twin-withdrawn` */
  execute({ context, change }: RecordFacts): Promise<TwinReceipt> {
    const { twin, ifRevision, facts } = change
    return this.writer.command(context, { twin, ifRevision, command: { type: 'record-facts', facts } })
  }
}
