/** Where the payloads of a log are kept, decided with its first event: a log of one kind must not go on as the other. */
import type { ClientBase, Pool } from 'pg'
import { ConfigurationError } from '../../platform/errors.js'

export type LogHome = 'postgresql' | 'kurrentdb'

/** A log that has events and says nothing was begun, or restored, in PostgreSQL. */
export async function homeOf(database: Pool | ClientBase): Promise<LogHome> {
  const { rows } = await database.query<{ store: LogHome }>('select store from ledger.home')
  return rows[0]?.store ?? 'postgresql'
}

/** @throws ConfigurationError the database has events of a log that is kept elsewhere */
export async function assertHome(pool: Pool, home: LogHome): Promise<void> {
  const { rows } = await pool.query<{ begun: boolean }>(
    'select exists (select from ledger.head where size > 0) as begun',
  )
  if (!rows[0]!.begun || (await homeOf(pool)) === home) return
  throw new ConfigurationError(
    home === 'postgresql'
      ? 'The events of this ledger are kept in KurrentDB: EVENTSTORE_URL must name the cluster it was started with.'
      : 'The events of this ledger are kept in PostgreSQL: EVENTSTORE_URL can only be set before there are any.',
  )
}

/** Notes where the log is kept, as long as there is not one event of it. @throws ConfigurationError as `assertHome` does */
export async function settleHome(pool: Pool, home: LogHome): Promise<void> {
  await pool.query(
    `insert into ledger.home (store) select $1 where not exists (select from ledger.head where size > 0)
     on conflict (only_row) do update set store = excluded.store`,
    [home],
  )
  await assertHome(pool, home)
}
