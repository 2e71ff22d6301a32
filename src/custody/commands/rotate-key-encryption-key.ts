import { Inject } from '@nestjs/common'
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs'
import type { Pool } from 'pg'
import type { CommandContext } from '../../journal/command-context.js'
import { Journal } from '../../journal/journal.js'
import { KEY_ENCRYPTION, SERVICE_POOL } from '../../journal/journal.tokens.js'
import type { KeyEncryption } from '../../vault/key-encryption.js'
import { Vault } from '../../vault/vault.js'
import { CUSTODY_STREAM, type CustodyEvent } from '../events.js'

export interface Rotation {
  from: string
  /** The same as `from` where the provider rotated and does not name its versions, or has not finished yet. */
  to: string
}

/** Adds a version of the key-encryption key that wraps from now on. What earlier ones wrapped still opens. */
export class RotateKeyEncryptionKey extends Command<Rotation> {
  constructor(readonly context: CommandContext) {
    super()
  }
}

@CommandHandler(RotateKeyEncryptionKey)
export class RotateKeyEncryptionKeyHandler implements ICommandHandler<RotateKeyEncryptionKey> {
  constructor(
    @Inject(SERVICE_POOL) private readonly pool: Pool,
    @Inject(KEY_ENCRYPTION) private readonly keyEncryption: KeyEncryption,
    private readonly vault: Vault,
    private readonly journal: Journal,
  ) {}

  /** @throws Conflict `key-file-not-writable`, Unavailable `key-management-unavailable`, `key-management-refused` */
  async execute({ context }: RotateKeyEncryptionKey): Promise<Rotation> {
    const rotation = await this.oneAtATime(async () => {
      const from = await this.keyEncryption.currentId()
      const to = await this.keyEncryption.rotate()
      await this.vault.keyEncryptionKeys.register()
      return { from, to }
    })
    const event: CustodyEvent = { type: 'custody.key-rotated', data: rotation }
    await this.journal.append(context, [{ stream: CUSTODY_STREAM, expectedRevision: 'any', entries: [{ event }] }])
    return rotation
  }

  /** Two processes that rotate at once would overwrite each other's key file. */
  private async oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const client = await this.pool.connect()
    try {
      await client.query('begin')
      await client.query(`select pg_advisory_xact_lock(hashtextextended('twin-ledger rotation', 0))`)
      const result = await work()
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
  }
}
