import { Inject } from '@nestjs/common'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { CommandContext } from '../../../journal/command-context.js'
import { APPROVAL_SIGNATURES, type ApprovalSignatures } from '../approval-signatures.js'
import { ModelVersions, type ModelVersionId, type ModelVersionReceipt } from '../model-versions.js'

export interface VersionApproval {
  /** Digest and revision of the case that was read, and is approved. */
  recordDigest: string
  revision: number
  /** Whether the approver must have signed this revision; false records an approval without a signature, and says so. */
  signed: boolean
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
  constructor(
    private readonly versions: ModelVersions,
    @Inject(APPROVAL_SIGNATURES) private readonly signatures: ApprovalSignatures,
  ) {}

  /**
   * @throws NotFound `model-version-not-found`; RevisionConflict the case went on since it was read
   * @throws Conflict `case-not-adequate`, `goal-unmet`, `ai-act-unclassified`, `ai-act-prohibited`, `case-changed`
   * @throws Conflict `signature-missing`: the approver has not signed this revision of the case
   * @throws Forbidden `approver-is-author`
   */
  async execute({ context, id, approval }: ApproveVersion): Promise<ModelVersionReceipt> {
    const { recordDigest, revision, signed } = approval
    const by = context.actor.id
    const stream = this.versions.streamOf(id)
    const signature = signed ? await this.signatures.require({ stream, revision, signer: by }) : null
    return this.versions.record(context, id, { type: 'approve', by, recordDigest, revision, signature }, revision)
  }
}
