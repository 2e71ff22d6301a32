import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { Conflict } from '../../../platform/errors.js'
import { ModelVersions, type ModelVersionId, type ModelVersionReceipt } from '../model-versions.js'

/** Puts an approved version in the place of an earlier one, which is not used for decisions from then on. */
export class SupersedeVersion extends Command<ModelVersionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: ModelVersionId,
    /** The later version of the same model. */
    readonly by: string,
    readonly ifRevision?: number,
  ) {
    super()
  }
}

@CommandHandler(SupersedeVersion)
export class SupersedeVersionHandler implements ICommandHandler<SupersedeVersion> {
  constructor(private readonly versions: ModelVersions) {}

  /** @throws NotFound `model-version-not-found`; Conflict `successor-not-approved`, `model-version-ended` */
  async execute({ context, id, by, ifRevision }: SupersedeVersion): Promise<ModelVersionReceipt> {
    const { state } = await this.versions.existing({ model: id.model, version: by })
    if (by === id.version || state.status !== 'approved')
      throw new Conflict('successor-not-approved', 'A version is superseded by another that is approved.', {
        status: state.status,
      })
    return this.versions.record(context, id, { type: 'supersede', by }, ifRevision)
  }
}
