import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import type { AiActClassification } from '../ai-act.js'
import { ModelVersions, type ModelVersionId, type ModelVersionReceipt } from '../model-versions.js'

/** Records as what the version counts under the EU AI Act, and why. */
export class ClassifyVersion extends Command<ModelVersionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: ModelVersionId,
    readonly classification: AiActClassification,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(ClassifyVersion)
export class ClassifyVersionHandler implements ICommandHandler<ClassifyVersion> {
  constructor(private readonly versions: ModelVersions) {}

  /** @throws NotFound `model-version-not-found`; Conflict `model-version-approved`, `model-version-ended` */
  execute({ context, id, classification, ifRevision }: ClassifyVersion): Promise<ModelVersionReceipt> {
    return this.versions.record(context, id, { type: 'classify', classification }, ifRevision)
  }
}
