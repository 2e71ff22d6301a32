import type { Pool } from 'pg'
import type { KeyClass } from './key-class.js'

/** Names of all keys a person ever had in these classes, destroyed ones included; no key material. */
export async function keyIdsOf(pool: Pool, subject: string, classes: readonly KeyClass[]): Promise<string[]> {
  const { rows } = await pool.query<{ kid: string }>(
    'select kid from vault.subject_key where subject = $1 and class = any ($2) order by kid',
    [subject, classes],
  )
  return rows.map(({ kid }) => kid)
}
