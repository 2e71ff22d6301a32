import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { AskingRole, HoldGround } from '../codes.js'
import { ForgettingJournal } from '../forgetting/forgetting-journal.js'

export interface HoldRequestReceipt {
  hold: string
  replayed: boolean
}

/** A sponsor or a regulator asks for a legal hold; until compliance decides, no erasure of the person is carried out. */
export class RequestHold extends Command<HoldRequestReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly order: { subject: string; requestedBy: AskingRole; ground: HoldGround },
  ) {
    super()
  }
}

@CommandHandler(RequestHold)
export class RequestHoldHandler implements ICommandHandler<RequestHold> {
  constructor(
    private readonly forgetting: ForgettingJournal,
    private readonly journal: Journal,
  ) {}

  /** @throws Conflict `erasure-under-way`: keys are being destroyed already */
  async execute({ context, order: { subject, ...order } }: RequestHold): Promise<HoldRequestReceipt> {
    const { idempotencyKey: key, actor } = context
    const hold = key === undefined ? randomUUID() : this.journal.deriveEventId('legal-hold', actor.id, key)
    const { replayed } = await this.forgetting.record(context, subject, { type: 'request-hold', hold, ...order })
    return { hold, replayed }
  }
}
