/** Stored events → events the domain can read. Internal: showing an opened value to somebody goes through AccessRecorder. */
import type { StoredEvent } from '../ledger/event.js'
import { clearText } from './clear-text.js'
import type { Vault } from '../vault/vault.js'
import type { EventCatalogue } from './event-catalogue.js'
import type { RecordedEvent } from './recorded-event.js'

export class PayloadOpener {
  constructor(
    private readonly vault: Vault,
    private readonly catalogue: EventCatalogue,
  ) {}

  async openAll(events: readonly StoredEvent[]): Promise<RecordedEvent[]> {
    await this.vault.prefetch(events.flatMap(({ header }) => header.payload.kid ?? []))
    const opened: RecordedEvent[] = []
    for (const event of events) opened.push(await this.open(event))
    return opened
  }

  /** The event with its payload opened, or `erased`. @throws IntegrityError when the payload was altered */
  async open({ header, position, payload }: StoredEvent): Promise<RecordedEvent> {
    const { type, schema } = header
    if (payload === null) return { type, data: null, state: 'erased', header, position }
    const { kid } = header.payload
    const text = kid === undefined ? clearText(payload, header) : await this.vault.open(payload, kid, header)
    if (text === null) return { type, data: null, state: 'erased', header, position }
    const data = this.catalogue.upcast(type, schema, JSON.parse(text) as object)
    return { type, data, state: kid === undefined ? 'clear' : 'opened', header, position }
  }

  /** The event as a reader without the right to its values sees it: codes stay, sealed payloads stay closed. */
  async codedOnly(event: StoredEvent): Promise<RecordedEvent> {
    if (event.header.payload.kid === undefined) return this.open(event)
    const { header, position } = event
    return { type: header.type, data: null, state: event.payload === null ? 'erased' : 'sealed', header, position }
  }
}
