import { Inject, Injectable } from '@nestjs/common'
import { InvalidRequest } from '../platform/errors.js'
import { parseDecimal } from '../ledger/log/checkpoint.js'
import type { LogSource } from '../ledger/log/log-source.js'
import { proofFiles } from '../ledger/log/proof-files.js'
import { LOG_SOURCE } from './inspection.tokens.js'

/** Makes `.tlog-proof` files against the newest checkpoint. */
@Injectable()
export class InclusionProofs {
  constructor(@Inject(LOG_SOURCE) private readonly source: LogSource) {}

  /** @throws InvalidRequest `position-invalid` · NotFound `position-not-found` */
  async fileFor(position: string): Promise<string> {
    const index = parseDecimal(position)
    if (index === null) throw new InvalidRequest('position-invalid', 'A position is a whole number from 0 on.')
    return (await proofFiles(this.source, [index]))[0]!
  }
}
