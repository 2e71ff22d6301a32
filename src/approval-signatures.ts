import { Global, Injectable, Module } from '@nestjs/common'
import { CqrsModule, QueryBus } from '@nestjs/cqrs'
import {
  APPROVAL_SIGNATURES,
  type ApprovalSignatures,
  type ApprovedRecord,
} from './models/registry/approval-signatures.js'
import { RequireSignature } from './signatures/queries/require-signature.js'

/** Electronic signatures for the approval of models. It stands above the rooms because models know nothing of signatures. */
@Injectable()
export class ElectronicApprovals implements ApprovalSignatures {
  constructor(private readonly queries: QueryBus) {}

  async require({ stream, revision, signer }: ApprovedRecord): Promise<string> {
    const wanted = { stream, revision, meaning: 'approval', signer } as const
    return (await this.queries.execute(new RequireSignature(wanted))).signature
  }
}

@Global()
@Module({
  imports: [CqrsModule],
  providers: [{ provide: APPROVAL_SIGNATURES, useClass: ElectronicApprovals }],
  exports: [APPROVAL_SIGNATURES],
})
export class ApprovalSignaturesModule {}
