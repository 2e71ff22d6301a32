import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { ModelVersions, type ModelVersionId, type ModelVersionReceipt } from '../model-versions.js'

export interface VersionApproval {
  /** Digest and revision of the case that was read, and is approved. */
  recordDigest: string
  revision: number
  /** Id of the electronic signature over both; null for an approval that is recorded without. */
  signature: string | null
}

/** Approves a version for decisions within its context of use. The approver had no part in version or case. */
export class ApproveVersion extends Command<ModelVersionReceipt> {
  constructor(
    readonly context: CommandContext,
    readonly id: ModelVersionId,
    readonly approval: VersionApproval,
  ) {
    super()
  }
}

@CommandHandler(ApproveVersion)
export class ApproveVersionHandler implements ICommandHandler<ApproveVersion> {
  constructor(private readonly versions: ModelVersions) {}

  /**
   * @throws NotFound `model-version-not-found`; RevisionConflict the case went on since it was read
   * @throws Conflict `case-not-adequate`, `goal-unmet`, `ai-act-unclassified`, `ai-act-prohibited`, `case-changed`
   * @throws Forbidden `approver-is-author`
   */
  execute({ context, id, approval }: ApproveVersion): Promise<ModelVersionReceipt> {
    const command = { type: 'approve', by: context.actor.id, ...approval } as const
    return this.versions.record(context, id, command, approval.revision)
  }
}
