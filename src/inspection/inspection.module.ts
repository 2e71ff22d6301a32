import { Module } from '@nestjs/common'
import { InclusionProofs } from './inclusion-proofs.js'
import { LogController } from './log.controller.js'

/** What a reviewer reads without trusting the service. LOG_SOURCE and LOG_VKEY come from the ledger's module. */
@Module({ controllers: [LogController], providers: [InclusionProofs], exports: [InclusionProofs] })
export class InspectionModule {}
