import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { assertNotInFuture } from '../check-day.js'
import type { Check } from '../events.js'
import { LegalRegister, type LegalEntryReceipt } from '../legal-register.js'

/** Records that somebody held an entry in force against its source, and what that brought. */
export class CheckEntry extends Command<LegalEntryReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly check: Check,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(CheckEntry)
export class CheckEntryHandler implements ICommandHandler<CheckEntry> {
  constructor(private readonly register: LegalRegister) {}

  /**
   * @throws NotFound `legal-entry-not-found`; InvalidRequest `checked-in-future`
   * @throws Conflict `legal-entry-not-in-force`, `legal-entry-retired`, `legal-check-outdated`
   */
  async execute({ context, id, check, ifRevision }: CheckEntry): Promise<LegalEntryReceipt> {
    assertNotInFuture(check.checkedOn)
    return this.register.record(context, id, { type: 'check', check }, ifRevision)
  }
}
