/** Restores of the log into the database that the service works on. Stream: `restoration-<uuid>`, one event each. */
import { eventTypes, type DomainEvent } from '../../journal/event-type.js'

/**
 * `size` entries under `root` (Merkle root, base64) were verified before they were there; `payloads` were hashed again, `deleted` were
 * gone before. `head`: entries when the service first started on them. `restoredAt`: clock of the database, RFC 3339.
 */
export type LogRestored = DomainEvent<
  'log.restored',
  { size: number; root: string; payloads: number; deleted: number; head: number; restoredAt: string }
>

export const RESTORATION_EVENT_TYPES = eventTypes<LogRestored>({
  'log.restored': {
    schema: 1,
    sealedUnder: null,
    describe: (data) =>
      data
        ? `The service started on a log that was restored at ${data.restoredAt}: ${data.size} entries under root ${data.root}, ${data.payloads} payloads hashed again, ${data.deleted} not there any more.`
        : 'The service started on a log that was restored.',
  },
})
