/** What readers within trials, or of their own acts, are shown: nothing that is the same for one person in two trials. */
import type { EventHeader } from '../ledger/event.js'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
export const WITHHELD = 'withheld'

/** A copy in which every random id of something else is replaced: it may be that of a person or of their twin. A JWS hides such ids. */
export function withoutIds<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (key, member: unknown) =>
    typeof member !== 'string' ? member : key === 'jws' ? WITHHELD : member.replace(UUID, WITHHELD),
  ) as Value
}

/** A header as veiled readers may know it: no person, no key, and no stream that is named after either. */
export function veiledHeader(header: EventHeader): EventHeader {
  const { subject, payload, ...rest } = header
  const { kid: _kid, ...reference } = payload
  return { ...rest, payload: reference, ...(subject !== undefined && { stream: WITHHELD }) }
}
