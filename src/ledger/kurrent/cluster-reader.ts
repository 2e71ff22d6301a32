/** Reads: where events lie, their headers and their order come from the index in PostgreSQL, their payloads from the cluster. */
import type { StoredEvent } from '../event.js'
import type { ReadAllOptions, ReadStreamOptions } from '../event-store.js'
import type { EventReader } from '../postgres/event-reader.js'
import type { ClusterLog } from './cluster-log.js'

export class ClusterReader {
  constructor(
    private readonly index: EventReader,
    private readonly log: Pick<ClusterLog, 'payloads'>,
  ) {}

  revisionOf(stream: string): Promise<number> {
    return this.index.revisionOf(stream)
  }

  async readStream(stream: string, options: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    const events = await this.index.readStream(stream, { ...options, payloads: false })
    return options.payloads === false ? events : this.withPayloads(events)
  }

  async readStreams(streams: readonly string[]): Promise<Map<string, StoredEvent[]>> {
    const found = await this.index.readStreams(streams, { payloads: false })
    const events = await this.withPayloads([...found.values()].flat())
    const byPosition = new Map(events.map((event) => [event.position, event]))
    return new Map([...found].map(([stream, bare]) => [stream, bare.map(({ position }) => byPosition.get(position)!)]))
  }

  async readAll(options: ReadAllOptions): Promise<StoredEvent[]> {
    const events = await this.index.readAll({ ...options, payloads: false })
    return options.payloads === false ? events : this.withPayloads(events)
  }

  async find(ids: readonly string[]): Promise<StoredEvent[]> {
    return this.withPayloads(await this.index.find(ids, { payloads: false }))
  }

  private async withPayloads(events: StoredEvent[]): Promise<StoredEvent[]> {
    const payloads = await this.log.payloads(events.map(({ position }) => position))
    return events.map((event) => ({ ...event, payload: payloads.get(event.position)! }))
  }
}
