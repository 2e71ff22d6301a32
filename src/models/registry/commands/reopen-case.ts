import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import type { CaseReopened } from '../events.js'
import { ModelVersions, type ModelVersionId, type ModelVersionReceipt } from '../model-versions.js'

/** Opens a credibility case again from one of its steps, on drift or for another cause: an approval in force ends with it. */
export class ReopenCase extends Command<ModelVersionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: ModelVersionId,
    readonly reopening: CaseReopened['data'],
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(ReopenCase)
export class ReopenCaseHandler implements ICommandHandler<ReopenCase> {
  constructor(private readonly versions: ModelVersions) {}

  /** @throws NotFound `model-version-not-found`; Conflict `case-not-begun`, `model-version-ended`; InvalidRequest `evidence-missing` */
  execute({ context, id, reopening, ifRevision }: ReopenCase): Promise<ModelVersionReceipt> {
    return this.versions.record(context, id, { type: 'reopen', reopening }, ifRevision)
  }
}
