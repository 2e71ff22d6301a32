import { randomUUID } from 'node:crypto'
import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { Unprocessable } from '../../platform/errors.js'
import { CountTwins } from '../../twins/queries/count-twins.js'
import { enrolmentCodeFrom } from '../enrolment-code.js'
import { TrialReader } from '../trial-reader.js'
import { enrolmentsOf } from '../trial-state.js'
import { TrialWriter, type TrialReceipt } from '../trial-writer.js'

export interface EnrolmentReceipt extends TrialReceipt {
  /** The person's code in this trial. */
  code: string
}

/** Enrols a person who has a twin at the site, under a code of this trial alone. */
export class EnrolSubject extends Command<EnrolmentReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { trial: string; ifRevision?: number; subject: string; site: string },
  ) {
    super()
  }
}

/** So many codes are drawn; that a trial of a million has used all of them happens once in 10²⁴ enrolments. */
const DRAWN = 4

@CommandHandler(EnrolSubject)
export class EnrolSubjectHandler implements ICommandHandler<EnrolSubject> {
  constructor(
    private readonly writer: TrialWriter,
    private readonly reader: TrialReader,
    private readonly journal: Journal,
    private readonly queries: QueryBus,
  ) {}

  /**
   * @throws Unprocessable `twin-not-at-site`: no twin of this person in use is held at the site
   * @throws NotFound `trial-not-found`, `site-not-found`
   * @throws Conflict `trial-closed`, `site-closed`, `subject-enrolled`, `subject-withdrawn`
   */
  async execute({ context, change }: EnrolSubject): Promise<EnrolmentReceipt> {
    const { trial, ifRevision, subject, site } = change
    const { active } = await this.queries.execute(new CountTwins({ scope: { subject, site } }))
    if (active === 0) {
      throw new Unprocessable('twin-not-at-site', 'No twin of this person that is in use is held at the site.')
    }
    const command = { type: 'enrol', subject, site, codes: this.draw(context, trial, subject) } as const
    const receipt = await this.writer.command(context, { trial, ifRevision, subject, command })
    const { state } = await this.reader.read(trial)
    return { ...receipt, code: enrolmentsOf(state).bySubject.get(subject)!.code }
  }

  /** Random; with an Idempotency-Key the same again, because they are part of what is repeated. */
  private draw({ idempotencyKey: key, actor }: CommandContext, trial: string, subject: string): string[] {
    return Array.from({ length: DRAWN }, (_, draw) =>
      enrolmentCodeFrom(
        key === undefined
          ? randomUUID()
          : this.journal.deriveEventId('enrolment-code', actor.id, key, trial, subject, String(draw)),
      ),
    )
  }
}
