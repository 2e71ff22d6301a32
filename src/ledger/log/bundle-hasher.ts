/** Turns entry bundles into the hashes of the tree, in this thread. */
import { consumeBundleHashes } from './entry-bundle.js'
import { subtreeRoot } from './hash.js'
import { TILE_WIDTH } from './tile-path.js'

export interface HashedBundle {
  /** Leaf hashes, concatenated: the level-0 tile. */
  hashes: Buffer
  /** Root of the tile when it is full. */
  root: Buffer | null
}

export interface BundleHasher {
  /** Takes the bundle over. @throws IntegrityError `entry-bundle-malformed` */
  hash(bundle: Buffer, width: number): Promise<HashedBundle>
  close(): Promise<void>
}

export function hashBundle(bundle: Buffer, width: number): HashedBundle {
  const hashes = consumeBundleHashes(bundle, width)
  return { hashes, root: width === TILE_WIDTH ? subtreeRoot(hashes) : null }
}

export const inlineHasher: BundleHasher = {
  hash: async (bundle, width) => hashBundle(bundle, width),
  close: async () => undefined,
}
