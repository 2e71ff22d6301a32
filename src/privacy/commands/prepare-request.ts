import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import { CountSubjectEvents } from '../../audit/queries/count-subject-events.js'
import type { CommandContext } from '../../journal/command-context.js'
import { SponsorConsultations } from '../consultations/sponsor-consultations.js'
import { RequestJournal, type RequestReceipt } from '../requests/request-journal.js'

/** A steward makes a decision ready: what is held of the person is counted; sponsors of their trials are asked about an erasure. */
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
    private readonly consultations: SponsorConsultations,
  ) {}

  /** @throws Conflict `privacy-request-out-of-order` */
  async execute({ context, request }: PrepareRequest): Promise<RequestReceipt> {
    const { received, dueAt } = await this.requests.existing(request)
    const { subject, kind } = received
    const events = await this.queries.execute(new CountSubjectEvents(subject))
    const receipt = await this.requests.record(context, { request, subject }, { type: 'prepare', events })
    if (kind === 'erasure') await this.consultations.ask(context, { request, subject, dueAt })
    return receipt
  }
}
