/**
 * An entry of the log ⟷ an event of a KurrentDB stream.
 *
 * The event's data are the payload's stored bytes, its metadata `{"header":<leaf>,"checkpoint":<signed note>}`: the leaf as it is
 * in the log and, with the last entry of each batch, the checkpoint that was signed over it. So the stream proves itself: what
 * nobody signed is not taken from it.
 */
import { binaryEvent, type EventData, type ResolvedEvent } from '@eventstore/db-client'
import { IntegrityError } from '../../platform/errors.js'
import { canonicalJson } from '../canonical-json.js'
import type { EventHeader } from '../event.js'
import { leafHash } from '../log/hash.js'
import { payloadDigest } from '../payload.js'
import type { WaitingAppend } from '../postgres/append-plan.js'

export interface LogEntry {
  type: string
  /** The header's canonical bytes. */
  leaf: Buffer
  payload: Buffer
  /** Of the batch that this entry ends. */
  checkpoint?: string
}

/** An entry as it lies in the cluster, its header whole and its payload checked against it. */
export interface RecordedEntry extends LogEntry {
  position: number
  header: EventHeader
}

interface Metadata {
  header: EventHeader
  checkpoint?: string
}

/**
 * The cluster takes two appends for the same one when the ids of their events are the same. A leaf that was planned anew has another
 * time in it and must not pass for the one before: so the id is made of the leaf (RFC 9562 UUIDv8), not of the header's id.
 */
export function entryId(leaf: Buffer): string {
  const bytes = Buffer.from(leafHash(leaf).subarray(0, 16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

export function eventOf(entry: LogEntry): EventData {
  return binaryEvent({
    id: entryId(entry.leaf),
    type: entry.type,
    data: bytesOf(entry.payload),
    metadata: bytesOf(metadataText(entry)),
  })
}

/** What the store adds to a leaf, and what is around it in the metadata, at their longest. */
const ADDED_BYTES = 128
/** A checkpoint with its signature, at its longest. */
const CHECKPOINT_BYTES = 1_024

/** Bytes of a request as the cluster counts them against its limit of an append, or a few more: data, metadata, types in UTF-16. */
export function requestSize({ streams, payloadBytes }: WaitingAppend): number {
  let bytes = payloadBytes + CHECKPOINT_BYTES
  for (const { events } of streams)
    for (const {
      template: { head, middle, tail, type },
    } of events)
      bytes += head.length + middle.length + tail.length + 2 * type.length + ADDED_BYTES
  return bytes
}

/** @throws IntegrityError `log-entry-foreign`, `payload-altered` */
export function recordedEntry({ event }: ResolvedEvent): RecordedEntry {
  const position = Number(event?.revision ?? -1)
  const metadata = event?.metadata as Metadata | undefined
  if (!event || !(event.data instanceof Uint8Array) || typeof metadata?.header?.payload?.digest !== 'string')
    throw new IntegrityError('log-entry-foreign', `The cluster holds no entry of the log at position ${position}.`, {
      position,
    })
  const { header, checkpoint } = metadata
  const payload = Buffer.from(event.data.buffer, event.data.byteOffset, event.data.byteLength)
  if (payloadDigest(payload) !== header.payload.digest)
    throw new IntegrityError(
      'payload-altered',
      `The payload is not the one the log commits to at position ${position}.`,
      {
        position,
      },
    )
  return {
    position,
    type: header.type,
    header,
    leaf: Buffer.from(canonicalJson(header)),
    payload,
    ...(checkpoint && { checkpoint }),
  }
}

function metadataText({ leaf, checkpoint }: LogEntry): Buffer {
  const end = checkpoint === undefined ? '}' : `,"checkpoint":${JSON.stringify(checkpoint)}}`
  return Buffer.concat([Buffer.from('{"header":'), leaf, Buffer.from(end)])
}

/** The client takes only this very class for bytes; a Buffer, which is a subclass of it, it would write as JSON. */
function bytesOf(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
