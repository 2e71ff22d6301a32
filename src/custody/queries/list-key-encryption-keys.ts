import { Inject } from '@nestjs/common'
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { Pool } from 'pg'
import { KEY_ENCRYPTION, SERVICE_POOL } from '../../journal/journal.tokens.js'
import type { KeyEncryption } from '../../vault/key-encryption.js'
import { Vault } from '../../vault/vault.js'
import { WrappedKeys } from '../../vault/wrapped-keys.js'

export interface ListedKeyEncryptionKey {
  id: string
  /** `former` ones open and do not wrap; `retired` ones do neither. */
  state: 'current' | 'former' | 'retired'
  /** Keys of persons that it wraps. */
  keys: number
  firstSeenAt: string
  retiredAt: string | null
}

/** Every key-encryption key that was ever used here, oldest first, and how much hangs on it. */
export class ListKeyEncryptionKeys extends Query<ListedKeyEncryptionKey[]> {}

@QueryHandler(ListKeyEncryptionKeys)
export class ListKeyEncryptionKeysHandler implements IQueryHandler<ListKeyEncryptionKeys> {
  private readonly wrappedKeys: WrappedKeys

  constructor(
    @Inject(SERVICE_POOL) pool: Pool,
    @Inject(KEY_ENCRYPTION) private readonly keyEncryption: KeyEncryption,
    private readonly vault: Vault,
  ) {
    this.wrappedKeys = new WrappedKeys(pool)
  }

  /** @throws Unavailable `key-management-unavailable`, `key-management-refused` */
  async execute(): Promise<ListedKeyEncryptionKey[]> {
    const current = await this.keyEncryption.currentId()
    const counts = await this.wrappedKeys.counts()
    return (await this.vault.keyEncryptionKeys.list()).map(({ id, firstSeenAt, retiredAt }) => ({
      id,
      state: id === current ? 'current' : retiredAt === null ? 'former' : 'retired',
      keys: counts.get(id) ?? 0,
      firstSeenAt: firstSeenAt.toISOString(),
      retiredAt: retiredAt?.toISOString() ?? null,
    }))
  }
}
