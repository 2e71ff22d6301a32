import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Conflict } from '../../../platform/errors.js'
import { Advances, type AdvanceReceipt } from '../advances.js'

/** Puts a reviewed entry in the place of an earlier one. */
export class SupersedeAdvance extends Command<AdvanceReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly by: string,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(SupersedeAdvance)
export class SupersedeAdvanceHandler implements ICommandHandler<SupersedeAdvance> {
  constructor(private readonly advances: Advances) {}

  /** @throws NotFound `advance-not-found`; Conflict `advance-not-reviewed`, `advance-superseded` */
  async execute({ context, id, by, ifRevision }: SupersedeAdvance): Promise<AdvanceReceipt> {
    const { state } = await this.advances.existing(by)
    if (by === id || state.status !== 'reviewed')
      throw new Conflict('advance-not-reviewed', 'An entry is superseded by another that was reviewed.', {
        status: state.status,
      })
    return this.advances.record(context, id, { type: 'supersede', by }, ifRevision)
  }
}
