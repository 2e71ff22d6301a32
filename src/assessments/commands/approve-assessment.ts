import { Command, CommandHandler, QueryBus, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { RequireSignature } from '../../signatures/queries/require-signature.js'
import { ImpactAssessments, type AssessmentReceipt } from '../impact-assessments.js'

/** Approves an impact assessment that the approver has read and signed, until its review. */
export class ApproveAssessment extends Command<AssessmentReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly assessment: string,
    readonly approval: {
      /** The revision that was read and signed. */
      revision: number
      /** RFC 3339. */
      reviewBy: string
    },
  ) {
    super()
  }
}

@CommandHandler(ApproveAssessment)
export class ApproveAssessmentHandler implements ICommandHandler<ApproveAssessment> {
  constructor(
    private readonly assessments: ImpactAssessments,
    private readonly queries: QueryBus,
  ) {}

  /**
   * What is wrong with the approval itself is said before anybody is asked to sign. Errors are those of the decider (assessment.ts).
   *
   * @throws RevisionConflict the assessment went on since it was read
   * @throws Conflict `signature-missing`: the approver has not signed this revision
   */
  async execute({ context, assessment, approval }: ApproveAssessment): Promise<AssessmentReceipt> {
    const signer = context.actor.id
    const { revision, reviewBy } = approval
    const command = { type: 'approve', by: signer, reviewBy, signature: '' } as const
    const { stream } = await this.assessments.judge(assessment, command, revision)
    const wanted = { stream, revision, meaning: 'approval', signer } as const
    const { signature } = await this.queries.execute(new RequireSignature(wanted))
    return this.assessments.record(context, assessment, { ...command, signature }, revision)
  }
}
