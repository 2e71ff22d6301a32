import { Inject, Injectable } from '@nestjs/common'
import { InvalidRequest } from '../platform/errors.js'
import { parseDecimal } from '../ledger/log/checkpoint.js'
import type { LogSource } from '../ledger/log/log-source.js'
import { proofFiles } from '../ledger/log/proof-files.js'
import { CosignedCheckpoints } from '../witnesses/cosigned-checkpoints.js'
import { LOG_SOURCE } from './inspection.tokens.js'

/** Makes `.tlog-proof` files: against the checkpoint that enough witnesses cosigned where it covers the entry, else the newest. */
@Injectable()
export class InclusionProofs {
  constructor(
    @Inject(LOG_SOURCE) private readonly source: LogSource,
    private readonly cosigned: CosignedCheckpoints,
  ) {}

  /** @throws InvalidRequest `position-invalid` · NotFound `position-not-found` */
  async fileFor(position: string): Promise<string> {
    const index = parseDecimal(position)
    if (index === null) throw new InvalidRequest('position-invalid', 'A position is a whole number from 0 on.')
    const cosigned = await this.cosigned.newest()
    const signed = cosigned && cosigned.size > index ? cosigned.signed : undefined
    return (await proofFiles(this.source, [index], signed))[0]!
  }
}
