/**
 * What readers who must not link one person's records across trials are shown: every id of a person, a twin or an event under
 * its name in the trial at hand, nothing of another trial, no place in the log or in a record, and nobody's opt-out. Pure.
 */
import type { ContextPseudonyms } from '../vault/context-pseudonyms.js'
import { isEntryOfTrail, isOwnRecord, isParticipant, isPlain, isPlainStream, type Members } from './plain-ids.js'
import { toldCode } from './told-codes.js'

/** The context of uses outside of any trial. */
export const RESEARCH = 'research'

/** A trial's id, or `research`. */
export type PseudonymContext = string

const ID = /(?:([a-z]+(?:-[a-z]+)*)-)?([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})/gi
/** A place in the log, or the length of a record, is the same in every trial; so is the request that recorded something. */
const PLACE = /position$|revision$/i
const REQUEST = new Set(['correlation', 'causation'])
/** What a run did, or a signature is on, has the places of the run; what went into a run has those of the person's record. */
const SHARING_PLACES = new Set(['steps', 'record', 'voidedBy'])
/** How much there is of somebody. */
const COUNTS = new Set(['facts', 'corrections'])
/** The millisecond of a recording is as good as an id; the day is enough to work with. */
const RECORDED = /At$/
const DAY = /^\d{4}-\d\d-\d\d(?=T)/
const WITHHELD = 'withheld'
/** https://hl7.org/fhir/R4/extension-workflow-researchstudy.html */
const RESEARCH_STUDY = 'http://hl7.org/fhir/StructureDefinition/workflow-researchStudy'

interface Veil {
  context: PseudonymContext
  /** The request is about somebody in this one context: what is of another one is left out. */
  fixed: boolean
  /** Places in the log are shown. */
  places: boolean
  pseudonyms: ContextPseudonyms
}

export interface Veiling {
  pseudonyms: ContextPseudonyms
  /** The one the request is about; without it, each part of the answer is shown in the context of its own trial. */
  context?: PseudonymContext
  /** The answer says what the reader has just recorded, and where. */
  receipt?: boolean
}

export function veilAnswer(answer: unknown, veiling: Veiling): unknown {
  return veiled(JSON.parse(JSON.stringify(answer)) as unknown, veilOf(veiling))
}

/**
 * The same of a text, such as a page to print or a header.
 *
 * @param named ids that may be repeated, in lower case
 */
export function veilText(
  text: string,
  { pseudonyms, context = RESEARCH }: Veiling,
  named: ReadonlySet<string>,
): string {
  return veiledText(text, (id) => (named.has(id) ? id : pseudonyms.hide(context, id)))
}

function veilOf({ pseudonyms, context, receipt = false }: Veiling): Veil {
  return { context: context ?? RESEARCH, fixed: context !== undefined, places: receipt, pseudonyms }
}

function veiled(value: unknown, veil: Veil): unknown {
  if (typeof value === 'string') return veiledText(toldCode(value), (id) => veil.pseudonyms.hide(veil.context, id))
  if (Array.isArray(value))
    return value.filter((entry) => !veil.fixed || isWithin(entry, veil.context)).map((entry) => veiled(entry, veil))
  if (typeof value !== 'object' || value === null) return value
  const members = value as Members
  const places = veil.places || hasOwnPlaces(members)
  const own = { ...veil, context: contextOf(members) ?? veil.context, places }
  const shown = Object.entries(members).filter(([name]) => places || !isTelling(name, members))
  return Object.fromEntries(shown.map(([name, member]) => [name, shownMember(name, member, own, members)]))
}

function shownMember(name: string, member: unknown, veil: Veil, within: Members): unknown {
  if (name === 'trials' && Array.isArray(member) && veil.fixed) return member.filter((trial) => trial === veil.context)
  if (isPlain(name, member, within)) return member
  // A type of event may read like a code.
  if (name === 'type' && typeof member === 'string') return member
  if (name === 'id' && isParticipant(within)) return WITHHELD
  if (RECORDED.test(name) && typeof member === 'string' && !veil.places && !isOwnRecord(within))
    return DAY.exec(member)?.[0] ?? member
  return veiled(member, { ...veil, places: SHARING_PLACES.has(name) && veil.places })
}

function veiledText(text: string, shown: (id: string) => string): string {
  return text.replace(ID, (whole, category: string | undefined, id: string) =>
    isPlainStream(category) ? whole : whole.slice(0, -id.length) + shown(id.toLowerCase()),
  )
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a member says how long the record of somebody is, or where the log holds it. */
function isTelling(name: string, members: Members): boolean {
  if (REQUEST.has(name)) return true
  return typeof members[name] === 'number' && (PLACE.test(name) || COUNTS.has(name))
}

/** What is read by itself and is of one trial: where it is tells of no other. */
function hasOwnPlaces(members: Members): boolean {
  const { run, steps, review, signature } = members
  const isRunReadByItself = typeof run === 'string' && Array.isArray(steps)
  const isSignatureOnIt = typeof signature === 'string' && isOwnRecord(members)
  return isRunReadByItself || isSignatureOnIt || typeof review === 'string' || isEntryOfTrail(members)
}

/** Of what says which trial it is of; in FHIR, an extension does. */
function contextOf({ trial, extension, resourceType }: Members): PseudonymContext | undefined {
  if (trial === null) return RESEARCH
  if (typeof trial === 'string') return trial
  if (resourceType === undefined || resourceType === 'Bundle') return undefined
  const studies = (extension ?? []) as { url?: string; valueReference?: { identifier?: { value?: string } } }[]
  return studies.find(({ url }) => url === RESEARCH_STUDY)?.valueReference?.identifier?.value ?? RESEARCH
}

/** An entry of a list that says which trial it is of, or which trials it covers, is shown in that context alone. */
function isWithin(entry: unknown, context: PseudonymContext): boolean {
  if (!isMembers(entry)) return true
  const { resource, scope } = entry
  const own = contextOf(isMembers(resource) ? resource : entry)
  if (own !== undefined) return own === context
  if (!isMembers(scope)) return true
  const { trials } = scope
  return Array.isArray(trials) ? trials.includes(context) : context === RESEARCH
}
