import { Module } from '@nestjs/common'
import { LOG_SIGNER } from '../journal/journal.tokens.js'
import type { NoteSigner } from '../ledger/log/note-key.js'
import type { WitnessPolicy } from '../ledger/log/witness-policy.js'
import { Configuration } from '../platform/configuration.js'
import { configuredPolicy } from './configured-policy.js'
import { CosignatureStore } from './cosignature-store.js'
import { CosignedCheckpoints } from './cosigned-checkpoints.js'
import { WITNESS_POLICY } from './witnesses.tokens.js'

/** What witnesses cosigned, to be served. */
@Module({
  providers: [
    {
      provide: WITNESS_POLICY,
      inject: [Configuration, LOG_SIGNER],
      useFactory: async ({ witnesses }: Configuration, { vkey }: NoteSigner): Promise<WitnessPolicy | null> =>
        witnesses.policyFile === undefined ? null : configuredPolicy(witnesses.policyFile, vkey),
    },
    CosignatureStore,
    CosignedCheckpoints,
  ],
  exports: [CosignatureStore, CosignedCheckpoints],
})
export class WitnessesModule {}
