import { Inject } from '@nestjs/common'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { Pool } from 'pg'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { KEY_ENCRYPTION, SERVICE_POOL } from '../../journal/journal.tokens.js'
import type { KeyEncryption } from '../../vault/key-encryption.js'
import { Vault } from '../../vault/vault.js'
import { WrappedKeys } from '../../vault/wrapped-keys.js'
import { CUSTODY_STREAM, type CustodyEvent } from '../events.js'

export interface Retirement {
  key: string
  /** What the provider did, and what is left to do. */
  note: string
}

/** Lets go of a key-encryption key by which nothing is wrapped any more. */
export class RetireKeyEncryptionKey extends Command<Retirement> {
  constructor(
    readonly context: CommandContext,
    readonly key: string,
  ) {
    super()
  }
}

@CommandHandler(RetireKeyEncryptionKey)
export class RetireKeyEncryptionKeyHandler implements ICommandHandler<RetireKeyEncryptionKey> {
  private readonly wrappedKeys: WrappedKeys

  constructor(
    @Inject(SERVICE_POOL) pool: Pool,
    @Inject(KEY_ENCRYPTION) private readonly keyEncryption: KeyEncryption,
    private readonly vault: Vault,
    private readonly journal: Journal,
  ) {
    this.wrappedKeys = new WrappedKeys(pool)
  }

  /**
   * The database forbids it first, so that nothing can be wrapped by it while the provider lets go.
   *
   * @throws NotFound `key-encryption-key-unknown`, Conflict `key-encryption-key-in-use`
   */
  async execute({ context, key }: RetireKeyEncryptionKey): Promise<Retirement> {
    await this.vault.keyEncryptionKeys.retire(key)
    const note = await this.keyEncryption.retire(key, [...(await this.wrappedKeys.counts()).keys()])
    const event: CustodyEvent = { type: 'custody.key-retired', data: { key } }
    await this.journal.append(context, [{ stream: CUSTODY_STREAM, expectedRevision: 'any', entries: [{ event }] }])
    return { key, note }
  }
}
