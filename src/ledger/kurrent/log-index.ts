/**
 * The index of a log whose entries lie in the cluster: ids, streams, revisions, leaves and tiles in PostgreSQL's tables of the ledger,
 * without payloads. It holds a beginning of the cluster's stream, never anything else, and can be made anew from it at any time.
 */
import type { Pool } from 'pg'
import { IntegrityError } from '../../platform/errors.js'
import { openCheckpoint } from '../log/checkpoint.js'
import { leafHash } from '../log/hash.js'
import { noteVerifier, type NoteSigner, type NoteVerifier } from '../log/note-key.js'
import { appendOutcome, appendStatement, contradictsLog, type BatchToAppend } from '../postgres/append-statement.js'
import type { WaitingAppend } from '../postgres/append-plan.js'
import { leafAt, loadHead, type HeadState } from '../postgres/tree-loader.js'
import { openHead } from '../postgres/log-head.js'
import { settleAgainstLog, type Settlements } from '../postgres/settle.js'
import type { ClusterLog } from './cluster-log.js'
import type { RecordedEntry } from './log-entry.js'
import { LONGEST_RUN } from './runs.js'

export class LogIndex {
  private readonly verifier: NoteVerifier

  private constructor(
    private readonly pool: Pool,
    private readonly log: Pick<ClusterLog, 'read' | 'size'>,
    signer: NoteSigner,
    private known: HeadState,
    private readonly onIndexed: (batch: BatchToAppend) => void,
  ) {
    this.verifier = noteVerifier(signer.vkey)
  }

  /**
   * The index as it is, compared with the cluster; what it does not have yet is for `catchUp`.
   *
   * @param onIndexed called after each batch that this process added
   * @throws IntegrityError `log-rolled-back`, `log-forked`: the cluster does not hold what was indexed
   * @throws ConfigurationError the index was signed under another name or key
   */
  static async open(
    pool: Pool,
    log: Pick<ClusterLog, 'read' | 'size'>,
    signer: NoteSigner,
    onIndexed: (batch: BatchToAppend) => void,
  ): Promise<LogIndex> {
    const index = new LogIndex(pool, log, signer, await openHead(pool, signer), onIndexed)
    await index.compare(0)
    await index.compareEnds()
    return index
  }

  /** As of the last look; never ahead of the database. */
  get head(): HeadState {
    return this.known
  }

  /** What the index says of these requests. It may be behind the cluster, which then takes no append planned on it. */
  async settle(requests: readonly WaitingAppend[]): Promise<Settlements> {
    const client = await this.pool.connect()
    try {
      return await settleAgainstLog(requests, client)
    } finally {
      client.release()
    }
  }

  /** Adds a batch that the cluster has taken; where another process was faster, what it added is looked at instead. */
  async extend(batch: BatchToAppend): Promise<void> {
    if (await this.add(batch)) {
      this.known = batch
      this.onIndexed(batch)
    } else await this.catchUp()
  }

  /**
   * Adds what the cluster holds and the index does not: what others wrote, or a process that died before it came to that.
   *
   * @throws IntegrityError `log-entry-foreign`: entries that no checkpoint of ours covers; `log-rolled-back`, `log-forked`
   */
  async catchUp(): Promise<void> {
    this.known = (await loadHead(this.pool, this.known.tree))!
    for (;;) {
      const entries = await this.signedEntries(this.known.tree.size)
      if (entries.length === 0) return this.compareEnds()
      const isEnd = entries.length < LONGEST_RUN
      const batch = this.planOf(entries)
      if (await this.add(batch)) {
        this.known = batch
        this.onIndexed(batch)
        if (isEnd) return
        continue
      }
      const before = this.known.tree.size
      this.known = (await loadHead(this.pool, this.known.tree))!
      if (this.known.tree.size === before) throw foreign(before)
    }
  }

  private compareEnds(): Promise<void> {
    return this.compare(this.known.tree.size - 1)
  }

  /**
   * Holds the entry at an indexed position against the index; a position that is not indexed has nothing to be held against.
   *
   * @throws IntegrityError `log-rolled-back`, `log-forked`, `log-has-a-hole`
   */
  private async compare(position: number): Promise<void> {
    const indexed = this.known.tree.size
    if (position < 0 || position >= indexed) return
    const [entry] = await this.log.read(position, 1)
    if (!entry)
      throw new IntegrityError('log-rolled-back', 'The event cluster has fewer events than were recorded.', {
        size: await this.log.size(),
        seen: indexed,
      })
    if (!entry.leaf.equals(await leafAt(this.pool, position)))
      throw new IntegrityError('log-forked', 'The event cluster holds another log than the one that was indexed.', {
        position,
      })
  }

  /** False when the index is elsewhere, and nothing was added. */
  private async add(batch: BatchToAppend): Promise<boolean> {
    try {
      return appendOutcome(await this.pool.query(appendStatement(batch, 'elsewhere'))) === 'appended'
    } catch (error) {
      // Ids and revisions that are there already come of another process that added the same, or of a stream that is not ours.
      if (contradictsLog(error as Error)) return false
      throw error
    }
  }

  /** Entries from a position on, up to one that ends a batch; as many batches as come in one call. */
  private async signedEntries(from: number): Promise<RecordedEntry[]> {
    const entries: RecordedEntry[] = []
    for (;;) {
      const more = await this.log.read(from + entries.length, LONGEST_RUN)
      entries.push(...more)
      const end = entries.findLastIndex(({ checkpoint }) => checkpoint !== undefined)
      if (end >= 0) return entries.slice(0, end + 1)
      if (more.length < LONGEST_RUN) {
        if (entries.length === 0) return []
        throw foreign(from)
      }
    }
  }

  private planOf(entries: readonly RecordedEntry[]): BatchToAppend {
    const { tree: before, recordedMs } = this.known
    const tree = before.fork()
    for (const { leaf } of entries) tree.append(leafHash(leaf))
    const checkpoint = entries.at(-1)!.checkpoint!
    if (!this.covers(checkpoint, tree)) throw foreign(before.size)
    return {
      fromSize: before.size,
      fromFrontier: before.frontier(),
      tree,
      tiles: tree.takeFullTiles(),
      checkpoint,
      recordedMs: entries.reduce((latest, { header }) => Math.max(latest, Date.parse(header.recordedAt)), recordedMs),
      events: entries.map(({ header: { id, stream, revision, recordedAt }, type, position, leaf, payload }) => ({
        id,
        type,
        stream,
        revision,
        position,
        recordedAt,
        leaf,
        payload,
      })),
      expectations: new Map(),
    }
  }

  private covers(signed: string, tree: { size: number; root(): Buffer }): boolean {
    try {
      const { size, root } = openCheckpoint(signed, [this.verifier])
      return size === tree.size && root.equals(tree.root())
    } catch {
      return false
    }
  }
}

function foreign(position: number): IntegrityError {
  return new IntegrityError(
    'log-entry-foreign',
    `From position ${position} on the event cluster holds entries that this log has not signed.`,
    { position },
  )
}
