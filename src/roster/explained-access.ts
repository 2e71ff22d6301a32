import { Injectable } from '@nestjs/common'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import type { CommandContext } from '../journal/command-context.js'
import { Journal } from '../journal/journal.js'
import { NotFound, RevisionConflict } from '../platform/errors.js'
import { ROSTER_STREAM, type EmergencyExplained, type TicketExplained } from './events.js'
import { LiveRoster } from './live-roster.js'
import { rosterAt, type RosterCommand } from './roster.js'

/** A person's record to be opened to somebody, and why, in words that only the person's key opens. */
export interface Explained {
  subject: string
  /** Where the words go, apart from the roster. */
  stream: string
  explanation: EmergencyExplained | TicketExplained
}

/** Others may change the roster meanwhile; so often it is decided again. */
const MOST_ATTEMPTS = 8

/** Records in the roster that one person's record is, or is to be, open to somebody for a time, with the words behind it. */
@Injectable()
export class ExplainedAccess {
  constructor(
    private readonly journal: Journal,
    private readonly live: LiveRoster,
    @InjectDataSource() private readonly database: DataSource,
  ) {}

  /** Whose twin it is. @throws NotFound `twin-not-found` */
  async subjectOf(twin: string): Promise<string> {
    const rows = await this.database.query<{ subject: string }[]>('select subject from read.twin where twin = $1', [
      twin,
    ])
    if (!rows[0]) throw new NotFound('twin-not-found', 'There is no such twin.')
    return rows[0].subject
  }

  /**
   * Both in one append; what it gives holds when this is answered.
   *
   * @param now the time by which rights are judged, RFC 3339, UTC
   * @returns the position of the words
   * @throws what the roster's decider throws
   */
  async record(
    context: CommandContext,
    command: RosterCommand,
    { subject, stream, explanation }: Explained,
    now: string,
  ): Promise<number> {
    const decider = rosterAt(now)
    for (let attempt = 1; ; attempt++) {
      const { state, revision } = await this.journal.load(decider, ROSTER_STREAM)
      const entries = decider.decide(state, command).map((event) => ({ event, subject }))
      try {
        const { events } = await this.journal.append(context, [
          { stream: ROSTER_STREAM, expectedRevision: revision, entries },
          { stream, expectedRevision: 'no-stream', entries: [{ event: explanation, subject }] },
        ])
        await this.live.refresh()
        return events.at(-1)!.position
      } catch (error) {
        if (!(error instanceof RevisionConflict) || attempt === MOST_ATTEMPTS) throw error
      }
    }
  }
}
