import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Unprocessable } from '../../../platform/errors.js'
import type { LegalText } from '../events.js'
import { LegalRegister, type LegalEntryReceipt } from '../legal-register.js'
import { requirements } from '../requirements.js'

/** Proposes a new entry, or a change of one: what is in force stays so until somebody else approved the change. */
export class ProposeEntry extends Command<LegalEntryReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly text: LegalText,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(ProposeEntry)
export class ProposeEntryHandler implements ICommandHandler<ProposeEntry> {
  constructor(private readonly register: LegalRegister) {}

  /**
   * @throws Unprocessable `legal-control-unknown`, `legal-predecessor-unknown`
   * @throws Conflict `legal-entry-unchanged`, `legal-entry-retired`
   */
  async execute({ context, text, ifRevision }: ProposeEntry): Promise<LegalEntryReceipt> {
    const known = new Set(requirements().map(({ id }) => id))
    const controls = text.controls.filter((id) => !known.has(id))
    if (controls.length > 0)
      throw new Unprocessable(
        'legal-control-unknown',
        'The entry names a requirement that this version does not have.',
        {
          controls,
        },
      )
    if (text.supersedes !== null && (await this.register.read(text.supersedes)).state.standing === null)
      throw new Unprocessable('legal-predecessor-unknown', 'The entry supersedes one that is not on record.')
    return this.register.record(context, text.id, { type: 'propose', text }, ifRevision)
  }
}
