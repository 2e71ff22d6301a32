import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { PermitRevocationReason } from '../codes.js'
import { PermitBook, type PermitReceipt } from '../permit-book.js'

/** Ends a permit: from its position in the log on, no use rests on it, in cohorts under way neither. */
export class RevokePermit extends Command<PermitReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly permit: string,
    readonly reason: PermitRevocationReason,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(RevokePermit)
export class RevokePermitHandler implements ICommandHandler<RevokePermit> {
  constructor(private readonly book: PermitBook) {}

  /** @throws NotFound `permit-not-found`; Conflict `permit-not-in-force`: it was revoked already */
  execute({ context, permit, reason, ifRevision }: RevokePermit): Promise<PermitReceipt> {
    return this.book.record(context, permit, { type: 'revoke', reason }, ifRevision)
  }
}
