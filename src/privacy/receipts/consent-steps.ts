/** What happened to one consent, from the events of the person's stream. Pure. */
import type { ConsentParty } from '../../consents/codes.js'
import type { ConsentStatus } from '../../consents/consent-state.js'
import type { ConsentEvent } from '../../consents/events.js'
import type { RecordedEvent } from '../../journal/recorded-event.js'

/** A change of its status, with its place in the log. */
export interface ConsentStep {
  status: ConsentStatus
  /** RFC 3339: when it was expressed, or else recorded. */
  at: string
  /** Null where the organisation acts: it asked, or time ran out. */
  by: ConsentParty | null
  method: string | null
  event: string
  position: number
}

/** In the order of the log. */
export function stepsOf(events: readonly RecordedEvent[], consent: string): ConsentStep[] {
  return events.flatMap(({ type, data, header, position }) => {
    const event = { type, data } as ConsentEvent
    if (data === null || !('consent' in event.data) || event.data.consent !== consent) return []
    const said = expressionOf(event, header.recordedAt)
    return said ? [{ ...said, event: header.id, position }] : []
  })
}

function expressionOf(
  { type, data }: ConsentEvent,
  recordedAt: string,
): Omit<ConsentStep, 'event' | 'position'> | undefined {
  switch (type) {
    case 'consent.requested':
      return { status: 'requested', at: recordedAt, by: null, method: null }
    case 'consent.given':
      return { status: 'given', at: data.givenAt, by: data.by, method: data.method }
    case 'consent.refused':
      return { status: 'refused', at: recordedAt, by: data.by, method: data.method }
    case 'consent.withdrawn':
      return { status: 'withdrawn', at: recordedAt, by: data.by, method: data.method }
    case 'consent.expired':
      return { status: 'expired', at: data.expiresAt, by: null, method: null }
    default:
      return undefined
  }
}
