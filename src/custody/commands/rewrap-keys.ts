import { Inject } from '@nestjs/common'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { Pool } from 'pg'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { KEY_ENCRYPTION, SERVICE_POOL } from '../../journal/journal.tokens.js'
import type { KeyEncryption } from '../../vault/key-encryption.js'
import { Rewrapping, type RewrappedBatch } from '../../vault/rewrapping.js'
import { Vault } from '../../vault/vault.js'
import { CUSTODY_STREAM, type CustodyEvent } from '../events.js'

/** Wraps the next keys that an earlier key-encryption key wrapped by the one that wraps now. */
export class RewrapKeys extends Command<RewrappedBatch> {
  /** @param after `next` of the batch before; the beginning without it */
  constructor(
    readonly context: CommandContext,
    readonly limit: number,
    readonly after?: string,
  ) {
    super()
  }
}

@CommandHandler(RewrapKeys)
export class RewrapKeysHandler implements ICommandHandler<RewrapKeys> {
  private readonly rewrapping: Rewrapping

  constructor(
    @Inject(SERVICE_POOL) pool: Pool,
    @Inject(KEY_ENCRYPTION) keyEncryption: KeyEncryption,
    vault: Vault,
    private readonly journal: Journal,
  ) {
    this.rewrapping = new Rewrapping(pool, keyEncryption, vault.keyEncryptionKeys)
  }

  /** @throws Unavailable `key-management-unavailable`, `key-management-refused` */
  async execute({ context, limit, after }: RewrapKeys): Promise<RewrappedBatch> {
    const batch = await this.rewrapping.batch(limit, after)
    const { to, rewrapped, failed, remaining } = batch
    if (rewrapped === 0 && failed.length === 0) return batch
    const event: CustodyEvent = {
      type: 'custody.keys-rewrapped',
      data: { to, rewrapped, failed: failed.length, remaining },
    }
    await this.journal.append(context, [{ stream: CUSTODY_STREAM, expectedRevision: 'any', entries: [{ event }] }])
    return batch
  }
}
