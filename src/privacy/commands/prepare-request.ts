import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import { CountSubjectEvents } from '../../audit/queries/count-subject-events.js'
import type { CommandContext } from '../../journal/command-context.js'
import { RequestJournal, type RequestReceipt } from '../requests/request-journal.js'

/** A steward makes a decision ready: what is held of the person is counted, and the count recorded. */
export class PrepareRequest extends Command<RequestReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly request: string,
  ) {
    super()
  }
}

@CommandHandler(PrepareRequest)
export class PrepareRequestHandler implements ICommandHandler<PrepareRequest> {
  constructor(
    private readonly requests: RequestJournal,
    private readonly queries: QueryBus,
  ) {}

  /** @throws Conflict `privacy-request-out-of-order` */
  async execute({ context, request }: PrepareRequest): Promise<RequestReceipt> {
    const { subject } = (await this.requests.existing(request)).received
    const events = await this.queries.execute(new CountSubjectEvents(subject))
    return this.requests.record(context, { request, subject }, { type: 'prepare', events })
  }
}
