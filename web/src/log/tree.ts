/** Merkle tree hashes (RFC 6962, section 2.1) computed leaf by leaf with WebCrypto. */
import { concatenated, sha256, type Bytes } from './bytes.js'

const NODE = Uint8Array.of(1)

/**
 * The hash of the tree over the first `size` leaves. Every node above the leaves is computed here; none is taken over.
 *
 * @param leaves leaf hashes, 32 bytes each
 */
export async function treeHash(leaves: Bytes, size = leaves.length / 32): Promise<Bytes> {
  if (size === 0) return sha256(new Uint8Array(0))
  let level = leaves.subarray(0, size * 32)
  while (level.length > 32) level = await levelAbove(level)
  return level.slice()
}

/**
 * Pairs neighbours; one without a neighbour rises as it is. For trees of any size this gives the root of RFC 6962, whose
 * split at the largest power of two below the size puts the same nodes together.
 */
async function levelAbove(level: Bytes): Promise<Bytes> {
  const pairs = Math.floor(level.length / 64)
  const nodes = new Array<Promise<Bytes>>(pairs)
  for (let pair = 0; pair < pairs; pair++) {
    nodes[pair] = sha256(concatenated([NODE, level.subarray(pair * 64, pair * 64 + 64)]))
  }
  return concatenated([...(await Promise.all(nodes)), level.subarray(pairs * 64)])
}
