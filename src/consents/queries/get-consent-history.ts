import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'
import { consentStream } from '../consent-state.js'

/** One step, with who took it, when, and a sentence for a reader. */
export interface ConsentStep {
  eventId: string
  type: string
  revision: number
  position: number
  recordedAt: string
  actor: { id: string; role: string; org?: string }
  reason?: string
  description: string
  /** Null for a comment that is erased, or closed to this reader. */
  data: object | null
}

/** Everything that happened to a person's consents, oldest first. Comments are opened in full detail only. */
export class GetConsentHistory extends Query<ConsentStep[]> {
  constructor(
    readonly context: CommandContext,
    readonly subject: string,
    readonly detail: 'full' | 'coded',
  ) {
    super()
  }
}

@QueryHandler(GetConsentHistory)
export class GetConsentHistoryHandler implements IQueryHandler<GetConsentHistory> {
  constructor(
    private readonly journal: Journal,
    private readonly access: AccessRecorder,
  ) {}

  async execute({ context, subject, detail }: GetConsentHistory): Promise<ConsentStep[]> {
    const stream = consentStream(subject)
    const events = await (detail === 'full' ? this.journal.read(stream) : this.journal.readCoded(stream))
    if (events.length > 0) {
      const opened = events.some(({ state }) => state === 'opened')
      const what = opened ? ['consents', 'consent-comments'] : ['consents']
      await this.access.opened(context, { subject, what, count: events.length })
    }
    return events.map((event) => this.step(event))
  }

  private step({ type, header, position, data }: RecordedEvent): ConsentStep {
    const { id: eventId, revision, recordedAt, actor, reason } = header
    const description = this.journal.catalogue.get(type).describe(data, header)
    const known = { eventId, type, revision, position, recordedAt, actor, description, data }
    return reason === undefined ? known : { ...known, reason }
  }
}
