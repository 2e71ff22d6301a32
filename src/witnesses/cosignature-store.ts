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

/** How many rounds a witness may lag behind another and still meet it at one checkpoint. */
const KEPT_BEYOND = 100

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

  /**
   * Lets go of all but the cosignatures on the checkpoint that was met, the newest few of each witness beyond it, and the last of
   * one that has none there: while too few cosign, the log grows, and each request for a checkpoint reads what is kept.
   *
   * @param met size of the checkpoint; 0 before the first
   */
  async dropNeedless(met: number): Promise<void> {
    await this.pool.query(
      `delete from ledger.cosignature c using (
         select witness, size, row_number() over (partition by witness order by size desc) as place from ledger.cosignature
       ) ranked
       where c.witness = ranked.witness and c.size = ranked.size
         and c.size <> $1 and ranked.place > case when c.size < $1 then 1 else $2 end`,
      [met, KEPT_BEYOND],
    )
  }
}
