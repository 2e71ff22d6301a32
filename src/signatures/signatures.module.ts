import { type DynamicModule, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import type { SigningConfiguration } from '../platform/configuration.js'
import { AttestSignerHandler } from './commands/attest-signer.js'
import { OpenSigningHandler } from './commands/open-signing.js'
import { SignRecordHandler } from './commands/sign-record.js'
import { BackdatedRevocations } from './keys/backdated-revocations.js'
import { KeyRing } from './keys/key-ring.js'
import { SIGNATURE_KEY_RING, SignatureKeyBook } from './keys/signature-key-book.js'
import { GetSignatureHandler } from './queries/get-signature.js'
import { GetSignerHandler } from './queries/get-signer.js'
import { ListSignaturesHandler } from './queries/list-signatures.js'
import { PublishedSignatureKeysHandler } from './queries/published-signature-keys.js'
import { RequireSignatureHandler } from './queries/require-signature.js'
import { SignaturesOnHandler } from './queries/signatures-on.js'
import { ShownSignatures } from './shown-signatures.js'
import { SignableRecords } from './signable-records.js'
import { SignatureAccess } from './signature-access.js'
import { SignatureKeysController } from './signature-keys.controller.js'
import { SignatureRow } from './signature.row.js'
import { SignaturesController } from './signatures.controller.js'
import { SigningController } from './signing.controller.js'
import { SIGNING_CONFIGURATION } from './step-up.js'

export interface SignaturesModuleOptions {
  signing: SigningConfiguration
  /** Where the private halves of the signature keys are. */
  keysFile: string
}

/**
 * Electronic signatures: their commands, queries and routes. Needs the journal and the policy as global providers, the
 * consents' and trials' queries on the same bus, and a TypeORM connection that loads entities of the rooms.
 */
@Module({})
export class SignaturesModule {
  static register({ signing, keysFile }: SignaturesModuleOptions): DynamicModule {
    return {
      module: SignaturesModule,
      imports: [CqrsModule, TypeOrmModule.forFeature([SignatureRow])],
      controllers: [SigningController, SignaturesController, SignatureKeysController],
      providers: [
        { provide: SIGNING_CONFIGURATION, useValue: signing },
        { provide: SIGNATURE_KEY_RING, useFactory: () => new KeyRing(keysFile) },
        SignatureKeyBook,
        BackdatedRevocations,
        SignableRecords,
        SignatureAccess,
        ShownSignatures,
        AttestSignerHandler,
        OpenSigningHandler,
        SignRecordHandler,
        GetSignatureHandler,
        GetSignerHandler,
        ListSignaturesHandler,
        PublishedSignatureKeysHandler,
        RequireSignatureHandler,
        SignaturesOnHandler,
      ],
    }
  }
}
