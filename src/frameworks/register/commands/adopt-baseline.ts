import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { canonicalJson } from '../../../ledger/canonical-json.js'
import type { CommandContext } from '../../../journal/command-context.js'
import { softwareVersion } from '../../../platform/software-version.js'
import { baselineEntries } from '../baseline.js'
import { LegalRegister } from '../legal-register.js'

export interface BaselineReceipt {
  /** Ids of the entries that were taken over now. */
  adopted: string[]
  /** Ids of entries on record that say something else than the shipped edition; they are left as they are. */
  differing: string[]
}

/** Takes over those entries of the shipped edition that are not on record. What people made of an entry here is not touched. */
export class AdoptBaseline extends Command<BaselineReceipt> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

@CommandHandler(AdoptBaseline)
export class AdoptBaselineHandler implements ICommandHandler<AdoptBaseline> {
  constructor(private readonly register: LegalRegister) {}

  async execute({ context }: AdoptBaseline): Promise<BaselineReceipt> {
    // One key stands for one command, and these are many; repeated, they find the entries on record.
    const { idempotencyKey: _key, ...each } = context
    const receipt: BaselineReceipt = { adopted: [], differing: [] }
    for (const entry of baselineEntries()) {
      const { state } = await this.register.read(entry.id)
      if (state.standing === null) {
        if (await this.register.adopt(each, entry, softwareVersion())) receipt.adopted.push(entry.id)
      } else if (canonicalJson(state.entry) !== canonicalJson(entry)) receipt.differing.push(entry.id)
    }
    return receipt
  }
}
