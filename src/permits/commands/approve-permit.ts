import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { PermitBook, type PermitReceipt } from '../permit-book.js'

/** Approves what was registered, as somebody else who held it against the permit's document. */
export class ApprovePermit extends Command<PermitReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly permit: string,
    /** SHA-256 of the document that the approver has, hexadecimal. */
    readonly document: string,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(ApprovePermit)
export class ApprovePermitHandler implements ICommandHandler<ApprovePermit> {
  constructor(private readonly book: PermitBook) {}

  /**
   * @throws NotFound `permit-not-found`; Forbidden `permit-approver-is-registrar`
   * @throws Conflict `permit-not-registered`, `permit-expired`; Unprocessable `permit-document-differs`
   */
  execute({ context, permit, document, ifRevision }: ApprovePermit): Promise<PermitReceipt> {
    return this.book.record(context, permit, { type: 'approve', by: context.actor.id, document }, ifRevision)
  }
}
