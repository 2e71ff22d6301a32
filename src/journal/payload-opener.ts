/** Stored events → events the domain can read. Internal: showing an opened value to somebody goes through AccessRecorder. */
import type { StoredEvent } from '../ledger/event.js'
import { clearText } from './clear-text.js'
import type { OpeningKeys, Vault } from '../vault/vault.js'
import type { EventCatalogue } from './event-catalogue.js'
import type { RecordedEvent } from './recorded-event.js'

const NO_KEYS: OpeningKeys = new Map()

export class PayloadOpener {
  constructor(
    private readonly vault: Vault,
    private readonly catalogue: EventCatalogue,
  ) {}

  /** The events with their payloads opened, or `erased`. @throws IntegrityError when a payload was altered */
  async openAll(events: readonly StoredEvent[]): Promise<RecordedEvent[]> {
    const keys = await this.vault.openingKeys(events.flatMap(({ header }) => header.payload.kid ?? []))
    return events.map((event) => this.opened(event, keys))
  }

  /** Codes alone, but for the payloads of these types. @throws IntegrityError when one of them was altered */
  async openOnly(types: readonly string[], events: readonly StoredEvent[]): Promise<RecordedEvent[]> {
    const isWanted = ({ header }: StoredEvent) => types.includes(header.type)
    const wanted = events.filter(isWanted)
    if (wanted.length === 0) return events.map((event) => this.codedOnly(event))
    const keys = await this.vault.openingKeys(wanted.flatMap(({ header }) => header.payload.kid ?? []))
    return events.map((event) => (isWanted(event) ? this.opened(event, keys) : this.codedOnly(event)))
  }

  /** The event as a reader without the right to its values sees it: codes stay, sealed payloads stay closed. */
  private codedOnly(event: StoredEvent): RecordedEvent {
    if (event.header.payload.kid === undefined) return this.opened(event, NO_KEYS)
    const { header, position } = event
    return { type: header.type, data: null, state: event.payload === null ? 'erased' : 'sealed', header, position }
  }

  private opened({ header, position, payload }: StoredEvent, keys: OpeningKeys): RecordedEvent {
    const { type, schema } = header
    const { kid } = header.payload
    const text =
      payload === null
        ? null
        : kid === undefined
          ? clearText(payload, header)
          : this.vault.openWith(keys, payload, kid, header)
    if (text === null) return { type, data: null, state: 'erased', header, position }
    const data = this.catalogue.upcast(type, schema, JSON.parse(text) as object)
    return { type, data, state: kid === undefined ? 'clear' : 'opened', header, position }
  }
}
