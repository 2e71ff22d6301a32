/** The event store that the configuration names: a KurrentDB cluster, or PostgreSQL. */
import type { Pool } from 'pg'
import type { EventStore } from '../ledger/event-store.js'
import { KurrentEventStore } from '../ledger/kurrent/kurrent-event-store.js'
import type { NoteSigner } from '../ledger/log/note-key.js'
import { PostgresEventStore } from '../ledger/postgres/postgres-event-store.js'
import type { Configuration } from '../platform/configuration.js'
import type { JsonLogger } from '../platform/logging/logger.js'
import { clockWarning } from './clock-warning.js'

export interface EventStoreOptions {
  /** Of the service role. */
  pool: Pool
  /** The service role's connection URL: the writer has a connection of its own. */
  writerUrl: string
  signer: NoteSigner
  configuration: Pick<Configuration, 'eventStoreUrl' | 'eventStoreMaxAppendBytes'>
  log: JsonLogger
  /** Told of every batch that a clock behind the log was written under. */
  onClockBehind?: (byMs: number) => void
}

export type OpenEventStore = EventStore & { close(): Promise<void> }

export function openEventStore({
  pool,
  writerUrl,
  signer,
  configuration,
  log,
  onClockBehind: tell,
}: EventStoreOptions): Promise<OpenEventStore> {
  const warn = clockWarning((byMs) => log.warn('The clock is behind the log.', { byMs }))
  const onClockBehind = (byMs: number) => {
    warn(byMs)
    tell?.(byMs)
  }
  const onRoomFailure = (error: unknown) =>
    log.error('The next partition could not be made; appends go on while there is room.', { error })
  const onContradiction = (error: unknown) =>
    log.error('The event cluster does not hold what was recorded; nothing is appended.', { error })
  const { eventStoreUrl: url, eventStoreMaxAppendBytes: maxAppendBytes } = configuration
  return url === undefined
    ? PostgresEventStore.open({ pool, writerUrl, signer, onClockBehind, onRoomFailure })
    : KurrentEventStore.open({ url, pool, signer, maxAppendBytes, onClockBehind, onRoomFailure, onContradiction })
}
