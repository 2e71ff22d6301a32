/**
 * Stored payloads beside the entry bundles of an exported log: for the same 256 positions, each payload as a big-endian uint32
 * length and its bytes, as they lie in the ledger, sealed ones sealed. The largest length stands for a payload that was deleted.
 */
import { IntegrityError } from '../../platform/errors.js'
import { tilePath } from '../log/tile-path.js'

const LENGTH_BYTES = 4
const DELETED = 0xffffffff

/** Path below the folder: `payload/x001/234`, or with `.p/<width>` for the last, unfinished one. */
export function payloadPath(index: number, width: number): string {
  return tilePath('entries', index, width).replace('tile/entries/', 'payload/')
}

/** @param payloads null for one that was deleted */
export function encodePayloadBundle(payloads: readonly (Buffer | null)[]): Buffer {
  const parts = payloads.flatMap((payload) => {
    const length = Buffer.alloc(LENGTH_BYTES)
    length.writeUInt32BE(payload?.length ?? DELETED)
    return payload === null ? [length] : [length, payload]
  })
  return Buffer.concat(parts)
}

/**
 * Views on the bundle's bytes.
 *
 * @param width payloads that the bundle must hold, no more and no less
 * @throws IntegrityError `payload-bundle-malformed`
 */
export function decodePayloadBundle(bundle: Buffer, width: number): (Buffer | null)[] {
  const payloads: (Buffer | null)[] = []
  let offset = 0
  while (payloads.length < width && offset + LENGTH_BYTES <= bundle.length) {
    const length = bundle.readUInt32BE(offset)
    offset += LENGTH_BYTES
    if (length === DELETED) payloads.push(null)
    else {
      if (offset + length > bundle.length) break
      payloads.push(bundle.subarray(offset, (offset += length)))
    }
  }
  if (payloads.length !== width || offset !== bundle.length)
    throw new IntegrityError('payload-bundle-malformed', 'A payload bundle does not hold exactly what it should.', {
      expected: width,
      found: payloads.length,
    })
  return payloads
}
