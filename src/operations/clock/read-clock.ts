/** Holds the clock of the server against the log and against the database. */
import type { Pool } from 'pg'
import type { EventStore } from '../../ledger/event-store.js'
import type { ClockReading } from './events.js'

/**
 * How far the clock stands behind the last event. The log is asked first: what is recorded meanwhile would else look like the
 * future.
 */
export async function readAgainstLog(store: Pick<EventStore, 'head'>, limitMs: number): Promise<ClockReading> {
  const { recordedAt } = await store.head()
  const now = Date.now()
  const differenceMs = recordedAt === null ? 0 : Math.min(0, now - Date.parse(recordedAt))
  return { against: 'log', differenceMs, uncertaintyMs: 0, limitMs, measuredAt: new Date(now).toISOString() }
}

/**
 * The database's clock was read at some time between question and answer: taken as the middle, the difference is wrong by half
 * the round trip at the most. The round trip is measured by a clock that nobody sets.
 */
export async function readAgainstDatabase(pool: Pick<Pool, 'query'>, limitMs: number): Promise<ClockReading> {
  const asked = Date.now()
  const started = performance.now()
  const { rows } = await pool.query<{ ms: string }>('select extract(epoch from clock_timestamp()) * 1000 as ms')
  const half = (performance.now() - started) / 2
  return {
    against: 'database',
    differenceMs: Math.round(asked + half - Number(rows[0]!.ms)),
    uncertaintyMs: Math.ceil(half),
    limitMs,
    measuredAt: new Date(asked).toISOString(),
  }
}
