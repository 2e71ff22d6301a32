import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { ConsentReceipt } from '../consent-writer.js'
import { MergedPersons } from '../merged-persons.js'

/** Lets processing go on that was restricted or objected to. The person is told before (GDPR Art 18(3)). */
export class LiftRestriction extends Command<ConsentReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly order: { subject: string; restriction: string },
  ) {
    super()
  }
}

@CommandHandler(LiftRestriction)
export class LiftRestrictionHandler implements ICommandHandler<LiftRestriction> {
  constructor(private readonly persons: MergedPersons) {}

  /** @throws NotFound `restriction-not-found`; Conflict `erasure-not-reversible` */
  execute({ context, order: { subject, restriction } }: LiftRestriction): Promise<ConsentReceipt> {
    return this.persons.record(context, subject, { type: 'lift-restriction', restriction })
  }
}
