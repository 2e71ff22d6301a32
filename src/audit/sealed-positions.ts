/** Where ciphertext lies, from the audit trail's index of persons. */
import type { Pool } from 'pg'
import type { SealedPositions } from '../journal/ciphertext-deletion.js'

/** Positions of events about these persons that are sealed under these keys, and how far the trail has come. */
export async function sealedPositions(
  pool: Pool,
  subjects: readonly string[],
  kids: readonly string[],
): Promise<SealedPositions> {
  // How far first: what the trail learns meanwhile is looked at twice rather than not at all.
  const { rows: progress } = await pool.query<{ position: string }>(
    `select position from read.projection where name = 'audit'`,
  )
  const { rows } = await pool.query<{ position: string; kid: string }>(
    'select position, key_id as kid from read.audit_entry where subject = any ($1::uuid[]) and key_id = any ($2::uuid[])',
    [subjects, kids],
  )
  return {
    known: rows.map(({ position, kid }) => ({ position: Number(position), kid })),
    knownBelow: Number(progress[0]?.position ?? 0),
  }
}
