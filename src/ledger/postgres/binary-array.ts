/**
 * PostgreSQL arrays in the binary wire format. node-postgres sends a Buffer as a binary parameter, and a hand-built array
 * costs about half of a text array; the layout is that of `array_send` (src/backend/utils/adt/arrayfuncs.c).
 */

/** Type OIDs, from `pg_type.dat`. */
const OID = { bytea: 17, int8: 20, int4: 23, text: 25, uuid: 2950 } as const

const HEADER_BYTES = 20
const LENGTH_BYTES = 4

/** One dimension, no nulls, lower bound 1. */
function encode(
  oid: number,
  sizes: (index: number) => number,
  count: number,
  write: (buffer: Buffer, offset: number, index: number) => void,
): Buffer {
  if (count === 0) return emptyArray(oid)
  let total = HEADER_BYTES
  for (let index = 0; index < count; index++) total += LENGTH_BYTES + sizes(index)
  const buffer = Buffer.allocUnsafe(total)
  buffer.writeInt32BE(1, 0)
  buffer.writeInt32BE(0, 4)
  buffer.writeInt32BE(oid, 8)
  buffer.writeInt32BE(count, 12)
  buffer.writeInt32BE(1, 16)
  let offset = HEADER_BYTES
  for (let index = 0; index < count; index++) {
    const size = sizes(index)
    buffer.writeInt32BE(size, offset)
    write(buffer, offset + LENGTH_BYTES, index)
    offset += LENGTH_BYTES + size
  }
  return buffer
}

const emptyArrays = new Map<number, Buffer>()

/** Made once for each type: most batches fill no tile and rest on nobody's word. */
function emptyArray(oid: number): Buffer {
  let buffer = emptyArrays.get(oid)
  if (!buffer) {
    buffer = Buffer.alloc(12)
    buffer.writeInt32BE(oid, 8)
    emptyArrays.set(oid, buffer)
  }
  return buffer
}

export function byteaArray(items: readonly Uint8Array[]): Buffer {
  return encode(
    OID.bytea,
    (i) => items[i]!.length,
    items.length,
    (buffer, offset, i) => buffer.set(items[i]!, offset),
  )
}

export function textArray(items: readonly string[]): Buffer {
  const sizes = items.map((item) => Buffer.byteLength(item))
  return encode(
    OID.text,
    (i) => sizes[i]!,
    items.length,
    (buffer, offset, i) => buffer.write(items[i]!, offset, 'utf8'),
  )
}

export function int4Array(items: readonly number[]): Buffer {
  return encode(
    OID.int4,
    () => 4,
    items.length,
    (buffer, offset, i) => buffer.writeInt32BE(items[i]!, offset),
  )
}

export function int8Array(items: readonly number[]): Buffer {
  return encode(
    OID.int8,
    () => 8,
    items.length,
    (buffer, offset, i) => buffer.writeBigInt64BE(BigInt(items[i]!), offset),
  )
}

/** @param items canonical lower-case UUIDs */
export function uuidArray(items: readonly string[]): Buffer {
  return encode(
    OID.uuid,
    () => 16,
    items.length,
    (buffer, offset, i) => writeUuid(buffer, offset, items[i]!),
  )
}

/** Where the two digits of each of the 16 bytes begin in the text of a UUID. */
const UUID_DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const

/** Digit by digit: a read model of every event writes half a dozen of them an event, and a copy without hyphens costs several times as much. */
function writeUuid(buffer: Buffer, offset: number, text: string): void {
  for (let byte = 0; byte < 16; byte++) {
    const at = UUID_DIGITS[byte]!
    buffer[offset + byte] = (digit(text.charCodeAt(at)) << 4) | digit(text.charCodeAt(at + 1))
  }
}

/** Of `0` to `9` and `a` to `f`, by character code. */
const digit = (code: number): number => (code < 58 ? code - 48 : code - 87)
