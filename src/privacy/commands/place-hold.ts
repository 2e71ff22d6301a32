import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { HoldGround, HoldRequester } from '../codes.js'
import { ForgettingJournal, type ForgettingReceipt } from '../forgetting/forgetting-journal.js'

/** Keeps a person's data from being erased, from this moment on; quality assurance approves it or ends it. */
export class PlaceHold extends Command<ForgettingReceipt & { hold: string }> {
  constructor(
    readonly context: CommandContext,
    readonly order: { subject: string; requestedBy: HoldRequester; ground: HoldGround },
  ) {
    super()
  }
}

@CommandHandler(PlaceHold)
export class PlaceHoldHandler implements ICommandHandler<PlaceHold> {
  constructor(
    private readonly forgetting: ForgettingJournal,
    private readonly journal: Journal,
  ) {}

  /** @throws Conflict `erasure-under-way`: keys are being destroyed already */
  async execute({ context, order: { subject, ...order } }: PlaceHold): Promise<ForgettingReceipt & { hold: string }> {
    const { idempotencyKey: key, actor } = context
    const hold = key === undefined ? randomUUID() : this.journal.deriveEventId('legal-hold', actor.id, key)
    return { hold, ...(await this.forgetting.record(context, subject, { type: 'place-hold', hold, ...order })) }
  }
}
