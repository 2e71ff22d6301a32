import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type Receipt } from '../../journal/journal.js'
import { staffStream, type PersonNamed } from '../events.js'

/** Records the printed name of a person of the roster, sealed under the person's own key (21 CFR 11.50, 11.100). */
export class NamePerson extends Command<Receipt> {
  constructor(
    readonly context: CommandContext,
    readonly person: { actor: string; name: string },
  ) {
    super()
  }
}

@CommandHandler(NamePerson)
export class NamePersonHandler implements ICommandHandler<NamePerson> {
  constructor(private readonly journal: Journal) {}

  execute({ context, person: { actor, name } }: NamePerson): Promise<Receipt> {
    const event: PersonNamed = { type: 'roster.person-named', data: { name } }
    const entries = [{ event, subject: actor }]
    return this.journal.append(context, [{ stream: staffStream(actor), expectedRevision: 'any', entries }])
  }
}
