import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { RequireSignature } from '../../signatures/queries/require-signature.js'
import { randomisationStream, unblindingRequestStream } from '../randomisation-state.js'
import { RandomisationWriter, type RandomisationReceipt } from '../randomisation-writer.js'
import { UnblindingRequests } from '../unblinding-requests.js'

/** Opens the arms of a trial as a request has it that somebody else approved by signature. */
export class UnblindTrial extends Command<RandomisationReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly approved: { trial: string; request: string },
  ) {
    super()
  }
}

@CommandHandler(UnblindTrial)
export class UnblindTrialHandler implements ICommandHandler<UnblindTrial> {
  constructor(
    private readonly writer: RandomisationWriter,
    private readonly requests: UnblindingRequests,
    private readonly queries: QueryBus,
  ) {}

  /**
   * @throws NotFound `unblinding-request-not-found`
   * @throws Conflict `signature-missing`: nobody approved it but who asks, opens, or had a part in arms, plans and lock
   * @throws Conflict and what `decideTrialUnblinding` throws
   */
  async execute({ context, approved: { trial, request } }: UnblindTrial): Promise<RandomisationReceipt> {
    const { content, requestedBy } = await this.requests.of(trial, request)
    const { signature } = await this.queries.execute(
      new RequireSignature(
        { stream: unblindingRequestStream(request), revision: 0, meaning: 'approval' },
        { people: [context.actor.id, requestedBy], authorsOf: randomisationStream(trial) },
      ),
    )
    return this.writer.command(context, { trial, command: { type: 'unblind-trial', request: content, signature } })
  }
}
