import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../journal/command-context.js'
import { findModel } from '../../models/registry/find-model.js'
import { NotFound } from '../../platform/errors.js'
import type { AssessedUse, AssessmentTexts } from '../events.js'
import { ImpactAssessments, type AssessmentReceipt } from '../impact-assessments.js'

/** Proposes the impact assessment of a model's use for a purpose, or a new round of it. */
export class ProposeAssessment extends Command<AssessmentReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly use: AssessedUse,
    readonly texts: Partial<AssessmentTexts>,
  ) {
    super()
  }
}

@CommandHandler(ProposeAssessment)
export class ProposeAssessmentHandler implements ICommandHandler<ProposeAssessment> {
  constructor(private readonly assessments: ImpactAssessments) {}

  /**
   * @throws NotFound `model-not-found`; `model-version-not-found`: not the version that runs here
   * @throws Unprocessable `dpia-parts-missing`
   */
  async execute({ context, use, texts }: ProposeAssessment): Promise<AssessmentReceipt> {
    const { version } = findModel(use.model)
    if (use.version !== null && use.version !== version)
      throw new NotFound('model-version-not-found', 'There is no such version of the model.')
    return this.assessments.record(context, this.assessments.idOf(use), { type: 'propose', use, texts })
  }
}
