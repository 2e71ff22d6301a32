import { Inject, Injectable } from '@nestjs/common'
import { InvalidRequest, NotFound } from '../platform/errors.js'
import { parseCheckpoint, parseDecimal } from '../ledger/log/checkpoint.js'
import type { LogSource } from '../ledger/log/log-source.js'
import { inclusionProof } from '../ledger/log/prove.js'
import { tileHashReader } from '../ledger/log/tile-hash-reader.js'
import { encodeTlogProof } from '../ledger/log/tlog-proof.js'
import { LOG_SOURCE } from './inspection.tokens.js'

/** Makes `.tlog-proof` files against the newest checkpoint; reads O(log n) tiles. */
@Injectable()
export class InclusionProofs {
  constructor(@Inject(LOG_SOURCE) private readonly source: LogSource) {}

  /** @throws InvalidRequest `position-invalid` · NotFound `position-not-found` */
  async fileFor(position: string): Promise<string> {
    const index = parseDecimal(position)
    if (index === null) throw new InvalidRequest('position-invalid', 'A position is a whole number from 0 on.')
    const checkpoint = await this.source.checkpoint()
    const { size } = parseCheckpoint(checkpoint)
    if (index >= size)
      throw new NotFound('position-not-found', 'Nothing has been recorded at this position yet.', { size })
    const hashes = await inclusionProof(
      index,
      size,
      tileHashReader(size, (...tile) => this.source.tile(...tile)),
    )
    return encodeTlogProof({ index, hashes, checkpoint })
  }
}
