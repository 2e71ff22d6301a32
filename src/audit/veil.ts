/** What readers within trials, or of their own acts, are shown: nothing that is the same for one person in two trials. */
import type { EventHeader } from '../ledger/event.js'
import { toldCode } from '../pseudonyms/told-codes.js'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi
/** How long somebody's record is, and where the log holds it. */
const PLACE = /(position|revision)$/i
const COUNTS = new Set(['facts', 'corrections'])
/** Of an entry about somebody; a JWS hides ids and places. */
const FINGERPRINTS = new Set(['leafHash', 'payloadDigest', 'jws'])
export const WITHHELD = 'withheld'

/**
 * A copy of what was recorded in which every random id of something else is replaced, for it may be that of a person or of their
 * twin, and every place, count and fingerprint of a record. A refusal does not say that somebody opted out.
 */
export function veiledValue<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), veiledMember) as Value
}

function veiledMember(name: string, member: unknown): unknown {
  if (FINGERPRINTS.has(name)) return WITHHELD
  if (typeof member === 'number' && (PLACE.test(name) || COUNTS.has(name))) return WITHHELD
  return typeof member === 'string' ? toldCode(member).replace(UUID, WITHHELD) : member
}

/** A header as veiled readers may know it: no person, no key, and no stream that is named after either. */
export function veiledHeader(header: EventHeader): EventHeader {
  const { payload, ...rest } = withoutPerson(header)
  const { kid: _kid, ...reference } = payload
  return { ...rest, payload: reference }
}

/** A header that does not say whom it is about, nor which participant acts: they are one in every trial. */
export function withoutPerson(header: EventHeader): EventHeader {
  const { subject, actor, ...rest } = header
  const shown = actor.role === 'participant' ? { ...actor, id: WITHHELD } : actor
  return { ...rest, actor: shown, ...(subject !== undefined && { stream: WITHHELD }) }
}
