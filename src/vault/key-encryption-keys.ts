/** The key-encryption keys this database was wrapped under, each with a canary that shows whether it is at hand. */
import { hash, randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { equalInConstantTime } from '../platform/constant-time.js'
import { ConfigurationError, Conflict, IntegrityError, NotFound, Unavailable } from '../platform/errors.js'
import type { KeyEncryption } from './key-encryption.js'
import { WrappedKeys } from './wrapped-keys.js'

/** Stands where the id of a data key stands, so that no data key can pass for a canary. */
const CANARY = 'canary'
const LOOK_MS = 10_000

export interface KeyEncryptionKey {
  id: string
  firstSeenAt: Date
  retiredAt: Date | null
}

interface Row {
  id: string
  canary: Buffer
  canary_digest: Buffer
  first_seen_at: Date
  retired_at: Date | null
}

export class KeyEncryptionKeys {
  private readonly wrappedKeys: WrappedKeys
  private looked: { at: number; outcome: Promise<void> } | undefined

  constructor(
    private readonly pool: Pool,
    private readonly keyEncryption: KeyEncryption,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.wrappedKeys = new WrappedKeys(pool)
  }

  /**
   * Opens the canary of the key that wraps now and of every other one in use: with a wrong key nothing sealed before could be
   * read, and what is sealed from now on could not be read under the right one.
   *
   * @throws ConfigurationError a key is not the one the database was wrapped under
   * @throws Unavailable `key-management-unavailable`
   */
  async assertOpen(): Promise<void> {
    const current = await this.register()
    const { rows } = await this.pool.query<Row>(
      `select * from vault.key_encryption_key k where id = $1
       or exists (select from vault.subject_key where wrapped_by = k.id and wrapped is not null)`,
      [current],
    )
    for (const { id, canary, canary_digest } of rows) await this.open(canary, CANARY, id, canary_digest)
    for (const { kid, wrapped, wrappedBy } of await this.wrappedKeys.samplesWithoutCanary())
      await this.open(wrapped, kid, wrappedBy)
  }

  /**
   * Makes the key that wraps now known to the database, with a canary, and returns its id. Keys can be wrapped under it only
   * then.
   *
   * @throws Unavailable `key-encryption-key-retired`
   */
  async register(): Promise<string> {
    const current = await this.keyEncryption.currentId()
    const known = await this.find(current)
    if (known) return this.usable(known)
    const secret = randomBytes(32)
    const { wrapped, wrappedBy } = await this.keyEncryption.wrap(secret, CANARY)
    await this.pool.query(
      'insert into vault.key_encryption_key (id, canary, canary_digest) values ($1, $2, $3) on conflict do nothing',
      [wrappedBy, wrapped, hash('sha256', secret, 'buffer')],
    )
    return this.usable((await this.find(wrappedBy))!)
  }

  /**
   * Whether the key that wraps now opens its canary; asked at most once in ten seconds, since anybody may ask for readiness.
   *
   * @throws what the provider throws
   */
  async assertCurrentOpens(): Promise<void> {
    if (!this.looked || this.now() - this.looked.at > LOOK_MS)
      this.looked = { at: this.now(), outcome: this.openCurrent() }
    await this.looked.outcome
  }

  private async openCurrent(): Promise<void> {
    const id = await this.keyEncryption.currentId()
    const { rows } = await this.pool.query<Row>('select * from vault.key_encryption_key where id = $1', [id])
    if (!rows[0]) await this.register()
    else await this.open(rows[0].canary, CANARY, id, rows[0].canary_digest)
  }

  /** All that were ever used here, oldest first. */
  async list(): Promise<KeyEncryptionKey[]> {
    const { rows } = await this.pool.query<Row>('select * from vault.key_encryption_key order by first_seen_at, id')
    return rows.map(shown)
  }

  /**
   * Declares that nothing may be wrapped under this key any more. A key that is being added waits, and is then refused.
   *
   * @throws NotFound `key-encryption-key-unknown`
   * @throws Conflict `key-encryption-key-in-use`: it wraps now, or keys are still wrapped by it; `keys` says how many
   */
  async retire(id: string): Promise<void> {
    if (id === (await this.keyEncryption.currentId()))
      throw new Conflict('key-encryption-key-in-use', 'This key wraps new keys now; rotate first.', { id })
    const client = await this.pool.connect()
    try {
      await client.query('begin')
      const { rowCount } = await client.query(
        'update vault.key_encryption_key set retired_at = coalesce(retired_at, now()) where id = $1',
        [id],
      )
      if (rowCount !== 1) throw new NotFound('key-encryption-key-unknown', 'No such key-encryption key was used here.')
      const { rows } = await client.query<{ keys: string }>(
        'select count(*) as keys from vault.subject_key where wrapped_by = $1 and wrapped is not null',
        [id],
      )
      const keys = Number(rows[0]!.keys)
      if (keys > 0)
        throw new Conflict('key-encryption-key-in-use', 'Keys are still wrapped by it; wrap them anew first.', { keys })
      await client.query('commit')
    } catch (error) {
      await client.query('rollback').catch(() => undefined)
      throw error
    } finally {
      client.release()
    }
  }

  private async find(id: string): Promise<KeyEncryptionKey | null> {
    const { rows } = await this.pool.query<Row>('select * from vault.key_encryption_key where id = $1', [id])
    return rows[0] ? shown(rows[0]) : null
  }

  private usable({ id, retiredAt }: KeyEncryptionKey): string {
    if (retiredAt !== null)
      throw new Unavailable(
        'key-encryption-key-retired',
        'The key-encryption key that would wrap now was retired; bring back the newest one.',
        { id },
      )
    return id
  }

  private async open(wrapped: Buffer, keyId: string, wrappedBy: string, digest?: Buffer): Promise<void> {
    try {
      const secret = await this.keyEncryption.unwrap(wrapped, keyId, wrappedBy)
      if (digest && !equalInConstantTime(hash('sha256', secret, 'buffer'), digest))
        throw new IntegrityError('key-unwrap-failed', 'The canary is another one.')
    } catch (cause) {
      if (cause instanceof Unavailable) throw cause
      throw new ConfigurationError(
        `Keys in the database are wrapped by ${wrappedBy}, which the configured ${this.keyEncryption.provider} does not open: bring back that key.`,
        {},
        { cause },
      )
    }
  }
}

const shown = ({ id, first_seen_at, retired_at }: Row): KeyEncryptionKey => ({
  id,
  firstSeenAt: first_seen_at,
  retiredAt: retired_at,
})
