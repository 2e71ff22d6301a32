import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { assertNotInFuture } from '../check-day.js'
import { LegalRegister, type LegalEntryReceipt } from '../legal-register.js'

/** Approved against the source on a day, or rejected. */
export type Judgement =
  { outcome: 'approved'; checkedOn: string; remark: string } | { outcome: 'rejected'; remark: string }

/** Decides on what was proposed for an entry, as somebody other than its proposer. */
export class JudgeProposal extends Command<LegalEntryReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: string,
    readonly judgement: Judgement,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(JudgeProposal)
export class JudgeProposalHandler implements ICommandHandler<JudgeProposal> {
  constructor(private readonly register: LegalRegister) {}

  /**
   * @throws NotFound `legal-entry-not-found`; Conflict `legal-proposal-missing`, `legal-source-missing`, `legal-entry-retired`
   * @throws Forbidden `approver-is-proposer`; InvalidRequest `checked-in-future`
   */
  async execute({ context, id, judgement, ifRevision }: JudgeProposal): Promise<LegalEntryReceipt> {
    const by = context.actor.id
    if (judgement.outcome === 'rejected')
      return this.register.record(context, id, { type: 'reject', by, remark: judgement.remark }, ifRevision)
    const { checkedOn, remark } = judgement
    assertNotInFuture(checkedOn)
    return this.register.record(context, id, { type: 'approve', by, approval: { checkedOn, remark } }, ifRevision)
  }
}
