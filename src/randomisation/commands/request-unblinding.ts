import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { UnblindingRequested } from '../events.js'
import { designOf } from '../randomisation.js'
import { unblindingRequestStream } from '../randomisation-state.js'
import { RandomisationWriter } from '../randomisation-writer.js'
import type { TrialUnblindingReason } from '../reason-codes.js'
import { contentOf, type AskedUnblinding } from '../trial-unblinding.js'

/** `stream` at revision 0 is what somebody else signs for approval. */
export interface UnblindingRequestReceipt {
  trial: string
  request: string
  stream: string
  position: number
}

/** Asks to open the arms of a trial to named roles: with a reason, the lock and the frozen plans it rests on. They stay shut. */
export class RequestUnblinding extends Command<UnblindingRequestReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly asked: AskedUnblinding & { trial: string; reason: TrialUnblindingReason },
  ) {
    super()
  }
}

@CommandHandler(RequestUnblinding)
export class RequestUnblindingHandler implements ICommandHandler<RequestUnblinding> {
  constructor(private readonly writer: RandomisationWriter) {}

  /** @throws Conflict `arms-not-designed`, and what `contentOf` throws */
  async execute({ context, asked: { trial, reason, ...asked } }: RequestUnblinding): Promise<UnblindingRequestReceipt> {
    const request = randomUUID()
    const stream = unblindingRequestStream(request)
    const receipt = await this.writer.joint({ ...context, reason }, { trial }, async (state) => {
      const data = { request, ...contentOf(state, designOf(state), asked) }
      const event: UnblindingRequested = { type: 'randomisation.unblinding-requested', data }
      return {
        command: { type: 'request-unblinding', request, ...asked },
        beside: { stream, expectedRevision: 'no-stream', entries: [{ event, trial }] },
      }
    })
    return { trial, request, stream, position: receipt!.position }
  }
}
