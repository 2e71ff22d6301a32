/** The header's canonical bytes, written in two halves so that the append path fills in only what the position decides. */
import { InvalidRequest } from '../platform/errors.js'
import { canonicalJson } from './canonical-json.js'
import type { EventHeader, PayloadReference, ProposedEvent } from './event.js'

/** Longest leaf an entry bundle can carry: its length prefix is a uint16 (C2SP tlog-tiles). */
export const MAX_LEAF_BYTES = 65_535
/** Longest payload accepted in one event; larger things belong in an attachment that an event names by digest. */
export const MAX_PAYLOAD_BYTES = 16 * 1024 * 1024

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const STREAM = /^[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30})*-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const TYPE = /^[a-z][a-z0-9-]{0,60}\.[a-z][a-z0-9-]{0,60}$/
/**
 * Codes and ids only. What a person types has a space or an @; URLs, file names and IPv4 addresses have a slash or a dot;
 * IPv6 addresses have two colons in a row, or seven in all. None of them fits.
 */
const CODE = /^(?!(?:[0-9A-Fa-f]{1,4}:){7})[A-Za-z0-9](?:[A-Za-z0-9_-]|:(?!:)){0,127}$/

/** True for what a header may carry as a code: an organisation, a role, a purpose, a reason. */
export const isCode = (text: string): boolean => CODE.test(text)

export const isUuid = (text: string): boolean => UUID.test(text)

/** True for `<category>-<uuid>`. */
export const isStreamName = (text: string): boolean => STREAM.test(text)

/** A header whose canonical text is complete but for `recordedAt` and `revision`, which only the store can assign. */
export interface HeaderTemplate {
  id: string
  stream: string
  type: string
  /** Canonical text up to and with `"recordedAt":"`. */
  head: string
  /** Between the two, up to and with `"revision":`. */
  middle: string
  /** From behind the revision to the end. */
  tail: string
}

/**
 * Checks a proposed header against the whitelist and writes its fixed parts once, when the command is queued.
 *
 * @throws InvalidRequest `event-invalid` naming the field, never its value
 */
export function headerTemplate(stream: string, event: ProposedEvent): HeaderTemplate {
  const { header } = event
  check(isStreamName(stream), 'stream')
  check(UUID.test(header.id), 'id')
  check(TYPE.test(header.type), 'type')
  check(Number.isInteger(header.schema) && header.schema > 0, 'schema')
  check(CODE.test(header.actor.id), 'actor.id')
  check(CODE.test(header.actor.role), 'actor.role')
  check(UUID.test(header.correlation), 'correlation')
  const { id, actor, causation, correlation, payload, purpose, reason, schema, subject, trial, type } = header
  check(purpose === undefined || CODE.test(purpose), 'purpose')
  check(reason === undefined || CODE.test(reason), 'reason')
  check(subject === undefined || UUID.test(subject), 'subject')
  check(trial === undefined || UUID.test(trial), 'trial')
  check(causation === undefined || UUID.test(causation), 'causation')
  check(actor.org === undefined || CODE.test(actor.org), 'actor.org')
  check(event.payload.length <= MAX_PAYLOAD_BYTES, 'payload')
  return {
    id,
    stream,
    type,
    head:
      `{"actor":${canonicalActor(actor)},` +
      member('causation', causation) +
      `"correlation":"${correlation}","id":"${id}","payload":${canonicalPayload(payload)},` +
      member('purpose', purpose) +
      member('reason', reason) +
      '"recordedAt":"',
    middle: '","revision":',
    tail:
      `,"schema":${schema},"stream":"${stream}",` +
      member('subject', subject) +
      member('trial', trial) +
      leafEnding(type),
  }
}

/** The leaf: the header's RFC 8785 bytes, as text. */
export function leafText(template: HeaderTemplate, revision: number, recordedAt: string): string {
  return template.head + recordedAt + template.middle + revision + template.tail
}

/** How the leaf of every event of this type ends, and no other does. */
export const leafEnding = (type: string): string => `"type":"${type}"}`

/** Reads a leaf back. @throws InvalidRequest `event-invalid` when the bytes are not the canonical form of a header */
export function parseLeaf(leaf: Buffer): EventHeader {
  return JSON.parse(leaf.toString('utf8')) as EventHeader
}

/** True when the bytes are exactly what this code would have written for the header they contain. */
export function isCanonicalLeaf(leaf: Buffer): boolean {
  return parseCanonicalLeaf(leaf) !== null
}

/** The header, or null when the bytes are not exactly what this code would have written for it. */
export function parseCanonicalLeaf(leaf: Buffer): EventHeader | null {
  try {
    const text = leaf.toString('utf8')
    const header = JSON.parse(text) as EventHeader
    return canonicalJson(header) === text ? header : null
  } catch {
    return null
  }
}

const member = (name: string, value: string | undefined): string => (value === undefined ? '' : `"${name}":"${value}",`)

function canonicalActor(actor: EventHeader['actor']): string {
  const org = actor.org === undefined ? '' : `,"org":"${actor.org}"`
  return `{"id":"${actor.id}"${org},"role":"${actor.role}"}`
}

function canonicalPayload(reference: PayloadReference): string {
  check(/^[A-Za-z0-9_-]{43}$/.test(reference.digest), 'payload.digest')
  check(reference.kid === undefined || UUID.test(reference.kid), 'payload.kid')
  const enc = reference.enc === undefined ? '' : `"enc":"${reference.enc}",`
  const kid = reference.kid === undefined ? '' : `"kid":"${reference.kid}",`
  return `{"alg":"sha-256","digest":"${reference.digest}",${enc}${kid}"size":${reference.size}}`
}

function check(holds: boolean, field: string): void {
  if (!holds)
    throw new InvalidRequest('event-invalid', `The event cannot be recorded: ${field} is not allowed.`, { field })
}
