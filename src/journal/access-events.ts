/** Reads of personal data are events too. Stream: `access-<subject>`. */
import { eventTypes, type DomainEvent } from './event-type.js'

/** Values were opened for somebody: which kinds of things, of which twin and which run, how many. */
export type ValuesOpened = DomainEvent<
  'access.values-opened',
  { twin?: string; run?: string; what: readonly string[]; count: number }
>
/** An inspector searched: what, and by which fields; the person or trial asked for stands in the header. No other value. */
export type RecordsSearched = DomainEvent<'access.searched', { what: string; by: readonly string[]; found: number }>
/** Somebody was refused something. Stream: `access-<subject>` or the refusal stream of the service. */
export type AccessRefused = DomainEvent<'access.refused', { action: string; code: string }>

export type AccessEvent = ValuesOpened | RecordsSearched | AccessRefused

export const ACCESS_EVENT_TYPES = eventTypes<AccessEvent>({
  'access.values-opened': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) =>
      data
        ? `${header.actor.role} read ${data.count} value(s): ${data.what.join(', ')}${header.reason ? ` (${header.reason})` : ''}.`
        : `${header.actor.role} read personal data.`,
  },
  'access.searched': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) =>
      data
        ? `${header.actor.role} searched the ${data.what}${data.by.length > 0 ? ` by ${data.by.join(', ')}` : ''}: ${data.found} found.`
        : `${header.actor.role} searched.`,
  },
  'access.refused': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `Refused: ${data.action} (${data.code}).` : 'An action was refused.'),
  },
})
