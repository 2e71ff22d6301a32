/** Keys per subject and class: made on first use, kept wrapped, opened on demand, destroyed for good. */
import { createSecretKey, randomBytes, randomUUID, type KeyObject } from 'node:crypto'
import type { Pool } from 'pg'
import { Conflict } from '../platform/errors.js'
import { inParallel } from '../platform/in-parallel.js'
import type { KeyClass } from './key-class.js'
import type { KeyEncryption } from './key-encryption.js'
import { KeyEncryptionKeys } from './key-encryption-keys.js'
import { openPayload, sealPayload, type SealBinding } from './sealed-payload.js'
import { destroyKeys, type DestroyedKeys, type Destruction } from './tombstones.js'
import { WrappedKeys, type StoredKey } from './wrapped-keys.js'

export interface DataKey {
  kid: string
  key: KeyObject
}

/** Keys by id; null for one that was destroyed or never there. */
export type OpeningKeys = ReadonlyMap<string, KeyObject | null>

/** A key is looked for again in the database after this long, so that another process's destruction takes effect here. */
const CONFIRM_MS = 5_000
/** An opened key that is still in the database is opened anew after this long: as long as a lost provider goes unnoticed. */
const REOPEN_MS = 10 * 60_000
const CACHED_KEYS = 50_000
const EVICTED_AT_ONCE = 1_000
/** How often keys that nobody asked for are looked for. */
const EXPIRE_EVERY_MS = 1_000
/** Keys opened at once: a provider is a network away. */
const OPENED_AT_ONCE = 16

interface CachedKey {
  /** Null: destroyed or never there. */
  key: KeyObject | null
  openedAt: number
  confirmedAt: number
}

export class Vault {
  readonly keyEncryptionKeys: KeyEncryptionKeys
  private readonly wrappedKeys: WrappedKeys
  /** `subject/class` → key id in use, and key id → key; both bounded, the one longest unconfirmed out first. */
  private readonly current = new Map<string, { kid: string; confirmedAt: number }>()
  private readonly keys = new Map<string, CachedKey>()
  private nextExpiry = -Infinity

  constructor(
    private readonly pool: Pool,
    private readonly keyEncryption: KeyEncryption,
    /** Milliseconds of a clock that is never set back: a key must not be trusted longer because somebody set the time. */
    private readonly now: () => number = () => performance.now(),
  ) {
    this.wrappedKeys = new WrappedKeys(pool)
    this.keyEncryptionKeys = new KeyEncryptionKeys(pool, keyEncryption, now)
  }

  /**
   * Before anything is sealed: are the key-encryption keys those of this database, and is their provider there?
   *
   * @throws ConfigurationError, Unavailable `key-management-unavailable`
   */
  async assertKeysOpen(): Promise<void> {
    await this.keyEncryptionKeys.assertOpen()
  }

  /**
   * The key that seals for this subject and class now.
   *
   * @throws Conflict `subject-erased`: the person's data of this class was erased, and nothing is recorded under it again
   * @throws IntegrityError `key-unwrap-failed`, Unavailable `key-management-unavailable`
   */
  async sealingKey(subject: string, keyClass: KeyClass): Promise<DataKey> {
    const name = `${subject}/${keyClass}`
    const cached = this.current.get(name)
    const key = cached && this.keys.get(cached.kid)?.key
    if (cached && key && this.now() - cached.confirmedAt < CONFIRM_MS) return { kid: cached.kid, key }
    const stored = (await this.wrappedKeys.current(subject, keyClass)) ?? (await this.create(subject, keyClass))
    const opened = await this.opened(stored)
    bounded(this.current, name, { kid: stored.kid, confirmedAt: this.now() })
    return { kid: stored.kid, key: opened }
  }

  /**
   * Sees to it that `sealingKey` finds the keys of these subjects in memory: what it would ask of the database one by one is
   * asked at once. Where a key cannot be made, `sealingKey` says why.
   */
  async prepareSealing(subjects: readonly string[], keyClass: KeyClass): Promise<void> {
    const isReady = (subject: string) => {
      const cached = this.current.get(`${subject}/${keyClass}`)
      return cached !== undefined && this.now() - cached.confirmedAt < CONFIRM_MS
    }
    const wanted = [...new Set(subjects)].filter((subject) => !isReady(subject))
    if (wanted.length === 0) return
    let found = await this.wrappedKeys.currentOf(wanted, keyClass)
    const without = wanted.filter((subject) => !found.has(subject))
    if (without.length > 0) {
      await this.wrappedKeys.createAll(keyClass, await Promise.all(without.map((subject) => this.wrapNew(subject))))
      found = await this.wrappedKeys.currentOf(wanted, keyClass)
    }
    await inParallel(OPENED_AT_ONCE, [...found], async ([subject, stored]) => {
      await this.opened(stored)
      bounded(this.current, `${subject}/${keyClass}`, { kid: stored.kid, confirmedAt: this.now() })
    })
  }

  seal(plaintext: string, { key, kid }: DataKey, binding: SealBinding): Buffer {
    return sealPayload(plaintext, key, kid, binding)
  }

  /**
   * The plaintext, or null when the key was destroyed.
   *
   * @throws IntegrityError `payload-unsealing-failed`, `key-unwrap-failed`
   * @throws Unavailable `key-management-unavailable`: the key exists and cannot be opened now
   */
  async open(stored: Buffer, kid: string, binding: SealBinding): Promise<string | null> {
    return this.openWith(await this.openingKeys([kid]), stored, kid, binding)
  }

  /** The keys of many payloads, in one query where memory does not have them; for use at once, because they may be destroyed. */
  async openingKeys(kids: readonly string[]): Promise<OpeningKeys> {
    const keys = new Map(kids.map((kid) => [kid, this.trusted(kid)]))
    const missing = [...keys].flatMap(([kid, key]) => (key === undefined ? [kid] : []))
    if (missing.length > 0) for (const [kid, key] of await this.load(missing)) keys.set(kid, key)
    return keys as OpeningKeys
  }

  /** As `open`, under a key that was read before. @throws IntegrityError `payload-unsealing-failed` */
  openWith(keys: OpeningKeys, stored: Buffer, kid: string, binding: SealBinding): string | null {
    const key = keys.get(kid)
    return key ? openPayload(stored, key, kid, binding) : null
  }

  /**
   * Destroys the person's keys of these classes and leaves tombstones: nothing sealed under them opens again, and
   * `sealingKey` refuses new ones. Other processes stop using the keys within five seconds. Idempotent: said again, it
   * destroys what a restored backup brought back.
   *
   * Decides nothing. Whoever calls has recorded who decided it; see KeyDestruction in the journal, which also deletes the
   * ciphertext and writes the tombstone file.
   */
  async destroy(destruction: Destruction): Promise<DestroyedKeys[]> {
    const destroyed = await destroyKeys(this.pool, destruction)
    for (const keyClass of destruction.classes) this.current.delete(`${destruction.subject}/${keyClass}`)
    for (const kid of destroyed.flatMap(({ kids }) => kids)) this.keys.delete(kid)
    return destroyed
  }

  private trusted(kid: string): KeyObject | null | undefined {
    const cached = this.keys.get(kid)
    return cached && this.now() - cached.confirmedAt < CONFIRM_MS ? cached.key : undefined
  }

  private async load(kids: readonly string[]): Promise<Map<string, KeyObject | null>> {
    const stored = await this.wrappedKeys.find(kids)
    const found = new Map<string, KeyObject | null>(kids.map((kid) => [kid, null]))
    await inParallel(OPENED_AT_ONCE, stored, async (key) => found.set(key.kid, await this.opened(key)))
    for (const [kid, key] of found) if (key === null) this.remember(kid, null, this.now())
    return found
  }

  private async wrapNew(subject: string): Promise<StoredKey & { subject: string }> {
    const kid = randomUUID()
    const secret = randomBytes(32)
    const wrapped = await this.keyEncryption.wrap(secret, kid)
    secret.fill(0)
    return { subject, kid, ...wrapped }
  }

  private async create(subject: string, keyClass: KeyClass): Promise<StoredKey> {
    const kid = randomUUID()
    const secret = randomBytes(32)
    const add = async () =>
      this.wrappedKeys.create(subject, keyClass, { kid, ...(await this.keyEncryption.wrap(secret, kid)) })
    let outcome = await add()
    if (outcome === 'key-encryption-key-unknown') {
      // Rotated a moment ago, here or at the provider.
      await this.keyEncryptionKeys.register()
      outcome = await add()
    }
    secret.fill(0)
    if (outcome === 'erased')
      throw new Conflict(
        'subject-erased',
        "This person's data of this class was erased; nothing is recorded under it.",
        {
          class: keyClass,
        },
      )
    return (await this.wrappedKeys.current(subject, keyClass))!
  }

  /** The key itself, from memory while that may be trusted, else from the provider. */
  private async opened({ kid, wrapped, wrappedBy }: StoredKey): Promise<KeyObject> {
    const cached = this.keys.get(kid)
    if (cached?.key && this.now() - cached.openedAt < REOPEN_MS) return this.remember(kid, cached.key, cached.openedAt)
    const material = await this.keyEncryption.unwrap(wrapped, kid, wrappedBy)
    const key = createSecretKey(material)
    material.fill(0)
    return this.remember(kid, key, this.now())
  }

  private remember<K extends KeyObject | null>(kid: string, key: K, openedAt: number): K {
    bounded(this.keys, kid, { key, openedAt, confirmedAt: this.now() })
    if (this.now() >= this.nextExpiry) this.expire()
    return key
  }

  private expire(): void {
    for (const [oldest, { confirmedAt }] of this.keys) {
      if (this.now() - confirmedAt < REOPEN_MS) break
      this.keys.delete(oldest)
    }
    this.nextExpiry = this.now() + EXPIRE_EVERY_MS
  }
}

/** The oldest go many at a time: finding the first entry of a map takes longer the more were deleted in front of it. */
function bounded<V>(map: Map<string, V>, name: string, value: V): void {
  map.delete(name)
  map.set(name, value)
  if (map.size <= CACHED_KEYS) return
  for (const oldest of map.keys()) {
    if (map.size <= CACHED_KEYS - EVICTED_AT_ONCE) return
    map.delete(oldest)
  }
}
