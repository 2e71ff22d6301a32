/** Reads: by stream, from a position, by id. */
import type { ClientBase, Pool } from 'pg'
import { InvalidRequest } from '../../platform/errors.js'
import type { StoredEvent } from '../event.js'
import { isStreamName, isUuid, leafEnding } from '../event-header.js'
import type { ReadAllOptions, ReadStreamOptions } from '../event-store.js'
import { EVENT_COLUMNS, storedEvent, type EventRow } from './event-rows.js'

/** Without a limit of its own a read returns at most this many events. */
export const READ_LIMIT = 100_000

export class EventReader {
  constructor(private readonly database: Pool | ClientBase) {}

  async revisionOf(stream: string): Promise<number> {
    return (await this.revisionsOf([stream])).get(stream)!
  }

  /** Last revision of each stream, -1 for those that do not exist. */
  async revisionsOf(streams: readonly string[]): Promise<Map<string, number>> {
    const { rows } = await this.database.query<{ stream: string; revision: number }>({
      name: 'ledger-revisions',
      text: `select s.stream, coalesce((select e.revision from ledger.event e where e.stream = s.stream order by e.revision desc limit 1), -1) as revision
          from unnest($1::text[]) as s(stream)`,
      values: [streams],
    })
    return new Map(rows.map((row) => [row.stream, row.revision]))
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    if (!isStreamName(stream)) throw new InvalidRequest('stream-name-invalid', 'A stream is named <category>-<uuid>.')
    const columns = options.payloads === false ? 'bare' : 'withPayload'
    const backwards = options.direction === 'backwards'
    const values: unknown[] = [stream, options.limit ?? READ_LIMIT]
    if (options.from !== undefined) values.push(options.from)
    const bound = options.from === undefined ? '' : backwards ? 'and e.revision <= $3' : 'and e.revision >= $3'
    const { rows } = await this.database.query<EventRow>(
      `select ${EVENT_COLUMNS[columns]} from ledger.event e
       where e.stream = $1 ${bound} order by e.revision ${backwards ? 'desc' : 'asc'} limit $2`,
      values,
    )
    return rows.map(storedEvent)
  }

  async readStreams(
    streams: readonly string[],
    { payloads = true }: { payloads?: boolean } = {},
  ): Promise<Map<string, StoredEvent[]>> {
    if (!streams.every(isStreamName))
      throw new InvalidRequest('stream-name-invalid', 'A stream is named <category>-<uuid>.')
    const { rows } = await this.database.query<EventRow>({
      name: payloads ? 'ledger-streams' : 'ledger-streams-bare',
      // The limit keeps each stream a look-up of its own; as a join the planner may prefer to read the whole log.
      text: `select ${EVENT_COLUMNS[payloads ? 'withPayload' : 'bare']} from unnest($1::text[]) as s (stream) cross join lateral
          (select position, leaf from ledger.event where stream = s.stream order by revision limit ${READ_LIMIT}) e`,
      values: [streams],
    })
    const found = new Map<string, StoredEvent[]>(streams.map((stream) => [stream, []]))
    for (const event of rows.map(storedEvent)) found.get(event.header.stream)!.push(event)
    return found
  }

  async readAll({ from, limit, types, payloads }: ReadAllOptions): Promise<StoredEvent[]> {
    const columns = payloads === false ? 'bare' : 'withPayload'
    const values: unknown[] = [from, from + limit]
    if (types) values.push(types.map((type) => Buffer.from(leafEnding(type))))
    const ofTypes = types
      ? `and exists (select from unnest($3::bytea[]) as t (ending)
                      where substring(e.leaf from length(e.leaf) - length(t.ending) + 1) = t.ending)`
      : ''
    const { rows } = await this.database.query<EventRow>(
      `select ${EVENT_COLUMNS[columns]} from ledger.event e
       where e.position >= $1 and e.position < $2 ${ofTypes} order by e.position`,
      values,
    )
    return rows.map(storedEvent)
  }

  async find(ids: readonly string[], { payloads = true }: { payloads?: boolean } = {}): Promise<StoredEvent[]> {
    if (!ids.every(isUuid)) throw new InvalidRequest('event-id-invalid', 'An event id is a UUID.')
    const { rows } = await this.database.query<EventRow>({
      name: payloads ? 'ledger-find' : 'ledger-find-bare',
      text: `select ${EVENT_COLUMNS[payloads ? 'withPayload' : 'bare']} from ledger.event e where e.id = any ($1::uuid[])`,
      values: [ids],
    })
    return rows.map(storedEvent)
  }
}
