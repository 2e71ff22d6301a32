/** The Merkle tree hashes of RFC 6962 section 2.1 over SHA-256. */
import { hash } from 'node:crypto'

/** Bytes of one hash. */
export const HASH_SIZE = 32

/** Root of the tree without leaves: SHA-256 of nothing. Do not write to it. */
export const EMPTY_ROOT: Buffer = Buffer.from(hash('sha256', Buffer.alloc(0), 'binary'), 'latin1')

const LEAF_PREFIX = '\0'
const MAX_ENTRY = 65_535

const leafInput = Buffer.alloc(1 + MAX_ENTRY)
const nodeInput = Buffer.alloc(1 + 2 * HASH_SIZE)
nodeInput[0] = 0x01

/**
 * Writes the SHA-256 of `input` to `target` at `offset`.
 *
 * A digest taken as a binary string costs less than half of one taken as a new Buffer: no ArrayBuffer is made for it.
 */
export function digestInto(input: Uint8Array, target: Buffer, offset: number): void {
  target.write(hash('sha256', input, 'binary'), offset, HASH_SIZE, 'latin1')
}

/** SHA-256(0x00 ‖ entry), RFC 6962 section 2.1. A string stands for its UTF-8 bytes. */
export function leafHash(entry: Uint8Array | string): Buffer {
  if (typeof entry === 'string') return Buffer.from(hash('sha256', LEAF_PREFIX + entry, 'binary'), 'latin1')
  const input = entry.length <= MAX_ENTRY ? leafInput : Buffer.alloc(1 + entry.length)
  input.set(entry, 1)
  return Buffer.from(hash('sha256', input.subarray(0, 1 + entry.length), 'binary'), 'latin1')
}

/** SHA-256(0x01 ‖ left ‖ right), RFC 6962 section 2.1; both are 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + HASH_SIZE)
  return Buffer.from(hash('sha256', nodeInput, 'binary'), 'latin1')
}

/**
 * Root of a complete subtree.
 *
 * @param hashes 2^k hashes of one level, concatenated, at least one; a full tile is 256 of them
 */
export function subtreeRoot(hashes: Uint8Array): Buffer {
  const level = Buffer.from(hashes)
  for (let width = level.length / HASH_SIZE; width > 1; width /= 2) {
    for (let pair = 0; pair < width / 2; pair++) {
      level.copy(nodeInput, 1, pair * 2 * HASH_SIZE, (pair + 1) * 2 * HASH_SIZE)
      digestInto(nodeInput, level, pair * HASH_SIZE)
    }
  }
  return Buffer.from(level.subarray(0, HASH_SIZE))
}
