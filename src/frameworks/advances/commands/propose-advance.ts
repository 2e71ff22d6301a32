import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Unprocessable } from '../../../platform/errors.js'
import { findInLibrary } from '../../../models/registry/find-model.js'
import { Advances, type AdvanceReceipt } from '../advances.js'
import type { AdvanceEntry } from '../events.js'

/** Proposes an entry, or a reviewed or returned one with changes: it is for somebody else to review. */
export class ProposeAdvance extends Command<AdvanceReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly entry: AdvanceEntry,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(ProposeAdvance)
export class ProposeAdvanceHandler implements ICommandHandler<ProposeAdvance> {
  constructor(private readonly advances: Advances) {}

  /** @throws Unprocessable `advance-model-unknown`; Conflict `advance-unchanged`, `advance-superseded` */
  async execute({ context, entry, ifRevision }: ProposeAdvance): Promise<AdvanceReceipt> {
    const models = entry.models.filter((model) => findInLibrary(model) === undefined)
    if (models.length > 0)
      throw new Unprocessable('advance-model-unknown', 'The entry names a model that this service does not have.', {
        models,
      })
    return this.advances.record(context, entry.id, { type: 'propose', entry }, ifRevision)
  }
}
