import { Injectable } from '@nestjs/common'
import { Journal } from '../journal/journal.js'
import type { RecordedEvent } from '../journal/recorded-event.js'
import { NotFound } from '../platform/errors.js'
import type { UnblindingRequested } from './events.js'
import { unblindingRequestStream } from './randomisation-state.js'

/** A request to unblind a trial as it was recorded. */
export interface RecordedRequest {
  content: UnblindingRequested['data']
  /** Pseudonymous actor id. */
  requestedBy: string
  requestedAt: string
  reason: string
}

/** What was asked for, read from the very entries that are signed. */
@Injectable()
export class UnblindingRequests {
  constructor(private readonly journal: Journal) {}

  /** @throws NotFound `unblinding-request-not-found` */
  async of(trial: string, request: string): Promise<RecordedRequest> {
    const [recorded] = await this.journal.read(unblindingRequestStream(request))
    if (recorded?.header.trial !== trial)
      throw new NotFound('unblinding-request-not-found', 'Nobody asked for this unblinding.')
    return requestOf(recorded)
  }

  /** In the order given. */
  async all(requests: readonly string[]): Promise<RecordedRequest[]> {
    return Promise.all(
      requests.map(async (request) => requestOf((await this.journal.read(unblindingRequestStream(request)))[0]!)),
    )
  }
}

function requestOf({ header: { actor, reason, recordedAt }, data }: RecordedEvent): RecordedRequest {
  const content = data as UnblindingRequested['data']
  return { content, requestedBy: actor.id, requestedAt: recordedAt, reason: reason! }
}
