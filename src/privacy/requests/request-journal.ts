import { Injectable } from '@nestjs/common'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { NotFound } from '../../platform/errors.js'
import { PrivacyClock } from '../clock.js'
import { requestDecider, type RequestCommand } from './request.js'
import { NO_REQUEST, requestStream, type RequestState } from './request-state.js'

/** What a step of a request led to. */
export interface RequestReceipt {
  request: string
  /** Null when there was nothing to record. */
  revision: number | null
  position: number | null
  replayed: boolean
}

/** A request that was received. */
export type KnownRequest = RequestState & { received: NonNullable<RequestState['received']> }

@Injectable()
export class RequestJournal {
  constructor(
    private readonly journal: Journal,
    private readonly clock: PrivacyClock,
  ) {}

  /** @throws NotFound `privacy-request-not-found` */
  async existing(request: string): Promise<KnownRequest> {
    const { state } = await this.journal.load({ ...requestDecider(''), initial: NO_REQUEST }, requestStream(request))
    if (!state.received) throw new NotFound('privacy-request-not-found', 'There is no such request.')
    return state as KnownRequest
  }

  /** Whether a command would be let through; nothing is recorded. Throws what the decider throws. */
  judge(state: RequestState, command: RequestCommand): void {
    requestDecider(this.clock.now().toISOString()).decide(state, command)
  }

  /** Errors are those of the decider and of `Journal.execute`. */
  async record(
    context: CommandContext,
    { request, subject }: { request: string; subject: string },
    command: RequestCommand,
  ): Promise<RequestReceipt> {
    const decider = requestDecider(this.clock.now().toISOString())
    const { events, replayed } = await this.journal.execute(context, {
      stream: requestStream(request),
      decider,
      command,
      subject,
    })
    const last = events.at(-1)
    return { request, revision: last?.revision ?? null, position: last?.position ?? null, replayed }
  }
}
