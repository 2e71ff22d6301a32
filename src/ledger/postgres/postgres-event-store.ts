/** The default adapter of the event store port: one PostgreSQL, raw SQL, a tree that grows in the appending transaction. */
import pg from 'pg'
import { signCheckpoint } from '../log/checkpoint.js'
import type { NoteSigner } from '../log/note-key.js'
import { Appender, DEFAULT_PATIENCE_MS, type AppenderOptions } from './appender.js'
import { EventReader } from './event-reader.js'
import { committedEvent } from './event-rows.js'
import { IndexedEventStore, type IndexedEventStoreParts } from './indexed-event-store.js'
import { LogFollowers } from './log-followers.js'
import { openHead } from './log-head.js'
import { settleHome } from './log-home.js'
import { RoomAhead } from './room-ahead.js'

export interface PostgresEventStoreOptions {
  pool: pg.Pool
  /** Where the writer's own connection goes: the service role. */
  writerUrl: string
  /** Signs the checkpoints; its name is the log's origin. */
  signer: NoteSigner
  now?: AppenderOptions['now']
  patienceMs?: number
  onClockBehind?(byMs: number): void
  /** The next partition could not be made; appends go on while there is room. */
  onRoomFailure?(error: unknown): void
}

export class PostgresEventStore extends IndexedEventStore {
  readonly deletesPayloads = true

  private constructor(
    parts: IndexedEventStoreParts,
    private readonly appender: Appender,
  ) {
    super(parts)
  }

  /**
   * @throws ConfigurationError the database holds a log that was signed under another name or key
   * @throws IntegrityError `log-head-inconsistent`
   */
  static async open(options: PostgresEventStoreOptions): Promise<PostgresEventStore> {
    const { pool, signer, writerUrl, now, patienceMs, onClockBehind, onRoomFailure } = options
    await settleHome(pool, 'postgresql')
    const head = await openHead(pool, signer)
    const reader = new EventReader(pool)
    const followers = new LogFollowers((wanted) => reader.readAll(wanted))
    const room = new RoomAhead(pool, onRoomFailure)
    await room.makeFor(head.tree.size)
    const writing: AppenderOptions = {
      connect: () => connectWriter(writerUrl, patienceMs),
      sign: (size, root) => signCheckpoint({ origin: signer.name, size, root }, signer),
      now,
      patienceMs,
      onClockBehind,
      onCommit: ({ events, tree }) => {
        followers.committed(events.map(committedEvent))
        room.makeAside(tree.size)
      },
    }
    const appender = await Appender.open(writing, head)
    return new PostgresEventStore({ pool, reader, writer: appender, followers }, appender)
  }

  /** Answers everyone who waits, takes nothing more and lets go of the writer's connection. */
  close(): Promise<void> {
    return this.appender.close()
  }
}

/** @param patienceMs a connection that answers nothing for so long is taken for lost */
async function connectWriter(url: string, patienceMs = DEFAULT_PATIENCE_MS): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'twin-ledger writer',
    keepAlive: true,
    pipeline: true,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
  })
  // Without a listener a lost connection would end the process; the writer learns of it from its next statement.
  client.on('error', () => undefined)
  await client.connect()
  // A plan made for the values at hand is never worth its planning here: all access is by key.
  await client.query('set plan_cache_mode = force_generic_plan')
  // Whatever the server's default is: what is acknowledged here is on disk.
  await client.query(
    `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`,
  )
  return client
}
