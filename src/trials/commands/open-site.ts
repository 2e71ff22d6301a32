import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { TrialWriter, type TrialReceipt } from '../trial-writer.js'

/** Opens a site for enrolment, or opens it again. */
export class OpenSite extends Command<TrialReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { trial: string; ifRevision?: number; site: string; country: string },
  ) {
    super()
  }
}

@CommandHandler(OpenSite)
export class OpenSiteHandler implements ICommandHandler<OpenSite> {
  constructor(private readonly writer: TrialWriter) {}

  /** @throws NotFound `trial-not-found`, Conflict `trial-closed`, `site-open` */
  execute({ context, change }: OpenSite): Promise<TrialReceipt> {
    const { trial, ifRevision, site, country } = change
    return this.writer.command(context, { trial, ifRevision, command: { type: 'open-site', site, country } })
  }
}
