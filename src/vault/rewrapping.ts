/**
 * Wrapping data keys anew under the key-encryption key that wraps now, a batch at a time, while the service reads and appends.
 * Nothing is locked: a key is exchanged only if it still is what was opened, so that one destroyed meanwhile stays destroyed, and
 * several processes may do this at once. What is done is done; to resume is to go on with what is left.
 */
import type { Pool } from 'pg'
import { IntegrityError } from '../platform/errors.js'
import { inParallel } from '../platform/in-parallel.js'
import type { KeyEncryption } from './key-encryption.js'
import type { KeyEncryptionKeys } from './key-encryption-keys.js'
import { WrappedKeys, type StoredKey } from './wrapped-keys.js'

/** Keys opened and wrapped at once: a provider is a network away. */
const AT_ONCE = 16
const FIRST_KID = '00000000-0000-0000-0000-000000000000'

export interface RewrappedBatch {
  /** The key-encryption key that wraps now. */
  to: string
  rewrapped: number
  /** Ids of keys that could not be opened: altered, or wrapped by a key that is gone. */
  failed: string[]
  /** Where the next batch begins; null when this was the last. */
  next: string | null
  /** Keys wrapped by other key-encryption keys, the failed ones included. */
  remaining: number
}

export class Rewrapping {
  private readonly wrappedKeys: WrappedKeys

  constructor(
    pool: Pool,
    private readonly keyEncryption: KeyEncryption,
    private readonly keyEncryptionKeys: KeyEncryptionKeys,
  ) {
    this.wrappedKeys = new WrappedKeys(pool)
  }

  /**
   * The next batch of keys that others wrapped, in the order of their ids.
   *
   * @param after id of a key: `next` of the batch before
   * @param limit most keys of the batch
   * @throws Unavailable `key-management-unavailable`, `key-management-refused`: what was done so far stays done
   */
  async batch(limit: number, after: string = FIRST_KID): Promise<RewrappedBatch> {
    const to = await this.keyEncryptionKeys.register()
    const keys = await this.wrappedKeys.wrappedByOthers(to, after, limit)
    const failed: string[] = []
    let rewrapped = 0
    await inParallel(AT_ONCE, keys, async (key) => {
      const outcome = await this.rewrap(key)
      if (outcome === 'failed') failed.push(key.kid)
      if (outcome === 'rewrapped') rewrapped++
    })
    const counts = await this.wrappedKeys.counts()
    const remaining = [...counts].reduce((sum, [id, count]) => (id === to ? sum : sum + count), 0)
    return { to, rewrapped, failed: failed.sort(), next: keys.length < limit ? null : keys.at(-1)!.kid, remaining }
  }

  /** `overtaken`: another process destroyed or exchanged it meanwhile. */
  private async rewrap(key: StoredKey): Promise<'rewrapped' | 'overtaken' | 'failed'> {
    let material: Buffer
    try {
      material = await this.keyEncryption.unwrap(key.wrapped, key.kid, key.wrappedBy)
    } catch (error) {
      if (error instanceof IntegrityError) return 'failed'
      throw error
    }
    try {
      const anew = await this.keyEncryption.wrap(material, key.kid)
      return (await this.wrappedKeys.exchange(key, anew)) ? 'rewrapped' : 'overtaken'
    } finally {
      material.fill(0)
    }
  }
}
