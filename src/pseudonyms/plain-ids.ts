/** Which random ids belong to a trial, a run or the reader, and to no person in two trials. All others are hidden. */

/** Ids under these names, as a text or a list of texts; whatever is nested under them is looked at like everything else. */
const NAMES = new Set([
  'trial',
  'trials',
  'run',
  'runs',
  'cohort',
  'replay',
  'replaying',
  'query',
  'actor',
  'planner',
  'reviewer',
  'model',
  'permit',
  'next',
  'signature',
  'review',
  'consultation',
  'hold',
  'decision',
])
/** Streams of which a trial, a run or the service has one, as against a person or a twin. */
const STREAM =
  /^(run|cohort|design|trial|trial-unblinding|randomisation|model|data-query|audit-review|signature|decision|roster|legal-entry|impact-assessment|consent-notice|data-permit)$/
/** FHIR resources that are runs, and systems of identifiers of runs and trials. */
const RUN_RESOURCES = new Set(['RiskAssessment', 'DetectedIssue'])
const SYSTEMS = new Set(['urn:twin-ledger:run', 'urn:twin-ledger:trial'])

export type Members = Record<string, unknown>

/** Whether a text stands for itself where it stands. */
export function isPlain(name: string, text: unknown, within: Members): boolean {
  const texts = Array.isArray(text) ? text : [text]
  if (!texts.every((each) => typeof each === 'string')) return false
  if (name === 'signature') return !isOfPerson(within)
  if (name === 'id') return RUN_RESOURCES.has(within['resourceType'] as string) || isEntryOfTrail(within)
  // Of a use of data: the run. In FHIR, a reference names a person.
  if (name === 'reference') return typeof within['use'] === 'string'
  if (name === 'value') return SYSTEMS.has(within['system'] as string)
  return NAMES.has(name) || (name === 'correlation' && isEntryOfTrail(within))
}

/** Who acts is told by an id that is no UUIDv4. Those who work here keep it; a participant is one person in every trial. */
export function isParticipant({ id, role }: Members): boolean {
  return typeof id === 'string' && role === 'participant'
}

/** Records that belong to a trial or to the reader, named by an id of their own. */
const RECORDS = ['run', 'cohort', 'query', 'use', 'signature', 'review', 'consultation', 'hold', 'decision', 'design']

export function isOwnRecord(members: Members): boolean {
  return !isOfPerson(members) && RECORDS.some((name) => typeof members[name] === 'string')
}

/** `run` of `run-<uuid>`: an id that follows on the name of such a stream stands for itself. */
export function isPlainStream(category: string | undefined): boolean {
  return category !== undefined && STREAM.test(category)
}

/**
 * An entry of the audit trail is of one trial or of the reader’s own acts, be it shown or drawn for a review; the trail itself
 * withholds what is of a person.
 */
export function isEntryOfTrail({ proof, criteria, position }: Members): boolean {
  return typeof position === 'number' && (typeof proof === 'string' || Array.isArray(criteria))
}

/** A signature on a person’s record is one, whatever trial it is looked at from. */
function isOfPerson({ record }: Members): boolean {
  const { stream } = (record ?? {}) as { stream?: unknown }
  return typeof stream === 'string' && !isPlainStream(/^([a-z-]+)-[0-9a-f]{8}-/.exec(stream)?.[1])
}
