/** Between protocol messages and the log's own terms. */
import shared from '@eventstore/db-client/generated/shared_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import type { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js'
import type { AppendReq, BatchAppendReq, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { DELETED, type Expected, type LogRecord, type ProposedRecord } from './records.js'
import { CallFailure, propertyMissing } from './server-errors.js'
import { status } from '@grpc/grpc-js'

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const JSON_CONTENT = 'application/json'
const BINARY_CONTENT = 'application/octet-stream'
const END = 0xffff_ffff_ffff_ffffn

export const streamNameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8')

export const streamIdentifier = (name: string): StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(name))

/** An id in either of its two forms, in lower case. */
export function idOf(uuid: UUID | undefined): string {
  const structured = uuid?.getStructured()
  const text = structured === undefined ? (uuid?.getString() ?? '') : fromBits(structured)
  if (!GUID.test(text)) throw new CallFailure(status.UNKNOWN, 'Exception was thrown by handler.')
  return text.toLowerCase()
}

export function structuredId(id: string): UUID {
  const bits = Buffer.from(id.replaceAll('-', ''), 'hex')
  const structured = new shared.UUID.Structured()
  structured.setMostSignificantBits(String(bits.readBigInt64BE(0)))
  structured.setLeastSignificantBits(String(bits.readBigInt64BE(8)))
  return new shared.UUID().setStructured(structured)
}

function fromBits(structured: UUID.Structured): string {
  const bits = Buffer.alloc(16)
  bits.writeBigInt64BE(BigInt(structured.getMostSignificantBits()), 0)
  bits.writeBigInt64BE(BigInt(structured.getLeastSignificantBits()), 8)
  return bits.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** The four ways in which every writing request says what it expects. */
interface ExpectedOptions {
  hasAny(): boolean
  hasNoStream(): boolean
  hasStreamExists(): boolean
}

/** @param revision what the request carries when it says none of the three */
export function expectedOf(options: ExpectedOptions, revision: string): Expected {
  if (options.hasAny()) return 'any'
  if (options.hasNoStream()) return 'no-stream'
  if (options.hasStreamExists()) return 'stream-exists'
  return BigInt(revision)
}

/** @throws CallFailure as the server, when `type` or `content-type` is missing */
export function proposedRecord(message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage): ProposedRecord {
  const properties = message.getMetadataMap()
  const type = properties.get('type')
  if (type === undefined) throw propertyMissing('type')
  const contentType = properties.get('content-type')
  if (contentType === undefined) throw propertyMissing('content-type')
  return {
    id: idOf(message.getId()),
    type,
    isJson: contentType === JSON_CONTENT,
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }
}

/** @param options of the read, which choose the form of ids */
export function eventMessage(record: LogRecord, options: ReadReq.Options): ReadResp {
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
  const asText = options.getUuidOption()?.hasString() ?? false
  recorded.setId(asText ? new shared.UUID().setString(record.id) : structuredId(record.id))
  recorded.setStreamIdentifier(streamIdentifier(record.stream))
  recorded.setStreamRevision(String(record.revision))
  recorded.setCommitPosition(String(record.position))
  recorded.setPreparePosition(String(record.position))
  recorded.setData(record.data)
  recorded.setCustomMetadata(record.metadata)
  const properties = recorded.getMetadataMap()
  properties.set('type', record.type)
  properties.set('created', String(record.created))
  properties.set('content-type', record.isJson ? JSON_CONTENT : BINARY_CONTENT)
  const event = new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(record.position))
  return new streams.ReadResp().setEvent(event)
}

/** Where a read or subscription begins. */
export type From = 'start' | 'end' | bigint

/** Of a stream, a revision; of `$all`, the commit position. */
export function fromOf(options: ReadReq.Options): From {
  const stream = options.getStream()
  if (stream !== undefined) return place(stream, stream.getRevision())
  const all = options.getAll()
  if (all === undefined) throw new CallFailure(status.INVALID_ARGUMENT, `'None' is not a valid StreamOptionOneofCase`)
  return place(all, all.getPosition()?.getCommitPosition() ?? '0')
}

function place(options: { hasStart(): boolean; hasEnd(): boolean }, number: string): From {
  if (options.hasStart()) return 'start'
  const value = BigInt(number)
  if (options.hasEnd() || value === END) return 'end'
  return value > DELETED ? DELETED : value
}

export const nothing = (): Empty => new shared.Empty()
