/** Keys per subject and class: made on first use, kept wrapped, opened on demand, destroyed for good. */
import { createSecretKey, randomBytes, randomUUID, type KeyObject } from 'node:crypto'
import type { Pool } from 'pg'
import { ConfigurationError } from '../platform/errors.js'
import type { KeyClass } from './key-class.js'
import type { KeyEncryption } from './key-encryption.js'
import { openPayload, sealPayload, type SealBinding } from './sealed-payload.js'

export interface DataKey {
  kid: string
  key: KeyObject
}

/** A key is read again from the database after this long, so that another process's destruction takes effect here. */
const TRUST_MS = 30_000
const CACHED_KEYS = 20_000

interface CachedKey {
  /** Null: destroyed or never there. */
  key: KeyObject | null
  readAt: number
}

export class Vault {
  /** `subject/class` → key id in use, and key id → key; both bounded, oldest out first. */
  private readonly current = new Map<string, { kid: string; readAt: number }>()
  private readonly keys = new Map<string, CachedKey>()

  constructor(
    private readonly pool: Pool,
    private readonly keyEncryption: KeyEncryption,
    /** Milliseconds of a clock that is never set back: a key must not be trusted longer because somebody set the time. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Opens one key of each key-encryption key in use: with another one nothing sealed before could be read, and what is sealed
   * from now on could not be read under the right one.
   *
   * @throws ConfigurationError
   */
  async assertKeysOpen(): Promise<void> {
    const { rows } = await this.pool.query<{ kid: string; wrapped: Buffer; wrapped_by: string }>(
      'select distinct on (wrapped_by) kid, wrapped, wrapped_by from vault.subject_key where wrapped is not null',
    )
    for (const { kid, wrapped, wrapped_by } of rows)
      await this.keyEncryption.unwrap(wrapped, kid, wrapped_by).catch((cause: unknown) => {
        throw new ConfigurationError(
          `Keys in the database are wrapped by ${wrapped_by}, and KEY_ENCRYPTION_KEY_FILE holds ${this.keyEncryption.id}.`,
          {},
          { cause },
        )
      })
  }

  /** The key that seals for this subject and class now. */
  async sealingKey(subject: string, keyClass: KeyClass): Promise<DataKey> {
    const name = `${subject}/${keyClass}`
    const cached = this.current.get(name)
    const key = cached && this.keys.get(cached.kid)?.key
    if (cached && key && this.now() - cached.readAt < TRUST_MS) return { kid: cached.kid, key }
    const { kid, wrapped, wrappedBy } =
      (await this.readCurrent(subject, keyClass)) ?? (await this.create(subject, keyClass))
    const opened = this.remember(kid, await this.keyEncryption.unwrap(wrapped, kid, wrappedBy))
    bounded(this.current, name, { kid, readAt: this.now() })
    return { kid, key: opened }
  }

  seal(plaintext: string, { key, kid }: DataKey, binding: SealBinding): Buffer {
    return sealPayload(plaintext, key, kid, binding)
  }

  /**
   * The plaintext, or null when the key was destroyed.
   *
   * @throws IntegrityError `payload-unsealing-failed`, `key-unwrap-failed`
   */
  async open(stored: Buffer, kid: string, binding: SealBinding): Promise<string | null> {
    const known = this.trusted(kid)
    const key = known === undefined ? (await this.load([kid])).get(kid) : known
    return key ? openPayload(stored, key, kid, binding) : null
  }

  /** Reads many keys in one query, before many payloads are opened. */
  async prefetch(kids: readonly string[]): Promise<void> {
    const missing = [...new Set(kids)].filter((kid) => this.trusted(kid) === undefined)
    if (missing.length > 0) await this.load(missing)
  }

  private trusted(kid: string): KeyObject | null | undefined {
    const cached = this.keys.get(kid)
    return cached && this.now() - cached.readAt < TRUST_MS ? cached.key : undefined
  }

  private async load(kids: readonly string[]): Promise<Map<string, KeyObject | null>> {
    const { rows } = await this.pool.query<{ kid: string; wrapped: Buffer | null; wrapped_by: string }>(
      'select kid, wrapped, wrapped_by from vault.subject_key where kid = any ($1::uuid[])',
      [kids],
    )
    const found = new Map<string, KeyObject | null>(kids.map((kid) => [kid, null]))
    for (const { kid, wrapped, wrapped_by } of rows) {
      if (wrapped) found.set(kid, this.remember(kid, await this.keyEncryption.unwrap(wrapped, kid, wrapped_by)))
    }
    for (const [kid, key] of found) bounded(this.keys, kid, { key, readAt: this.now() })
    return found
  }

  private async readCurrent(subject: string, keyClass: KeyClass) {
    const { rows } = await this.pool.query<{ kid: string; wrapped: Buffer; wrapped_by: string }>(
      'select kid, wrapped, wrapped_by from vault.subject_key where subject = $1 and class = $2 and destroyed_at is null',
      [subject, keyClass],
    )
    const row = rows[0]
    return row && { kid: row.kid, wrapped: row.wrapped, wrappedBy: row.wrapped_by }
  }

  /** Two processes may do this at once: the unique index lets one key win, and both use it. */
  private async create(subject: string, keyClass: KeyClass) {
    const kid = randomUUID()
    await this.pool.query(
      `insert into vault.subject_key (kid, subject, class, wrapped, wrapped_by) values ($1, $2, $3, $4, $5)
       on conflict (subject, class) where destroyed_at is null do nothing`,
      [kid, subject, keyClass, await this.keyEncryption.wrap(randomBytes(32), kid), this.keyEncryption.id],
    )
    return (await this.readCurrent(subject, keyClass))!
  }

  private remember(kid: string, material: Buffer): KeyObject {
    const key = createSecretKey(material)
    material.fill(0)
    bounded(this.keys, kid, { key, readAt: this.now() })
    return key
  }
}

function bounded<V>(map: Map<string, V>, name: string, value: V): void {
  map.delete(name)
  map.set(name, value)
  if (map.size > CACHED_KEYS) map.delete(map.keys().next().value!)
}
