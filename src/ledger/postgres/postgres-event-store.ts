/** The default adapter of the event store port: one PostgreSQL, raw SQL, a tree that grows in the appending transaction. */
import pg from 'pg'
import { ConfigurationError } from '../../platform/errors.js'
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
import { openCheckpoint, signCheckpoint } from '../log/checkpoint.js'
import { noteVerifier, type NoteSigner } from '../log/note-key.js'
import { TreeState } from '../log/tree-state.js'
import type { PlannedBatch } from './append-plan.js'
import { Appender, DEFAULT_PATIENCE_MS, type AppenderOptions } from './appender.js'
import { EventReader } from './event-reader.js'
import { committedEvent } from './event-rows.js'
import { SharedReads } from './shared-reads.js'
import { CommitSignal, follow } from './subscription.js'
import { loadHead, type HeadState } from './tree-loader.js'

/** Partitions are made this far ahead of the head: half a partition. */
const ROOM_AHEAD = 2 ** 23

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
  private readonly commits = new CommitSignal()
  /** For those who follow with payloads, and for those who follow without. */
  private readonly followers: Readonly<Record<'withPayload' | 'bare', SharedReads>>
  private roomUntil = 0
  private makingRoom = false

  private constructor(
    private readonly options: PostgresEventStoreOptions,
    readonly reader: EventReader,
    private appender: Appender,
  ) {
    const shared = () => new SharedReads((wanted) => reader.readAll(wanted))
    this.followers = { withPayload: shared(), bare: shared() }
  }

  /**
   * @throws ConfigurationError the database holds a log that was signed under another name or key
   * @throws IntegrityError `log-head-inconsistent`
   */
  static async open(options: PostgresEventStoreOptions): Promise<PostgresEventStore> {
    const head = await openHead(options)
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
    await store.makeRoom(head.tree.size)
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
    return follow(this.followers[options.payloads === false ? 'bare' : 'withPayload'], this.commits, options)
  }

  async head(): Promise<LogHead> {
    const { rows } = await this.options.pool.query<{ size: string; recorded_ms: string; checkpoint: string }>(
      'select size, recorded_ms, checkpoint from ledger.head',
    )
    const { size, recorded_ms, checkpoint } = rows[0]!
    return {
      size: Number(size),
      recordedAt: Number(size) === 0 ? null : new Date(Number(recorded_ms)).toISOString(),
      checkpoint,
    }
  }

  /** Answers everyone who waits, takes nothing more and lets go of the writer's connection. */
  close(): Promise<void> {
    return this.appender.close()
  }

  private committed({ events, tree }: PlannedBatch): void {
    const stored = events.map(committedEvent)
    for (const shared of Object.values(this.followers)) shared.offer(stored)
    this.commits.notify()
    if (tree.size + ROOM_AHEAD / 2 > this.roomUntil && !this.makingRoom) this.makeRoomAside(tree.size)
  }

  /** Appends go on meanwhile; should it fail, the next commit tries again, millions of events before the room ends. */
  private makeRoomAside(size: number): void {
    this.makingRoom = true
    this.makeRoom(size)
      .catch((error: unknown) => this.options.onRoomFailure?.(error))
      .finally(() => (this.makingRoom = false))
  }

  private async makeRoom(size: number): Promise<void> {
    await this.options.pool.query('select ledger.extend($1)', [size + ROOM_AHEAD])
    this.roomUntil = size + ROOM_AHEAD
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

async function openHead({ pool, signer }: PostgresEventStoreOptions): Promise<HeadState> {
  const empty = new TreeState()
  const first = signCheckpoint({ origin: signer.name, size: 0, root: empty.root() }, signer)
  await pool.query(
    'insert into ledger.head (size, frontier, checkpoint, recorded_ms) values (0, $1, $2, 0) on conflict do nothing',
    [empty.frontier(), first],
  )
  const head = (await loadHead(pool))!
  if (!covers(head, signer))
    throw new ConfigurationError(
      'The database holds a log under another name or key: LOG_ORIGIN and LOG_SIGNING_KEY_FILE must be those it was started with.',
    )
  return head
}

/** True when the head's checkpoint is signed by this key and states the tree that the events make. */
function covers({ checkpoint, tree }: HeadState, signer: NoteSigner): boolean {
  try {
    const { size, root } = openCheckpoint(checkpoint, [noteVerifier(signer.vkey)])
    return size === tree.size && root.equals(tree.root())
  } catch {
    return false
  }
}
