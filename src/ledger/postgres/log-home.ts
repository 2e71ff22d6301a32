/** Where the payloads of a log are kept, decided at its first start: a log of one kind must not go on as the other. */
import type { Pool } from 'pg'
import { ConfigurationError } from '../../platform/errors.js'

export type LogHome = 'postgresql' | 'kurrentdb'

/** @throws ConfigurationError the log in this database was begun with the other kind of store */
export async function settleHome(pool: Pool, home: LogHome): Promise<void> {
  await pool.query('insert into ledger.home (store) values ($1) on conflict do nothing', [home])
  const { rows } = await pool.query<{ store: LogHome }>('select store from ledger.home')
  if (rows[0]!.store === home) return
  throw new ConfigurationError(
    home === 'postgresql'
      ? 'The events of this ledger are kept in KurrentDB: EVENTSTORE_URL must name the cluster it was started with.'
      : 'The events of this ledger are kept in PostgreSQL: EVENTSTORE_URL can only be set at the first start of a ledger.',
  )
}
