/**
 * The log as one stream of a KurrentDB or EventStoreDB cluster: revision n of the stream is position n of the log. The cluster's own
 * check of the expected revision therefore orders all writers, and a position is neither left out nor given twice.
 */
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  NO_STREAM,
  StreamNotFoundError,
  type ResolvedEvent,
} from '@eventstore/db-client'
import { ConfigurationError, IntegrityError } from '../../platform/errors.js'
import { inParallel } from '../../platform/in-parallel.js'
import { clusterAway, clusterFailure, isElsewhere } from './cluster-failures.js'
import { eventOf, recordedEntry, type LogEntry, type RecordedEntry } from './log-entry.js'
import { LONGEST_RUN, runsOf } from './runs.js'

/** A call that answers nothing for so long, or nothing more, is taken for lost, in milliseconds. */
const CALL_LIMIT_MS = 10_000
/** Reads of scattered positions that are under way at once. */
const READS_AT_ONCE = 8

export interface ClusterOptions {
  /** `esdb://`, `esdb+discover://` or the same with `kurrentdb`; the credentials in it are those of the service. */
  url: string
  /** Name of the log; ledgers with different names may share a cluster. */
  origin: string
  /** Default 10,000. */
  callLimitMs?: number
}

export class ClusterLog {
  private readonly client: EventStoreDBClient
  private readonly credentials
  private readonly callLimitMs: number
  private closed = false
  readonly stream: string

  constructor({ url, origin, callLimitMs = CALL_LIMIT_MS }: ClusterOptions) {
    // This client knows the scheme by its older name alone.
    this.client = EventStoreDBClient.connectionString(url.replace(/^kurrentdb/, 'esdb'))
    this.credentials = credentialsIn(url)
    this.callLimitMs = callLimitMs
    this.stream = `twin_ledger-${origin}`
  }

  /**
   * Appends all of the entries or none.
   *
   * @param from the position of the first: the stream must end just before it
   * @returns `elsewhere` when it ends at another position: nothing was written
   * @throws Unavailable `store-unavailable`: it may or may not have been written
   * @throws InvalidRequest `append-too-large`
   */
  async append(from: number, entries: readonly LogEntry[]): Promise<'appended' | 'elsewhere'> {
    try {
      const appending = this.client.appendToStream(this.stream, entries.map(eventOf), {
        expectedRevision: from === 0 ? NO_STREAM : BigInt(from - 1),
        requiresLeader: true,
        deadline: this.callLimitMs,
        // Named with the call, they make it a call of its own with a deadline of its own. Without them all appends of the process
        // share one that has none, behind a question that is never asked again once it failed.
        credentials: this.credentials,
      })
      const { nextExpectedRevision } = await within(this.callLimitMs, appending)
      // A stream that was deleted goes on where it ended, though it passes for one that does not exist.
      if (nextExpectedRevision !== BigInt(from + entries.length - 1))
        throw new IntegrityError('log-rolled-back', 'The stream of the log was deleted in the event cluster.')
      return 'appended'
    } catch (error) {
      if (isElsewhere(error)) return 'elsewhere'
      throw clusterFailure(error)
    }
  }

  /** How many entries there are. @throws Unavailable `store-unavailable` @throws IntegrityError `log-rolled-back` */
  async size(): Promise<number> {
    const [last] = await this.collect({ direction: BACKWARDS, fromRevision: END, maxCount: 1 })
    return last?.event ? Number(last.event.revision) + 1 : 0
  }

  /**
   * Entries from a position on, in order; fewer than `limit` only at the end. A call asks for no more than can be waited for.
   *
   * @throws IntegrityError `log-has-a-hole`, `log-entry-foreign`, `payload-altered`
   */
  async read(from: number, limit: number): Promise<RecordedEntry[]> {
    const entries: RecordedEntry[] = []
    while (entries.length < limit) {
      const wanted = Math.min(LONGEST_RUN, limit - entries.length)
      const run = await this.readRun(from + entries.length, wanted)
      entries.push(...run)
      if (run.length < wanted) break
    }
    return entries
  }

  private async readRun(from: number, count: number): Promise<RecordedEntry[]> {
    const events = await this.collect({ fromRevision: BigInt(from), maxCount: count })
    return events.map((event, index) => {
      const entry = recordedEntry(event)
      if (entry.position !== from + index)
        throw new IntegrityError('log-has-a-hole', `Position ${from + index} of the log is missing.`, {
          position: from + index,
        })
      return entry
    })
  }

  /** The payloads at these positions. Neighbours are read together; what lies far apart costs a call each. */
  async payloads(positions: readonly number[]): Promise<Map<number, Buffer>> {
    const wanted = new Set(positions)
    const found = new Map<number, Buffer>()
    await inParallel(READS_AT_ONCE, runsOf(positions), async ({ from, count }) => {
      for (const { position, payload } of await this.read(from, count))
        if (wanted.has(position)) found.set(position, payload)
    })
    for (const position of wanted)
      if (!found.has(position))
        throw new IntegrityError('log-has-a-hole', `Position ${position} of the log is missing.`, { position })
    return found
  }

  /** Ends what is under way with `store-unavailable`. */
  close(): Promise<void> {
    this.closed = true
    return this.client.dispose()
  }

  /** The leader answers: a follower may not have yet what was acknowledged. */
  private async collect(options: {
    direction?: typeof BACKWARDS
    fromRevision: bigint | typeof END
    maxCount: number
  }): Promise<ResolvedEvent[]> {
    if (this.closed) throw clusterAway()
    const stream = this.client.readStream(this.stream, { ...options, requiresLeader: true })
    const timer = setTimeout(() => {
      stream.destroy(clusterAway())
      void stream.cancel().catch(() => undefined)
    }, this.callLimitMs)
    try {
      const events: ResolvedEvent[] = []
      for await (const event of stream) {
        events.push(event)
        timer.refresh()
      }
      // The client ends what it gives up as if there were no more.
      if (this.closed) throw clusterAway()
      return events
    } catch (error) {
      if (error instanceof StreamNotFoundError) return []
      throw clusterFailure(error)
    } finally {
      clearTimeout(timer)
    }
  }
}

/**
 * Name and password of a connection string. Where it has none and asks for no TLS the client sends none either, whatever it is given.
 *
 * @throws ConfigurationError a connection by TLS without them
 */
function credentialsIn(url: string): { username: string; password: string } {
  const [, username, password] = /^[^:]+:\/\/([^:@/]+):([^@/]*)@/.exec(url) ?? []
  if (username !== undefined) return { username: decoded(username), password: decoded(password ?? '') }
  if (/[?&]tls=false(&|$)/i.test(url)) return { username: 'nobody', password: '' }
  throw new ConfigurationError('EVENTSTORE_URL must name a user and a password, or say tls=false.')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ConfigurationError('The user and the password in EVENTSTORE_URL must be percent-encoded.')
  }
}

/** @throws Unavailable `store-unavailable` when it takes longer */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<never>((_resolve, reject) => {
    // The call's own deadline comes first where it has one.
    timer = setTimeout(() => reject(clusterAway()), limitMs + 1_000)
  })
  try {
    return await Promise.race([work, tooLong])
  } finally {
    clearTimeout(timer)
  }
}
