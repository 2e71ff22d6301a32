import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { RetireKeyEncryptionKeyHandler } from './commands/retire-key-encryption-key.js'
import { RewrapKeysHandler } from './commands/rewrap-keys.js'
import { RotateKeyEncryptionKeyHandler } from './commands/rotate-key-encryption-key.js'
import { CustodyController } from './custody.controller.js'
import { ListKeyEncryptionKeysHandler } from './queries/list-key-encryption-keys.js'

/** Rotation, re-wrapping and retirement of the keys that wrap the keys of persons. */
@Module({
  imports: [CqrsModule],
  controllers: [CustodyController],
  providers: [
    RotateKeyEncryptionKeyHandler,
    RewrapKeysHandler,
    RetireKeyEncryptionKeyHandler,
    ListKeyEncryptionKeysHandler,
  ],
})
export class CustodyModule {}
