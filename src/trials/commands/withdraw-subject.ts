import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { NotFound } from '../../platform/errors.js'
import type { WithdrawalReason } from '../reason-codes.js'
import { TrialReader } from '../trial-reader.js'
import { enrolmentsOf } from '../trial-state.js'
import { TrialWriter, type TrialReceipt } from '../trial-writer.js'

/** Takes a person out of a trial. What was done with their data before stays valid (CTR Art. 28(3)). */
export class WithdrawSubject extends Command<TrialReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly change: { trial: string; ifRevision?: number; code: string; reason: WithdrawalReason },
  ) {
    super()
  }
}

@CommandHandler(WithdrawSubject)
export class WithdrawSubjectHandler implements ICommandHandler<WithdrawSubject> {
  constructor(
    private readonly writer: TrialWriter,
    private readonly reader: TrialReader,
  ) {}

  /** @throws NotFound `trial-not-found`, `enrolment-not-found`; Conflict `subject-withdrawn` */
  async execute({ context, change }: WithdrawSubject): Promise<TrialReceipt> {
    const { trial, ifRevision, code, reason } = change
    const { state } = await this.reader.existing(trial)
    const subject = enrolmentsOf(state).byCode.get(code)?.subject
    if (subject === undefined) throw new NotFound('enrolment-not-found', 'The trial has no such enrolment.')
    return this.writer.command(
      { ...context, reason },
      { trial, ifRevision, subject, command: { type: 'withdraw', code } },
    )
  }
}
