/** The wrapped data keys in the database: one in use for each subject and class, null once destroyed. */
import type { Pool } from 'pg'
import type { KeyClass } from './key-class.js'
import type { WrappedKey } from './key-encryption.js'

export interface StoredKey extends WrappedKey {
  kid: string
}

/** What became of a key that was to be added. */
export type CreateOutcome = 'created' | 'exists' | 'erased' | 'key-encryption-key-unknown'

interface Row {
  kid: string
  wrapped: Buffer | null
  wrapped_by: string
  algorithm: string
}

const COLUMNS = 'kid, wrapped, wrapped_by, algorithm'

export class WrappedKeys {
  constructor(private readonly pool: Pool) {}

  /** The key that seals for this subject and class now. */
  async current(subject: string, keyClass: KeyClass): Promise<StoredKey | null> {
    const { rows } = await this.pool.query<Row>(
      `select ${COLUMNS} from vault.subject_key where subject = $1 and class = $2 and destroyed_at is null`,
      [subject, keyClass],
    )
    return rows[0] ? stored(rows[0]) : null
  }

  /** The keys that seal for these subjects now, by subject; subjects that have none are left out. */
  async currentOf(subjects: readonly string[], keyClass: KeyClass): Promise<Map<string, StoredKey>> {
    const { rows } = await this.pool.query<Row & { subject: string }>(
      `select subject, ${COLUMNS} from vault.subject_key
        where subject = any ($1::uuid[]) and class = $2 and destroyed_at is null`,
      [subjects, keyClass],
    )
    return new Map(rows.map((row) => [row.subject, stored(row)]))
  }

  /** As `create`, for many subjects in one step; the outcomes are not told. */
  async createAll(keyClass: KeyClass, keys: readonly (StoredKey & { subject: string })[]): Promise<void> {
    await this.pool.query(
      `select vault.create_key(k.kid, k.subject, $1, k.wrapped, k.wrapped_by, k.algorithm)
         from unnest($2::uuid[], $3::uuid[], $4::bytea[], $5::text[], $6::text[])
              as k (kid, subject, wrapped, wrapped_by, algorithm)`,
      [
        keyClass,
        keys.map(({ kid }) => kid),
        keys.map(({ subject }) => subject),
        keys.map(({ wrapped }) => wrapped),
        keys.map(({ wrappedBy }) => wrappedBy),
        keys.map(({ algorithm }) => algorithm),
      ],
    )
  }

  /** Those of these keys that exist and were not destroyed. */
  async find(kids: readonly string[]): Promise<StoredKey[]> {
    const { rows } = await this.pool.query<Row>(
      `select ${COLUMNS} from vault.subject_key where kid = any ($1::uuid[]) and wrapped is not null`,
      [kids],
    )
    return rows.map(stored)
  }

  /** Two processes may do this at once: the unique index lets one key win, and both use it. */
  async create(subject: string, keyClass: KeyClass, key: StoredKey): Promise<CreateOutcome> {
    const { rows } = await this.pool.query<{ outcome: CreateOutcome }>(
      'select vault.create_key($1, $2, $3, $4, $5, $6) as outcome',
      [key.kid, subject, keyClass, key.wrapped, key.wrappedBy, key.algorithm],
    )
    return rows[0]!.outcome
  }

  /** Keys that are wrapped by something else than `wrappedBy`, in the order of their ids, from behind `after`. */
  async wrappedByOthers(wrappedBy: string, after: string, limit: number): Promise<StoredKey[]> {
    const { rows } = await this.pool.query<Row>(
      `select ${COLUMNS} from vault.subject_key where wrapped is not null and wrapped_by <> $1 and kid > $2 order by kid limit $3`,
      [wrappedBy, after, limit],
    )
    return rows.map(stored)
  }

  /**
   * Exchanges the wrapping if it is still the one that was opened; false when it was destroyed or exchanged meanwhile, or the new
   * key-encryption key was retired. A retirement waits for it.
   */
  async exchange({ kid, wrapped: old }: StoredKey, { wrapped, wrappedBy, algorithm }: WrappedKey): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `update vault.subject_key set wrapped = $3, wrapped_by = $4, algorithm = $5
       from (select id from vault.key_encryption_key where id = $4 and retired_at is null for share) k
       where kid = $1 and wrapped = $2`,
      [kid, old, wrapped, wrappedBy, algorithm],
    )
    return rowCount === 1
  }

  /** How many keys are wrapped by each key-encryption key. */
  async counts(): Promise<Map<string, number>> {
    const { rows } = await this.pool.query<{ wrapped_by: string; keys: string }>(
      'select wrapped_by, count(*) as keys from vault.subject_key where wrapped is not null group by wrapped_by',
    )
    return new Map(rows.map(({ wrapped_by, keys }) => [wrapped_by, Number(keys)]))
  }

  /** One key of each key-encryption key in use that has no canary. */
  async samplesWithoutCanary(): Promise<StoredKey[]> {
    const { rows } = await this.pool.query<Row>(
      `select distinct on (wrapped_by) ${COLUMNS} from vault.subject_key k where wrapped is not null
       and not exists (select from vault.key_encryption_key where id = k.wrapped_by) order by wrapped_by`,
    )
    return rows.map(stored)
  }
}

const stored = ({ kid, wrapped, wrapped_by, algorithm }: Row): StoredKey => ({
  kid,
  wrapped: wrapped!,
  wrappedBy: wrapped_by,
  algorithm,
})
