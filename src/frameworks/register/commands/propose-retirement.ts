import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Unprocessable } from '../../../platform/errors.js'
import type { Retirement } from '../events.js'
import { LegalRegister, type LegalEntryReceipt } from '../legal-register.js'

/** Proposes that an entry goes: it was repealed, withdrawn, superseded by another, or does not concern us. */
export class ProposeRetirement extends Command<LegalEntryReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly retirement: Retirement,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(ProposeRetirement)
export class ProposeRetirementHandler implements ICommandHandler<ProposeRetirement> {
  constructor(private readonly register: LegalRegister) {}

  /**
   * @throws Unprocessable `legal-successor-not-in-force`; InvalidRequest `successor-mismatch`
   * @throws NotFound `legal-entry-not-found`; Conflict `legal-entry-not-in-force`, `legal-entry-retired`
   */
  async execute({ context, id, retirement, ifRevision }: ProposeRetirement): Promise<LegalEntryReceipt> {
    const { supersededBy } = retirement
    if (supersededBy !== null) {
      const { entry, standing } = (await this.register.read(supersededBy)).state
      if (supersededBy === id || entry === null || standing === 'retired')
        throw new Unprocessable('legal-successor-not-in-force', 'An entry is superseded by another that is in force.')
    }
    return this.register.record(context, id, { type: 'propose-retirement', retirement }, ifRevision)
  }
}
