import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { ProjectionEngine } from '../../projections/projection-engine.js'
import { RequestJournal } from '../requests/request-journal.js'
import { consultationOver } from './consultation.js'
import type { ConsultationPosition } from './events.js'
import { SponsorConsultations } from './sponsor-consultations.js'

/** What the sponsor is told of their answer: no place in the log, which would be beside that of the person's other trials. */
export interface ConsultationReceipt {
  consultation: string
  replayed: boolean
}

/** The sponsor says once what they think of an erasure. */
export class AnswerConsultation extends Command<ConsultationReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly answer: { consultation: string; position: ConsultationPosition; statement?: string },
  ) {
    super()
  }
}

@CommandHandler(AnswerConsultation)
export class AnswerConsultationHandler implements ICommandHandler<AnswerConsultation> {
  constructor(
    private readonly consultations: SponsorConsultations,
    private readonly requests: RequestJournal,
    private readonly projections: ProjectionEngine,
  ) {}

  /** @throws NotFound `consultation-not-found`; Conflict `consultation-answered`, `consultation-over` */
  async execute({ context, answer }: AnswerConsultation): Promise<ConsultationReceipt> {
    const { consultation, position, statement } = answer
    const { asked, position: answered } = await this.consultations.existing(consultation)
    const { status } = await this.requests.existing(asked.request)
    const command = { type: 'answer', position, ...(statement !== undefined && { statement }) } as const
    const isDecided = status === 'decided' || status === 'answered'
    if (isDecided && answered === null) throw consultationOver()
    const { replayed } = await this.consultations.record(context, { consultation, subject: asked.subject }, command)
    // The sponsor is told no position to wait for: what they read next shows their answer all the same. It stands either way.
    await this.projections.waitPatiently().catch(() => undefined)
    return { consultation, replayed }
  }
}
