/** What the log holds and what a writer proposes, in the server's own terms. */

/** One stored event. Commit and prepare position are the same for everything that the gRPC interface writes. */
export interface LogRecord {
  /** Byte offset in the transaction file; increases over all streams, with gaps. */
  position: bigint
  stream: string
  revision: bigint
  id: string
  type: string
  isJson: boolean
  data: Uint8Array
  /** The custom metadata. */
  metadata: Uint8Array
  /** 100-nanosecond ticks since 1970. */
  created: bigint
}

export type ProposedRecord = Pick<LogRecord, 'id' | 'type' | 'isJson' | 'data' | 'metadata'>

/** What a writer believes of the stream. */
export type Expected = 'any' | 'no-stream' | 'stream-exists' | bigint

/** Last revision of a stream that has no event. */
export const NO_STREAM = -1n
/** Revision of a tombstone, and `$tb` of a deleted stream: the largest int64. */
export const DELETED = 9_223_372_036_854_775_807n

/** The stream that holds another one's metadata. */
export const metastreamOf = (stream: string): string => `$$${stream}`

/** The stream that a metadata stream speaks of, or null for any other stream. */
export const originalOf = (stream: string): string | null => (stream.startsWith('$$') ? stream.slice(2) : null)

/** What counts against the largest append: data, metadata, and two bytes a character of the type. */
export const appendSizeOf = (event: ProposedRecord): number =>
  event.data.length + event.metadata.length + event.type.length * 2

/** Bytes of a record beside its stream name, type, data and metadata: lengths, flags, ids, positions and time. */
const RECORD_OVERHEAD = 96

/** Bytes that a record takes in the transaction file. */
export const sizeInLog = (record: Omit<LogRecord, 'position'>): bigint =>
  BigInt(RECORD_OVERHEAD + record.stream.length + record.type.length + record.data.length + record.metadata.length)
