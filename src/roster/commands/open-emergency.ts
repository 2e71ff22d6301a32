import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { NotFound, RevisionConflict } from '../../platform/errors.js'
import { emergencyStream, ROSTER_STREAM, type EmergencyExplained } from '../events.js'
import { endOfEmergency } from '../emergencies/emergency-rules.js'
import { GrantIds } from '../grant-ids.js'
import { LiveRoster } from '../live-roster.js'
import type { EmergencyReason } from '../reason-codes.js'
import { rosterAt, type RosterCommand } from '../roster.js'
import { SecurityAlerts } from '../../platform/security-alerts.js'

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

/** Others may change the roster meanwhile; so often it is decided again. */
const MOST_ATTEMPTS = 8

@CommandHandler(OpenEmergency)
export class OpenEmergencyHandler implements ICommandHandler<OpenEmergency> {
  constructor(
    private readonly journal: Journal,
    private readonly live: LiveRoster,
    private readonly ids: GrantIds,
    private readonly alerts: SecurityAlerts,
    @InjectDataSource() private readonly database: DataSource,
  ) {}

  /** @throws NotFound `twin-not-found`; Conflict `emergency-open` */
  async execute({ context, asked: { twin, reason, explanation } }: OpenEmergency): Promise<OpenedEmergency> {
    const actor = context.actor.id
    const subject = await this.subjectOf(twin)
    const emergency = this.ids.next(context)
    const now = new Date().toISOString()
    const until = endOfEmergency(now)
    const command: RosterCommand = { do: 'open-emergency', emergency, actor, subject, twin, until }
    const position = await this.record({ ...context, reason, purpose: 'BTG' }, command, { now, explanation })
    await this.live.refresh()
    this.alerts.raise('emergency-opened', { emergency, actor, reason })
    return { emergency, until, position }
  }

  /** The opening and its explanation, which only the subject's key opens, in one append. */
  private async record(
    context: CommandContext,
    command: Extract<RosterCommand, { do: 'open-emergency' }>,
    { now, explanation }: { now: string; explanation: string },
  ): Promise<number> {
    const { subject, emergency } = command
    const decider = rosterAt(now)
    const explained: EmergencyExplained = { type: 'roster.emergency-explained', data: { explanation } }
    for (let attempt = 1; ; attempt++) {
      const { state, revision } = await this.journal.load(decider, ROSTER_STREAM)
      const entries = decider.decide(state, command).map((event) => ({ event, subject }))
      try {
        const { events } = await this.journal.append(context, [
          { stream: ROSTER_STREAM, expectedRevision: revision, entries },
          {
            stream: emergencyStream(emergency),
            expectedRevision: 'no-stream',
            entries: [{ event: explained, subject }],
          },
        ])
        return events.at(-1)!.position
      } catch (error) {
        if (!(error instanceof RevisionConflict) || attempt === MOST_ATTEMPTS) throw error
      }
    }
  }

  private async subjectOf(twin: string): Promise<string> {
    const rows = await this.database.query<{ subject: string }[]>('select subject from read.twin where twin = $1', [
      twin,
    ])
    if (!rows[0]) throw new NotFound('twin-not-found', 'There is no such twin.')
    return rows[0].subject
  }
}
