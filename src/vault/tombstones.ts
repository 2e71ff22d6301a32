/** What was destroyed for good, as the vault's schema remembers it, and how far the log was searched for destructions. */
import type { Pool } from 'pg'
import type { KeyClass } from './key-class.js'

/** That a person's keys of some classes were destroyed, and which event of the ledger says so. */
export interface Destruction {
  subject: string
  classes: readonly KeyClass[]
  /** Keys the event names; a vault that never held them remembers them too, so that their ciphertext is deleted. */
  kids?: readonly string[]
  /** Id and position of the event. */
  event: string
  position: number
}

export interface DestroyedKeys {
  class: KeyClass
  /** Every key of the class there ever was: names, no key material. */
  kids: string[]
  /** How many of them were destroyed by this call. */
  destroyed: number
}

export interface Tombstone {
  subject: string
  class: KeyClass
  kids: string[]
  event: string
  position: number
  destroyedAt: Date
  /** Null while ciphertext may be left. */
  ciphertextsDeletedAt: Date | null
}

/** Below `position` every destruction of the log was carried out; `event` is the id of the event before it. */
export interface SearchedLog {
  position: number
  event: string | null
}

interface Row {
  subject: string
  class: KeyClass
  kids: string[]
  event: string
  position: string
  destroyed_at: Date
  ciphertexts_deleted_at: Date | null
}

/** Destroys what there is and leaves the tombstones, in one transaction; see vault.destroy_keys. */
export async function destroyKeys(
  pool: Pool,
  { subject, classes, kids = [], event, position }: Destruction,
): Promise<DestroyedKeys[]> {
  const { rows } = await pool.query<DestroyedKeys>(
    'select class, kids, destroyed from vault.destroy_keys($1, $2, $3, $4, $5)',
    [subject, classes, kids, event, position],
  )
  return rows
}

export class Tombstones {
  constructor(private readonly pool: Pool) {}

  all(): Promise<Tombstone[]> {
    return this.select('true')
  }

  /** Those of one person. */
  of(subject: string): Promise<Tombstone[]> {
    return this.select('subject = $1', [subject])
  }

  /** Those whose ciphertext may not be deleted everywhere yet. */
  unfinished(): Promise<Tombstone[]> {
    return this.select('ciphertexts_deleted_at is null')
  }

  /** Those whose keys are there again: the keys were restored, the tombstones were not. */
  defied(): Promise<Tombstone[]> {
    return this.select(
      `exists (select from vault.subject_key k where k.subject = d.subject and k.class = d.class and k.wrapped is not null)`,
    )
  }

  /** Notes that no ciphertext is left, for those destroyed at least `settledMs` ago: no process seals under their keys any more. */
  async finish(tombstones: readonly Tombstone[], settledMs: number): Promise<void> {
    await this.pool.query(
      `update vault.destruction d set ciphertexts_deleted_at = now()
       from unnest($1::uuid[], $2::text[]) as t(subject, class)
       where d.subject = t.subject and d.class = t.class and d.destroyed_at < now() - $3 * interval '1 millisecond'`,
      [tombstones.map(({ subject }) => subject), tombstones.map((tombstone) => tombstone.class), settledMs],
    )
  }

  /** Names another event as the ground: the log lost the first one, and says it again. Ciphertext may be back. */
  async ground({ subject, class: keyClass }: Tombstone, event: string, position: number): Promise<void> {
    await this.pool.query(
      'update vault.destruction set event = $3, position = $4, ciphertexts_deleted_at = null where subject = $1 and class = $2',
      [subject, keyClass, event, position],
    )
  }

  /** The log is not the one that was searched: ciphertext that was deleted may be back. */
  async reopen(): Promise<void> {
    await this.pool.query('update vault.destruction set ciphertexts_deleted_at = null')
  }

  async searchedLog(): Promise<SearchedLog> {
    const { rows } = await this.pool.query<{ position: string; event: string | null }>(
      'select position, event from vault.searched_log',
    )
    return { position: Number(rows[0]!.position), event: rows[0]!.event }
  }

  /** @param instead also when that is not as far as before: the log was replaced by an older one */
  async searched({ position, event }: SearchedLog, instead = false): Promise<void> {
    await this.pool.query('update vault.searched_log set position = $1, event = $2 where position < $1 or $3', [
      position,
      event,
      instead,
    ])
  }

  private async select(condition: string, values: unknown[] = []): Promise<Tombstone[]> {
    const { rows } = await this.pool.query<Row>(
      `select * from vault.destruction d where ${condition} order by destroyed_at, subject, class`,
      values,
    )
    return rows.map(({ position, destroyed_at, ciphertexts_deleted_at, ...row }) => ({
      ...row,
      position: Number(position),
      destroyedAt: destroyed_at,
      ciphertextsDeletedAt: ciphertexts_deleted_at,
    }))
  }
}
