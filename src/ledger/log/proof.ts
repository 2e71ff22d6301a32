/** Verification of inclusion and consistency proofs (RFC 6962 section 2.1; algorithms of RFC 9162 sections 2.1.3.2 and 2.1.4.2). */
import { IntegrityError } from '../../platform/errors.js'
import { EMPTY_ROOT, nodeHash } from './hash.js'

function invalid(kind: 'inclusion' | 'consistency'): IntegrityError {
  return new IntegrityError('proof-invalid', `The ${kind} proof does not verify.`, { kind })
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

/** Halved without a 32-bit operation: sizes reach 2^53. */
const half = (value: number): number => Math.floor(value / 2)

/** Hands a proof's hashes out one by one and knows when they run out. */
class ProofHashes {
  private used = 0
  constructor(
    private readonly hashes: readonly Uint8Array[],
    private readonly kind: 'inclusion' | 'consistency',
  ) {}

  next(): Uint8Array {
    const hash = this.hashes[this.used++]
    if (hash?.length !== 32) throw invalid(this.kind)
    return hash
  }

  assertUsedUp(): void {
    if (this.used !== this.hashes.length) throw invalid(this.kind)
  }
}

/** Root that a leaf and its audit path lead to. @throws IntegrityError `proof-invalid`: the path's length does not fit */
export function rootFromInclusion(index: number, size: number, leaf: Uint8Array, proof: readonly Uint8Array[]): Buffer {
  if (!isSize(index) || !isSize(size) || index >= size || leaf.length !== 32) throw invalid('inclusion')
  const hashes = new ProofHashes(proof, 'inclusion')
  let root: Buffer = Buffer.from(leaf)
  for (let at = index, last = size - 1; last > 0; at = half(at), last = half(last)) {
    if (at % 2 === 1) root = nodeHash(hashes.next(), root)
    else if (at < last) root = nodeHash(root, hashes.next())
  }
  hashes.assertUsedUp()
  return root
}

/**
 * Checks that the leaf with this hash is leaf `index` of the tree of `size` leaves under `root`.
 *
 * @param proof audit path, from the leaf's sibling upwards
 * @throws IntegrityError `proof-invalid`
 */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): void {
  if (!rootFromInclusion(index, size, leaf, proof).equals(root)) throw invalid('inclusion')
}

/**
 * Checks that the tree of `oldSize` leaves is a prefix of the tree of `newSize` leaves.
 *
 * @throws IntegrityError `proof-invalid`
 */
export function verifyConsistency(
  oldSize: number,
  newSize: number,
  proof: readonly Uint8Array[],
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
): void {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) throw invalid('consistency')
  const hashes = new ProofHashes(proof, 'consistency')
  const roots = oldSize === 0 || oldSize === newSize ? null : rootsFromConsistency(oldSize, newSize, hashes, oldRoot)
  hashes.assertUsedUp()
  const [computedOld, computedNew] = roots ?? trivialRoots(oldSize, oldRoot, newRoot)
  if (!computedOld.equals(oldRoot) || !computedNew.equals(newRoot)) throw invalid('consistency')
}

/** Without leaves every tree is an extension; of equal size, only the same root is. */
function trivialRoots(oldSize: number, oldRoot: Uint8Array, newRoot: Uint8Array): [Buffer, Buffer] {
  return oldSize === 0 ? [EMPTY_ROOT, Buffer.from(newRoot)] : [Buffer.from(newRoot), Buffer.from(oldRoot)]
}

function rootsFromConsistency(
  oldSize: number,
  newSize: number,
  hashes: ProofHashes,
  oldRoot: Uint8Array,
): [Buffer, Buffer] {
  let at = oldSize - 1
  let last = newSize - 1
  for (; at % 2 === 1; at = half(at), last = half(last));
  // A complete old tree is itself the first node, and is left out of the proof.
  const start: Buffer = at === 0 ? Buffer.from(oldRoot) : Buffer.from(hashes.next())
  let older = start
  let newer = start
  for (; last > 0; at = half(at), last = half(last)) {
    if (at % 2 === 1) {
      const left = hashes.next()
      older = nodeHash(left, older)
      newer = nodeHash(left, newer)
    } else if (at < last) {
      newer = nodeHash(newer, hashes.next())
    }
  }
  return [older, newer]
}
