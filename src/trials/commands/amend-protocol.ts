import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { Protocol } from '../events.js'
import { TrialWriter, type TrialReceipt } from '../trial-writer.js'

/** Puts a new version of the protocol in force; the earlier ones stay on record. */
export class AmendProtocol extends Command<TrialReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { trial: string; ifRevision?: number; protocol: Protocol },
  ) {
    super()
  }
}

@CommandHandler(AmendProtocol)
export class AmendProtocolHandler implements ICommandHandler<AmendProtocol> {
  constructor(private readonly writer: TrialWriter) {}

  /** @throws NotFound `trial-not-found`, Conflict `trial-closed` */
  execute({ context, change }: AmendProtocol): Promise<TrialReceipt> {
    const { trial, ifRevision, protocol } = change
    return this.writer.command(context, { trial, ifRevision, command: { type: 'amend-protocol', protocol } })
  }
}
