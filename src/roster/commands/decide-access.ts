import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal, type Receipt } from '../../journal/journal.js'
import { ROSTER_STREAM } from '../events.js'
import { LedgerRevocationList } from '../ledger-revocation-list.js'
import { roster } from '../roster.js'

/** Why access was taken or given back: codes, so that a header never carries a sentence. */
export const ACCESS_REASONS = [
  'left-organisation',
  'role-ended',
  'credentials-lost',
  'misuse-suspected',
  'error-corrected',
] as const
export type AccessReason = (typeof ACCESS_REASONS)[number]

/** Revokes or reinstates a person's access; tokens that are still valid stop working at once. 21 CFR 11.300(b),(c). */
export class DecideAccess extends Command<Receipt> {
  constructor(
    readonly context: CommandContext,
    readonly decision: { do: 'revoke' | 'reinstate'; actor: string; reason: AccessReason },
  ) {
    super()
  }
}

@CommandHandler(DecideAccess)
export class DecideAccessHandler implements ICommandHandler<DecideAccess> {
  constructor(
    private readonly journal: Journal,
    private readonly revocations: LedgerRevocationList,
  ) {}

  /** @throws what `roster.decide` throws */
  async execute({ context, decision: { reason, ...decision } }: DecideAccess): Promise<Receipt> {
    const receipt = await this.journal.execute(
      { ...context, reason },
      { stream: ROSTER_STREAM, decider: roster, command: { ...decision, by: context.actor.id } },
    )
    await this.revocations.refresh()
    return receipt
  }
}
