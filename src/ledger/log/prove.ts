/** Generation of inclusion and consistency proofs (RFC 6962 sections 2.1.1 and 2.1.2) from any reader of node hashes. */
import { InvalidRequest } from '../../platform/errors.js'
import { EMPTY_ROOT, nodeHash } from './hash.js'

/** Hash of the complete subtree of 2^height leaves that starts at leaf index · 2^height. */
export type HashReader = (height: number, index: number) => Promise<Buffer>

/** Leaves from `start` up to and without `end`. */
type Range = readonly [start: number, end: number]

/** Largest power of two below `leaves` (RFC 6962's k); `leaves` is at least 2. */
function splitPoint(leaves: number): number {
  let power = 1
  while (power * 2 < leaves) power *= 2
  return power
}

/** Subtrees of an audit path, from the leaf's sibling upwards. */
function inclusionRanges(index: number, size: number): Range[] {
  const path: Range[] = []
  let [start, end] = [0, size]
  while (end - start > 1) {
    const middle = start + splitPoint(end - start)
    path.push(index < middle ? [middle, end] : [start, middle])
    ;[start, end] = index < middle ? [start, middle] : [middle, end]
  }
  return path.reverse()
}

/** Subtrees of a consistency proof, lowest first; 0 < oldSize < newSize. */
function consistencyRanges(oldSize: number, newSize: number): Range[] {
  const path: Range[] = []
  let [start, end] = [0, newSize]
  while (oldSize !== end) {
    const middle = start + splitPoint(end - start)
    path.push(oldSize <= middle ? [middle, end] : [start, middle])
    ;[start, end] = oldSize <= middle ? [start, middle] : [middle, end]
  }
  // Where the old tree is itself a complete subtree from leaf 0, the verifier has its root already.
  if (start > 0) path.push([start, end])
  return path.reverse()
}

/** Merkle tree hash of a range that starts at a multiple of the power of two at or above its length. */
async function rangeRoot([start, end]: Range, read: HashReader): Promise<Buffer> {
  const leaves = end - start
  const below = leaves === 1 ? 1 : splitPoint(leaves)
  if (leaves === 1 || below * 2 === leaves) return read(Math.log2(leaves), start / leaves)
  const [left, right] = await Promise.all([
    rangeRoot([start, start + below], read),
    rangeRoot([start + below, end], read),
  ])
  return nodeHash(left, right)
}

function rootsOf(ranges: Range[], read: HashReader): Promise<Buffer[]> {
  return Promise.all(ranges.map((range) => rangeRoot(range, read)))
}

function assertWithin(inner: number, outer: number): void {
  if (!Number.isSafeInteger(inner) || !Number.isSafeInteger(outer) || inner < 0 || inner > outer) {
    throw new InvalidRequest('proof-range-invalid', 'There is no such leaf or tree.', { asked: inner, size: outer })
  }
}

/** Root of the tree of the first `size` leaves. */
export async function treeRoot(size: number, read: HashReader): Promise<Buffer> {
  return size === 0 ? EMPTY_ROOT : rangeRoot([0, size], read)
}

/**
 * Audit path of leaf `index` in the tree of `size` leaves, from the leaf's sibling upwards; at most 53 hashes.
 *
 * @throws InvalidRequest `proof-range-invalid`: no such leaf
 */
export async function inclusionProof(index: number, size: number, read: HashReader): Promise<Buffer[]> {
  assertWithin(index, size - 1)
  return rootsOf(inclusionRanges(index, size), read)
}

/**
 * Proof that the tree of `oldSize` leaves is a prefix of that of `newSize`; empty for sizes that are equal or 0.
 *
 * @throws InvalidRequest `proof-range-invalid`: the old tree is the larger one
 */
export async function consistencyProof(oldSize: number, newSize: number, read: HashReader): Promise<Buffer[]> {
  assertWithin(oldSize, newSize)
  return oldSize === 0 || oldSize === newSize ? [] : rootsOf(consistencyRanges(oldSize, newSize), read)
}
