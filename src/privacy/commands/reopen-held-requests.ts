import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { ForgettingJournal } from '../forgetting/forgetting-journal.js'
import { holdsInForce } from '../forgetting/forgetting-state.js'
import { PrivacyRequestRow } from '../privacy.rows.js'
import { RequestJournal } from '../requests/request-journal.js'

/** Opens requests again whose legal hold ended: right after it was lifted, and by a sweep where that was interrupted. */
export class ReopenHeldRequests extends Command<{ reopened: number }> {
  constructor(
    readonly context: CommandContext,
    /** Absent: of everybody. */
    readonly subject?: string,
  ) {
    super()
  }
}

@CommandHandler(ReopenHeldRequests)
export class ReopenHeldRequestsHandler implements ICommandHandler<ReopenHeldRequests> {
  constructor(
    private readonly requests: RequestJournal,
    private readonly forgetting: ForgettingJournal,
    @InjectRepository(PrivacyRequestRow) private readonly rows: Repository<PrivacyRequestRow>,
  ) {}

  async execute({ context, subject }: ReopenHeldRequests): Promise<{ reopened: number }> {
    const held = await this.rows.findBy({ status: 'held', ...(subject !== undefined && { subject }) })
    let reopened = 0
    for (const { request, subject: person } of held) {
      if (holdsInForce(await this.forgetting.state(person)).length > 0) continue
      const { revision } = await this.requests.record(
        context,
        { request, subject: person },
        { type: 'reopen', because: 'hold-lifted' },
      )
      if (revision !== null) reopened++
    }
    return { reopened }
  }
}
