import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { PermitTerms } from '../events.js'
import { PermitBook, type PermitReceipt } from '../permit-book.js'

/** Puts on record what a health data access body issued; nothing rests on it before somebody else approved it. */
export class RegisterPermit extends Command<PermitReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly terms: PermitTerms,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(RegisterPermit)
export class RegisterPermitHandler implements ICommandHandler<RegisterPermit> {
  constructor(private readonly book: PermitBook) {}

  /** Of a permit on record: other terms. @throws InvalidRequest `permit-time-invalid`; Conflict `permit-unchanged` */
  execute({ context, terms, ifRevision }: RegisterPermit): Promise<PermitReceipt> {
    return this.book.record(context, this.book.permitOf(terms), { type: 'register', terms }, ifRevision)
  }
}
