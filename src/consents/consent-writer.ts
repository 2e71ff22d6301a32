import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import type { CommandContext } from '../journal/command-context.js'
import { Journal, type Receipt } from '../journal/journal.js'
import type { RecordedEvent } from '../journal/recorded-event.js'
import { FindNotice } from '../notices/queries/find-notice.js'
import { consentDecider, type ConsentCommand } from './consent.js'
import { consentStream, type ConsentState } from './consent-state.js'
import { foldConsents } from './consent-reader.js'
import type { ConsentEvent, NoticeReference } from './events.js'
import type { KnownVersions } from './told-notice.js'

/** What a decision about consents led to. */
export interface ConsentReceipt {
  subject: string
  /** Of the consent stream after the decision; null when there was nothing to record. */
  revision: number | null
  /** Of the last event in the log; null when there was nothing to record. */
  position: number | null
  /** What was recorded, in order, as codes. */
  events: RecordedEvent<ConsentEvent>[]
  replayed: boolean
}

/** One decision about one person's consents. */
export interface ConsentChange {
  subject: string
  command: ConsentCommand
  trial?: string
  /** The revision of the consent stream that the caller saw (`If-Match`). */
  ifRevision?: number
}

/** Records decisions on the consent stream, at the revision they were made on: whoever comes second decides again. */
@Injectable()
export class ConsentWriter {
  constructor(
    private readonly journal: Journal,
    private readonly queries: QueryBus,
  ) {}

  /** Errors are those of `decideAt` and `Journal.execute`. */
  async record(context: CommandContext, { subject, ...change }: ConsentChange): Promise<ConsentReceipt> {
    const versions = await this.versionsNamed(subject, change.command)
    const decider = consentDecider(new Date().toISOString(), versions)
    const stream = consentStream(subject)
    const receipt = await this.journal.execute<ConsentState, ConsentCommand, ConsentEvent>(context, {
      ...change,
      subject,
      stream,
      decider,
    })
    return this.answer(subject, receipt)
  }

  /** What was recorded on a person's stream, as the caller is told. */
  async answer(subject: string, receipt: Receipt): Promise<ConsentReceipt> {
    const stream = consentStream(subject)
    const own = receipt.events.filter((event) => event.stream === stream)
    const [first, last] = [own[0], own.at(-1)]
    if (!first || !last) return { subject, revision: null, position: null, events: [], replayed: false }
    const recorded = await this.journal.readCoded(stream, { toRevision: last.revision })
    const events = recorded.slice(first.revision) as RecordedEvent<ConsentEvent>[]
    return { subject, revision: last.revision, position: last.position, events, replayed: receipt.replayed }
  }

  /** Published of the notice that the command names, or the request that it answers. */
  private async versionsNamed(subject: string, command: ConsentCommand): Promise<KnownVersions> {
    if (command.type !== 'request' && command.type !== 'give') return []
    const notice = command.notice ?? (await this.requested(subject, command.consent))
    return notice === undefined ? [] : this.queries.execute(new FindNotice(notice.id))
  }

  private async requested(subject: string, consent: string): Promise<NoticeReference | undefined> {
    const { state } = foldConsents(await this.journal.readCoded(consentStream(subject)))
    return state.consents.get(consent)?.notice
  }
}
