import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { TrialWriter, type TrialReceipt } from '../trial-writer.js'

/** Ends enrolment at a site; who is enrolled there stays enrolled. */
export class CloseSite extends Command<TrialReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { trial: string; ifRevision?: number; site: string },
  ) {
    super()
  }
}

@CommandHandler(CloseSite)
export class CloseSiteHandler implements ICommandHandler<CloseSite> {
  constructor(private readonly writer: TrialWriter) {}

  /** @throws NotFound `trial-not-found`, `site-not-found`; Conflict `trial-closed`, `site-closed` */
  execute({ context, change }: CloseSite): Promise<TrialReceipt> {
    const { trial, ifRevision, site } = change
    return this.writer.command(context, { trial, ifRevision, command: { type: 'close-site', site } })
  }
}
