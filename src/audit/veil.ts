/** What readers within trials, or of their own acts, are shown: nothing that is the same for one person in two trials. */
import type { EventHeader } from '../ledger/event.js'
import { toldCode } from '../pseudonyms/told-codes.js'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
export const WITHHELD = 'withheld'

/**
 * A copy in which every random id of something else is replaced: it may be that of a person or of their twin. A JWS hides such ids.
 * A refusal does not say that somebody opted out.
 */
export function withoutIds<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (key, member: unknown) =>
    typeof member !== 'string' ? member : key === 'jws' ? WITHHELD : toldCode(member).replace(UUID, WITHHELD),
  ) as Value
}

/**
 * A header as veiled readers may know it: no person, no key, no stream that is named after either, and no participant who acts, for
 * they are one in every trial.
 */
export function veiledHeader({ actor, ...header }: EventHeader): EventHeader {
  const { payload, ...rest } = withoutPerson(header)
  const { kid: _kid, ...reference } = payload
  return { ...rest, actor: actor.role === 'participant' ? { ...actor, id: WITHHELD } : actor, payload: reference }
}

/** A header that does not say whom it is about. */
export function withoutPerson<Header extends Pick<EventHeader, 'subject' | 'stream'>>(header: Header): Header {
  const { subject, ...rest } = header
  return { ...rest, ...(subject !== undefined && { stream: WITHHELD }) } as Header
}
