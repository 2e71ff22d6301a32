import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import type { AssessmentStep } from '../assessment.js'
import { ImpactAssessments, type AssessmentReceipt } from '../impact-assessments.js'

/** Advises on an impact assessment or withdraws it. */
export class HandleAssessment extends Command<AssessmentReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly assessment: string,
    readonly step: AssessmentStep,
    /** The revision that was read. */
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(HandleAssessment)
export class HandleAssessmentHandler implements ICommandHandler<HandleAssessment> {
  constructor(private readonly assessments: ImpactAssessments) {}

  /** Errors are those of the decider (assessment.ts); RevisionConflict when it went on since it was read. */
  execute({ context, assessment, step, ifRevision }: HandleAssessment): Promise<AssessmentReceipt> {
    return this.assessments.record(context, assessment, step, ifRevision)
  }
}
