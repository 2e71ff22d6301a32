/** RFC 6962 section 2.1 written down as it reads, recursion and all: what the fast code is compared with. */
import { createHash } from 'node:crypto'

function sha256(...parts: Uint8Array[]): Buffer {
  return parts.reduce((digest, part) => digest.update(part), createHash('sha256')).digest()
}

export function referenceLeaf(entry: Uint8Array): Buffer {
  return sha256(Buffer.of(0), entry)
}

/** Merkle tree hash of leaf hashes. */
export function referenceRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return leaves[0]!
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(Buffer.of(1), referenceRoot(leaves.slice(0, split)), referenceRoot(leaves.slice(split)))
}
