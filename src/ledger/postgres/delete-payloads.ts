import type { Pool } from 'pg'

/**
 * Deletes ciphertexts whose keys were destroyed; positions sealed under other keys are left alone.
 *
 * @param destruction position of the event that destroyed the keys: without it the database refuses
 * @param positions of events sealed under them, a bounded number at a time
 * @returns how many were still there
 */
export async function deletePayloads(pool: Pool, destruction: number, positions: readonly number[]): Promise<number> {
  const { rows } = await pool.query<{ deleted: number }>('select ledger.delete_payloads($1, $2) as deleted', [
    destruction,
    positions,
  ])
  return rows[0]!.deleted
}
