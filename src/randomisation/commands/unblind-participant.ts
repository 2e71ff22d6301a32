import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { SecurityAlerts } from '../../platform/security-alerts.js'
import { EnrolmentOf } from '../../trials/queries/enrolment-of.js'
import type { UnblindingExplained } from '../events.js'
import { unblindingStream } from '../randomisation-state.js'
import { RandomisationWriter } from '../randomisation-writer.js'
import type { UnblindingReason } from '../reason-codes.js'

export interface UnblindingReceipt {
  unblinding: string
  code: string
  position: number
}

/** Opens the arm of one participant to whoever asks, in an emergency: with a reason, an alarm, and a review by somebody else. */
export class UnblindParticipant extends Command<UnblindingReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly asked: { trial: string; code: string; reason: UnblindingReason; explanation: string },
  ) {
    super()
  }
}

@CommandHandler(UnblindParticipant)
export class UnblindParticipantHandler implements ICommandHandler<UnblindParticipant> {
  constructor(
    private readonly writer: RandomisationWriter,
    private readonly alerts: SecurityAlerts,
    private readonly queries: QueryBus,
  ) {}

  /** @throws NotFound `enrolment-not-found`, `participant-not-randomised`; Conflict `arms-not-designed`, `arm-open` */
  async execute({ context, asked }: UnblindParticipant): Promise<UnblindingReceipt> {
    const { trial, code, reason, explanation } = asked
    const { subject } = await this.queries.execute(new EnrolmentOf(trial, code))
    const unblinding = randomUUID()
    const by = context.actor.id
    const event: UnblindingExplained = { type: 'randomisation.unblinding-explained', data: { explanation } }
    const entries = [{ event, subject, trial }]
    const beside = { stream: unblindingStream(unblinding), expectedRevision: 'no-stream', entries } as const
    const receipt = await this.writer.joint({ ...context, reason, purpose: 'BTG' }, { trial, subject }, async () => ({
      command: { type: 'unblind-participant', code, unblinding, by },
      beside,
    }))
    this.alerts.raise('participant-unblinded', { trial, unblinding, actor: by, reason })
    return { unblinding, code, position: receipt!.position }
  }
}
