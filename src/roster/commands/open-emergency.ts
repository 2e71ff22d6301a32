import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { SecurityAlerts } from '../../platform/security-alerts.js'
import { endOfEmergency } from '../emergencies/emergency-rules.js'
import { emergencyStream } from '../events.js'
import { ExplainedAccess } from '../explained-access.js'
import { GrantIds } from '../grant-ids.js'
import { LiveRoster } from '../live-roster.js'
import type { EmergencyReason } from '../reason-codes.js'

export interface OpenedEmergency {
  emergency: string
  /** When the access ends by itself. */
  until: string
  position: number
}

/** Opens one person's record, held elsewhere, to somebody who treats people: for reading, for hours, with an alert. */
export class OpenEmergency extends Command<OpenedEmergency> {
  constructor(
    readonly context: CommandContext,
    readonly asked: { twin: string; reason: EmergencyReason; explanation: string },
  ) {
    super()
  }
}

@CommandHandler(OpenEmergency)
export class OpenEmergencyHandler implements ICommandHandler<OpenEmergency> {
  constructor(
    private readonly access: ExplainedAccess,
    private readonly ids: GrantIds,
    private readonly live: LiveRoster,
    private readonly alerts: SecurityAlerts,
  ) {}

  /** @throws NotFound `twin-not-found`; Conflict `emergency-open` */
  async execute({ context, asked: { twin, reason, explanation } }: OpenEmergency): Promise<OpenedEmergency> {
    const actor = context.actor.id
    const subject = await this.access.subjectOf(twin)
    const emergency = this.ids.next(context)
    const now = this.live.momentAt()
    const until = endOfEmergency(now)
    const position = await this.access.record(
      { ...context, reason, purpose: 'BTG' },
      { do: 'open-emergency', emergency, actor, subject, twin, until },
      {
        subject,
        stream: emergencyStream(emergency),
        explanation: { type: 'roster.emergency-explained', data: { explanation } },
      },
      now,
    )
    this.alerts.raise('emergency-opened', { emergency, actor, reason })
    return { emergency, until, position }
  }
}
