import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Unprocessable } from '../../../platform/errors.js'
import type { ContextOfUse } from '../events.js'
import { findModel } from '../find-model.js'
import type { CaseStepCommand } from '../model-version.js'
import { ModelVersions, type ModelVersionId, type ModelVersionReceipt } from '../model-versions.js'

/** Takes the next step of a credibility case, or assesses one factor of its plan. */
export class RecordCaseStep extends Command<ModelVersionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: ModelVersionId,
    readonly step: CaseStepCommand,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(RecordCaseStep)
export class RecordCaseStepHandler implements ICommandHandler<RecordCaseStep> {
  constructor(private readonly versions: ModelVersions) {}

  /** @throws NotFound `model-not-found`; Unprocessable `context-input-unknown`; what `decide` throws for a step */
  execute({ context, id, step, ifRevision }: RecordCaseStep): Promise<ModelVersionReceipt> {
    if (step.type === 'state-context') mustNameInputs(id.model, step.contextOfUse)
    return this.versions.record(context, id, step, ifRevision)
  }
}

/** A limit on an input that the model does not have would never hold. */
function mustNameInputs(model: string, { limits }: ContextOfUse): void {
  const known = new Set(findModel(model).inputs.map(({ name }) => name))
  const inputs = limits.map(({ input }) => input).filter((input) => !known.has(input))
  if (inputs.length > 0) throw new Unprocessable('context-input-unknown', 'The model has no such input.', { inputs })
}
