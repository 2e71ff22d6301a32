import { Module } from '@nestjs/common'
import type { Pool } from 'pg'
import { LOG_SIGNER, SERVICE_POOL } from '../journal/journal.tokens.js'
import type { NoteSigner } from '../ledger/log/note-key.js'
import { postgresLogSource } from '../ledger/postgres/log-source.js'
import { WitnessesModule } from '../witnesses/witnesses.module.js'
import { InclusionProofs } from './inclusion-proofs.js'
import { LOG_SOURCE, LOG_VKEY } from './inspection.tokens.js'
import { LogController } from './log.controller.js'
import { ProjectionsController } from './projections.controller.js'

/** What a reviewer reads without trusting the service. */
@Module({
  imports: [WitnessesModule],
  controllers: [LogController, ProjectionsController],
  providers: [
    InclusionProofs,
    { provide: LOG_SOURCE, inject: [SERVICE_POOL], useFactory: (pool: Pool) => postgresLogSource(pool) },
    { provide: LOG_VKEY, inject: [LOG_SIGNER], useFactory: ({ vkey }: NoteSigner) => vkey },
  ],
  exports: [InclusionProofs],
})
export class InspectionModule {}
