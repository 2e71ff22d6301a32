import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { AccessRecorder } from '../../journal/access-recorder.js'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { NotFound } from '../../platform/errors.js'
import type { RequestEvent } from '../requests/events.js'
import { SponsorConsultations } from '../consultations/sponsor-consultations.js'
import type { ConsultationPosition } from '../consultations/events.js'
import { requestStream } from '../requests/request-state.js'

export interface RequestHistory {
  request: string
  subject: string
  revision: number
  /** What the sponsors of the person's trials were asked, and said; trial and words in full detail alone. */
  consultations: {
    consultation: string
    trial?: string
    dueAt: string
    position: ConsultationPosition | null
    statement?: string | null
  }[]
  /** `data` is null where it is sealed for the reader; `[erased]` where nobody can read it any more. */
  history: {
    type: string
    recordedAt: string
    position: number
    actor: { role: string }
    data: object | '[erased]' | null
  }[]
}

/** A request from its first step on; what the person said is opened for those who may, and that is recorded. */
export class GetRequest extends Query<RequestHistory> {
  constructor(
    readonly context: CommandContext,
    readonly request: string,
    readonly detail: 'full' | 'coded',
  ) {
    super()
  }
}

@QueryHandler(GetRequest)
export class GetRequestHandler implements IQueryHandler<GetRequest> {
  constructor(
    private readonly journal: Journal,
    private readonly access: AccessRecorder,
    private readonly consultations: SponsorConsultations,
  ) {}

  /** @throws NotFound `privacy-request-not-found` */
  async execute({ context, request, detail }: GetRequest): Promise<RequestHistory> {
    const stream = requestStream(request)
    const events = await (detail === 'full' ? this.journal.read(stream) : this.journal.readCoded(stream))
    const subject = events[0]?.header.subject
    if (subject === undefined) throw new NotFound('privacy-request-not-found', 'There is no such request.')
    const asked = await this.consultations.of({ request, subject })
    const statements = asked.filter(({ statement }) => detail === 'full' && statement !== null).length
    const opened = events.filter(({ state }) => state === 'opened').length + statements
    if (opened > 0) await this.access.opened(context, { subject, what: ['privacy-request'], count: opened })
    const history = events.map(({ type, header, position, state, data }) => ({
      type: type as RequestEvent['type'],
      recordedAt: header.recordedAt,
      position,
      actor: { role: header.actor.role },
      data: state === 'erased' ? ('[erased]' as const) : data,
    }))
    const consultations = asked.map(({ consultation, position, statement, asked: { trial, dueAt } }) => ({
      consultation,
      dueAt,
      position,
      ...(detail === 'full' && { trial, statement }),
    }))
    return { request, subject, revision: events.at(-1)!.header.revision, consultations, history }
  }
}
