import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { ModelVersions, type ModelVersionId, type ModelVersionReceipt } from '../model-versions.js'

/** Takes a version out of use: new runs are refused, and what was run can still be computed again. */
export class RetireVersion extends Command<ModelVersionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: ModelVersionId,
    readonly explanation: string,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(RetireVersion)
export class RetireVersionHandler implements ICommandHandler<RetireVersion> {
  constructor(private readonly versions: ModelVersions) {}

  /** @throws NotFound `model-version-not-found`; Conflict `model-version-ended` */
  execute({ context, id, explanation, ifRevision }: RetireVersion): Promise<ModelVersionReceipt> {
    return this.versions.record(context, id, { type: 'retire', explanation }, ifRevision)
  }
}
