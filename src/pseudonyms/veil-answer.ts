/**
 * What readers who must not link one person's records across trials are shown: every id of a person, a twin or an event under
 * its name in the trial at hand, nothing of another trial, and no place in the log. Pure.
 */
import type { ContextPseudonyms } from '../vault/context-pseudonyms.js'

/** The context of uses outside of any trial. */
export const RESEARCH = 'research'

/** A trial's id, or `research`. */
export type PseudonymContext = string

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/gi
/** Ids under these names belong to a trial, a run, a data query or the reader, and to no person in two trials. */
const PLAIN = new Set([
  'trial',
  'trials',
  'run',
  'runs',
  'reference',
  'cohort',
  'replay',
  'replaying',
  'query',
  'actor',
  'model',
  'next',
])
/** A place in the log is the same in every trial; that of a run, which belongs to one trial, is its own. */
const PLACES = new Set(['position', 'registeredPosition', 'correlation', 'causation'])
/** The millisecond of a recording is as good as an id; the day is enough to work with. */
const RECORDED = new Set(['recordedAt', 'registeredAt', 'lastRecordedAt'])

interface Veil {
  context: PseudonymContext
  /** The request is about somebody in this one context: what is of another one is left out. */
  fixed: boolean
  /** Places in the log are shown. */
  places: boolean
  pseudonyms: ContextPseudonyms
}

/**
 * @param context the one the request is about; undefined when it is about nobody in particular, so that each part of the answer
 *   is shown in the context of its own trial
 */
export function veilAnswer(answer: unknown, pseudonyms: ContextPseudonyms, context?: PseudonymContext): unknown {
  const plain = JSON.parse(JSON.stringify(answer)) as unknown
  return veiled(plain, { context: context ?? RESEARCH, fixed: context !== undefined, places: false, pseudonyms })
}

function veiled(value: unknown, veil: Veil): unknown {
  if (typeof value === 'string')
    return value.replace(UUID, (id) => veil.pseudonyms.hide(veil.context, id.toLowerCase()))
  if (Array.isArray(value))
    return value.filter((entry) => !veil.fixed || isWithin(entry, veil.context)).map((entry) => veiled(entry, veil))
  if (typeof value !== 'object' || value === null) return value
  const context = contextOf(value as Record<string, unknown>) ?? veil.context
  const own = { ...veil, context, places: veil.places || 'run' in value }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => own.places || !PLACES.has(key))
      .map(([key, member]) => [key, shownMember(key, member, own)]),
  )
}

function shownMember(key: string, member: unknown, veil: Veil): unknown {
  if (key === 'trials' && Array.isArray(member))
    return veil.fixed ? member.filter((trial) => trial === veil.context) : member
  if (PLAIN.has(key)) return member
  // What a run did has places of its own; what went into it has those of the person's record.
  if (key !== 'steps') return shownValue(key, member, { ...veil, places: false })
  return shownValue(key, member, veil)
}

function shownValue(key: string, member: unknown, veil: Veil): unknown {
  if (RECORDED.has(key) && typeof member === 'string' && !veil.places) return member.slice(0, 10)
  return veiled(member, veil)
}

function contextOf({ trial }: Record<string, unknown>): PseudonymContext | undefined {
  if (trial === null) return RESEARCH
  return typeof trial === 'string' ? trial : undefined
}

/** An entry of a list that says which trial it is of, or which trials it covers, is shown in that context alone. */
function isWithin(entry: unknown, context: PseudonymContext): boolean {
  if (typeof entry !== 'object' || entry === null) return true
  const own = contextOf(entry as Record<string, unknown>)
  if (own !== undefined) return own === context
  const { scope } = entry as { scope?: unknown }
  if (typeof scope !== 'object' || scope === null) return true
  const { trials } = scope as { trials?: unknown }
  return Array.isArray(trials) ? trials.includes(context) : context === RESEARCH
}
