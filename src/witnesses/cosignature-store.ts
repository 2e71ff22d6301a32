/** The newest cosignatures, in the database; every process of the service reads them, one writes them. */
import { Inject, Injectable } from '@nestjs/common'
import type { Pool } from 'pg'
import { SERVICE_POOL } from '../journal/journal.tokens.js'
import { parseCheckpoint } from '../ledger/log/checkpoint.js'
import type { Cosignature } from '../ledger/log/cosigned.js'
import { formatSignatureLine, parseSignatureLine, type NoteSignature } from '../ledger/log/note.js'

export interface KeptCosignature {
  /** Verifier key of the witness. */
  witness: string
  size: number
  /** As the log signed it. */
  checkpoint: string
  signature: NoteSignature
  /** POSIX seconds. */
  time: number
}

@Injectable()
export class CosignatureStore {
  constructor(@Inject(SERVICE_POOL) private readonly pool: Pool) {}

  /** All that are kept, the largest trees first. */
  async all(): Promise<KeptCosignature[]> {
    const { rows } = await this.pool.query<{
      witness: string
      size: string
      checkpoint: string
      line: string
      cosigned_at: string
    }>('select witness, size, checkpoint, line, cosigned_at from ledger.cosignature order by size desc, witness')
    return rows.map(({ witness, size, checkpoint, line, cosigned_at }) => ({
      witness,
      size: Number(size),
      checkpoint,
      signature: parseSignatureLine(line),
      time: Number(cosigned_at),
    }))
  }

  /** Keeps one; of a witness and a tree the newest stays. */
  async keep(signed: string, { witness, signature, time }: Cosignature): Promise<void> {
    const { size } = parseCheckpoint(signed)
    await this.pool.query(
      `insert into ledger.cosignature (witness, size, checkpoint, line, cosigned_at) values ($1, $2, $3, $4, $5)
       on conflict (witness, size) do update
         set checkpoint = excluded.checkpoint, line = excluded.line, cosigned_at = excluded.cosigned_at`,
      [witness.vkey, size, signed, formatSignatureLine(signature), time],
    )
  }

  /** Lets go of those below this size that are not the last of their witness. */
  async dropBelow(size: number): Promise<void> {
    await this.pool.query(
      `delete from ledger.cosignature c where size < $1
         and exists (select from ledger.cosignature later where later.witness = c.witness and later.size > c.size)`,
      [size],
    )
  }
}
