import { InvalidRequest, NotFound } from '../../platform/errors.js'
import { parseCheckpoint } from './checkpoint.js'
import type { LogSource } from './log-source.js'
import { inclusionProof } from './prove.js'
import { tileHashReader } from './tile-hash-reader.js'
import { encodeTlogProof } from './tlog-proof.js'

/**
 * `.tlog-proof` files for the entries at these positions, all against one checkpoint; reads O(log n) tiles.
 *
 * @param signed the checkpoint; default the newest
 * @throws InvalidRequest `position-invalid` · NotFound `position-not-found`
 */
export async function proofFiles(source: LogSource, positions: readonly number[], signed?: string): Promise<string[]> {
  const checkpoint = signed ?? (await source.checkpoint())
  const { size } = parseCheckpoint(checkpoint)
  const read = tileHashReader(size, (...tile) => source.tile(...tile))
  const files: string[] = []
  for (const index of positions) {
    if (!Number.isSafeInteger(index) || index < 0)
      throw new InvalidRequest('position-invalid', 'A position is a whole number from 0 on.')
    if (index >= size)
      throw new NotFound('position-not-found', 'Nothing has been recorded at this position yet.', { size })
    files.push(encodeTlogProof({ index, hashes: await inclusionProof(index, size, read), checkpoint }))
  }
  return files
}
