/** The default adapter of the event store port: one PostgreSQL, raw SQL, a tree that grows in the appending transaction. */
import pg from 'pg'
import type { StoredEvent } from '../event.js'
import type {
  AppendResult,
  EventStore,
  LogHead,
  ReadAllOptions,
  ReadStreamOptions,
  StreamAppend,
  SubscribeOptions,
} from '../event-store.js'
import { signCheckpoint } from '../log/checkpoint.js'
import type { NoteSigner } from '../log/note-key.js'
import type { PlannedBatch } from './append-plan.js'
import { Appender, DEFAULT_PATIENCE_MS, type AppenderOptions } from './appender.js'
import { EventReader } from './event-reader.js'
import { committedEvent } from './event-rows.js'
import { LogFollowers } from './log-followers.js'
import { logHead, openHead } from './log-head.js'
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

export class PostgresEventStore implements EventStore {
  readonly deletesPayloads = true
  private readonly followers: LogFollowers
  private readonly room: RoomAhead

  private constructor(
    private readonly options: PostgresEventStoreOptions,
    readonly reader: EventReader,
    private appender: Appender,
  ) {
    this.followers = new LogFollowers((wanted) => reader.readAll(wanted))
    this.room = new RoomAhead(options.pool, options.onRoomFailure)
  }

  /**
   * @throws ConfigurationError the database holds a log that was signed under another name or key
   * @throws IntegrityError `log-head-inconsistent`
   */
  static async open(options: PostgresEventStoreOptions): Promise<PostgresEventStore> {
    await settleHome(options.pool, 'postgresql')
    const head = await openHead(options.pool, options.signer)
    const reader = new EventReader(options.pool)
    const { signer, writerUrl, now, patienceMs, onClockBehind } = options
    const store: PostgresEventStore = new PostgresEventStore(
      options,
      reader,
      await Appender.open(
        {
          connect: () => connectWriter(writerUrl, patienceMs),
          sign: (size, root) => signCheckpoint({ origin: signer.name, size, root }, signer),
          now,
          patienceMs,
          onClockBehind,
          onCommit: (batch) => store.committed(batch),
        },
        head,
      ),
    )
    await store.room.makeFor(head.tree.size)
    return store
  }

  append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    return this.appender.append(appends)
  }

  revisionOf(stream: string): Promise<number> {
    return this.reader.revisionOf(stream)
  }

  readStream(stream: string, options?: ReadStreamOptions): Promise<StoredEvent[]> {
    return this.reader.readStream(stream, options)
  }

  readStreams(streams: readonly string[]): Promise<Map<string, StoredEvent[]>> {
    return this.reader.readStreams(streams)
  }

  readAll(options: ReadAllOptions): Promise<StoredEvent[]> {
    return this.reader.readAll(options)
  }

  find(ids: readonly string[]): Promise<StoredEvent[]> {
    return this.reader.find(ids)
  }

  subscribe(options: SubscribeOptions): AsyncIterable<StoredEvent[]> {
    return this.followers.subscribe(options)
  }

  head(): Promise<LogHead> {
    return logHead(this.options.pool)
  }

  /** Answers everyone who waits, takes nothing more and lets go of the writer's connection. */
  close(): Promise<void> {
    return this.appender.close()
  }

  private committed({ events, tree }: PlannedBatch): void {
    this.followers.committed(events.map(committedEvent))
    this.room.makeAside(tree.size)
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
