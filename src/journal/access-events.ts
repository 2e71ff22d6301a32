/** Reads of personal data are events too. Stream: `access-<subject>`. */
import { eventTypes, type DomainEvent } from './event-type.js'

/** Values were opened for somebody: which kinds of things, of which twin, how many. */
export type ValuesOpened = DomainEvent<
  'access.values-opened',
  { twin?: string; what: readonly string[]; count: number }
>
/** Somebody was refused something. Stream: `access-<subject>` or the refusal stream of the service. */
export type AccessRefused = DomainEvent<'access.refused', { action: string; code: string }>

export type AccessEvent = ValuesOpened | AccessRefused

export const ACCESS_EVENT_TYPES = eventTypes<AccessEvent>({
  'access.values-opened': {
    schema: 1,
    sealedUnder: null,
    describe: (data, header) =>
      data
        ? `${header.actor.role} read ${data.count} value(s): ${data.what.join(', ')}.`
        : `${header.actor.role} read personal data.`,
  },
  'access.refused': {
    schema: 1,
    sealedUnder: null,
    describe: (data) => (data ? `Refused: ${data.action} (${data.code}).` : 'An action was refused.'),
  },
})
