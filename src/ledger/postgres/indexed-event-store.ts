/** What the adapters have in common: PostgreSQL says where events lie, and one writer takes all appends of a process. */
import type { Pool } from 'pg'
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
import type { LogFollowers } from './log-followers.js'
import { logHead } from './log-head.js'

export interface IndexedEventStoreParts {
  /** Of the service role. */
  pool: Pool
  reader: Pick<EventStore, 'find' | 'readAll' | 'readStream' | 'readStreams' | 'revisionOf'>
  writer: Pick<EventStore, 'append'>
  followers: LogFollowers
}

export abstract class IndexedEventStore implements EventStore {
  abstract readonly deletesPayloads: boolean

  protected constructor(private readonly parts: IndexedEventStoreParts) {}

  append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    return this.parts.writer.append(appends)
  }

  revisionOf(stream: string): Promise<number> {
    return this.parts.reader.revisionOf(stream)
  }

  readStream(stream: string, options?: ReadStreamOptions): Promise<StoredEvent[]> {
    return this.parts.reader.readStream(stream, options)
  }

  readStreams(streams: readonly string[]): Promise<Map<string, StoredEvent[]>> {
    return this.parts.reader.readStreams(streams)
  }

  readAll(options: ReadAllOptions): Promise<StoredEvent[]> {
    return this.parts.reader.readAll(options)
  }

  find(ids: readonly string[]): Promise<StoredEvent[]> {
    return this.parts.reader.find(ids)
  }

  subscribe(options: SubscribeOptions): AsyncIterable<StoredEvent[]> {
    return this.parts.followers.subscribe(options)
  }

  head(): Promise<LogHead> {
    return logHead(this.parts.pool)
  }
}
