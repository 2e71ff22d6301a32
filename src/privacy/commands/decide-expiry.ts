import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { KeyClass } from '../../vault/key-class.js'
import type { RetainedClass } from '../forgetting/events.js'
import { ForgettingJournal, type ForgettingReceipt } from '../forgetting/forgetting-journal.js'

export interface ExpiryDecision {
  subject: string
  erasure: string
  /** The case that was opened when the period ended; it stands where a person's request would. */
  case: string
  classes: readonly KeyClass[]
  retained: readonly RetainedClass[]
}

/** Decides on the erasure of what is no longer necessary (Art 17(1)(a)); it waits for its two other persons like any other. */
export class DecideExpiry extends Command<ForgettingReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly decision: ExpiryDecision,
  ) {
    super()
  }
}

@CommandHandler(DecideExpiry)
export class DecideExpiryHandler implements ICommandHandler<DecideExpiry> {
  constructor(private readonly forgetting: ForgettingJournal) {}

  /** @throws Conflict `legal-hold-active`, `erasure-under-way`; InvalidRequest `erasure-decision-incomplete` */
  execute({ context, decision: { subject, case: request, ...scope } }: DecideExpiry): Promise<ForgettingReceipt> {
    return this.forgetting.record(context, subject, { type: 'decide-erasure', request, ground: '17-1-a', ...scope })
  }
}
