/**
 * The adapter for those who keep their events in a KurrentDB or EventStoreDB cluster: the cluster holds the log, entries and payloads;
 * PostgreSQL holds an index over it, the tiles and everything that is made of events. See compliance/decisions/0067-kurrentdb-holds-the-log.md.
 */
import type { Pool } from 'pg'
import type { IntegrityError } from '../../platform/errors.js'
import { signCheckpoint } from '../log/checkpoint.js'
import type { NoteSigner } from '../log/note-key.js'
import { DEFAULT_PATIENCE_MS } from '../postgres/appender.js'
import { EventReader } from '../postgres/event-reader.js'
import { committedEvent } from '../postgres/event-rows.js'
import { IndexedEventStore, type IndexedEventStoreParts } from '../postgres/indexed-event-store.js'
import { LogFollowers } from '../postgres/log-followers.js'
import { assertHome, settleHome } from '../postgres/log-home.js'
import { RoomAhead } from '../postgres/room-ahead.js'
import { ClusterLog } from './cluster-log.js'
import { ClusterReader } from './cluster-reader.js'
import { KurrentAppender } from './kurrent-appender.js'
import { LogIndex } from './log-index.js'

/** KurrentDB's MaxAppendSize where nobody changed it. */
export const DEFAULT_MAX_APPEND_BYTES = 1_048_576
/** How soon what a dead process left in the cluster is found; what living ones append they index themselves. */
const LOOK_EVERY_MS = 1_000

export interface KurrentEventStoreOptions {
  /** EVENTSTORE_URL. */
  url: string
  /** Of the service role: the index. */
  pool: Pool
  /** Signs the checkpoints; its name is the log's origin and names the stream. */
  signer: NoteSigner
  maxAppendBytes?: number
  /** How long appends wait for a lost cluster or index before they are refused, in milliseconds; default 10,000. */
  patienceMs?: number
  /** A call to the cluster that answers nothing for so long is taken for lost, in milliseconds; default 10,000. */
  callLimitMs?: number
  now?: () => number
  onClockBehind?(byMs: number): void
  onRoomFailure?(error: unknown): void
  /** The cluster does not hold what was recorded. Told once, until it does again. */
  onContradiction?(error: IntegrityError): void
}

export class KurrentEventStore extends IndexedEventStore {
  /** The cluster takes nothing out of the middle of a stream. */
  readonly deletesPayloads = false
  private looking: NodeJS.Timeout | undefined
  private contradiction: string | null = null

  private constructor(
    parts: IndexedEventStoreParts,
    private readonly log: ClusterLog,
    private readonly index: LogIndex,
    private readonly appender: KurrentAppender,
    private readonly onContradiction?: (error: IntegrityError) => void,
  ) {
    super(parts)
  }

  /**
   * Opens the log and brings the index to its end, which after the loss of the index is the whole log.
   *
   * @throws ConfigurationError a log under another name or key, one that was begun in PostgreSQL, or credentials that do not do
   * @throws IntegrityError `log-rolled-back`, `log-forked`, `log-entry-foreign`: the cluster does not hold what was recorded
   * @throws Unavailable `store-unavailable`
   */
  static async open(options: KurrentEventStoreOptions): Promise<KurrentEventStore> {
    const { url, pool, signer, callLimitMs } = options
    const { patienceMs = DEFAULT_PATIENCE_MS, maxAppendBytes = DEFAULT_MAX_APPEND_BYTES } = options
    await assertHome(pool, 'kurrentdb')
    const log = new ClusterLog({ url, origin: signer.name, callLimitMs })
    try {
      const room = new RoomAhead(pool, options.onRoomFailure)
      const reader = new ClusterReader(new EventReader(pool), log)
      const followers = new LogFollowers((wanted) => reader.readAll(wanted))
      const index = await LogIndex.open(pool, log, signer, ({ events, tree }) => {
        followers.committed(events.map(committedEvent))
        room.makeAside(tree.size)
      })
      // Only now: a cluster that could not be reached decides nothing.
      await settleHome(pool, 'kurrentdb')
      await room.makeFor(await log.size())
      await index.catchUp()
      const sign = (size: number, root: Buffer) => signCheckpoint({ origin: signer.name, size, root }, signer)
      const { now, onClockBehind } = options
      const onContradiction = (error: IntegrityError) => store.contradicted(error)
      const writing = { log, index, sign, maxAppendBytes, patienceMs, now, onClockBehind, onContradiction }
      const appender = new KurrentAppender(writing)
      const parts = { pool, reader, writer: appender, followers }
      const store = new KurrentEventStore(parts, log, index, appender, options.onContradiction)
      store.lookAround()
      return store
    } catch (error) {
      await log.close()
      throw error
    }
  }

  /** How many events the cluster holds, and the code of what is wrong with them. @throws Unavailable `store-unavailable` */
  async clusterState(): Promise<{ size: number; contradiction: string | null }> {
    return { size: await this.log.size(), contradiction: this.contradiction }
  }

  /** Answers everyone who waits, takes nothing more and lets go of the cluster. */
  async close(): Promise<void> {
    clearTimeout(this.looking)
    this.looking = undefined
    await this.appender.close()
    await this.log.close()
  }

  private contradicted(error: IntegrityError): void {
    if (this.contradiction === error.code) return
    this.contradiction = error.code
    this.onContradiction?.(error)
  }

  private lookAround(): void {
    const look = async () => {
      // A cluster that is away is for appends and for the health check to tell of.
      const size = await this.log.size().catch(() => null)
      if (size === this.index.head.tree.size) this.contradiction = null
      else if (size !== null) this.appender.catchUp()
      this.looking?.refresh()
    }
    this.looking = setTimeout(() => void look(), LOOK_EVERY_MS).unref()
  }
}
