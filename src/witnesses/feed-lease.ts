/** Which of several processes asks the witnesses: the one that holds the lease, until it has not renewed it for a while. */
import { randomUUID } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import type { Pool } from 'pg'
import { SERVICE_POOL } from '../journal/journal.tokens.js'
import { Configuration } from '../platform/configuration.js'

/** Beyond the time to the next round, which renews the lease: well above what a round takes when every witness is slow. */
const ROUND_SECONDS = 120

@Injectable()
export class FeedLease {
  private readonly holder = randomUUID()
  private readonly seconds: number

  constructor(
    @Inject(SERVICE_POOL) private readonly pool: Pool,
    { witnesses }: Configuration,
  ) {
    this.seconds = witnesses.intervalSeconds + ROUND_SECONDS
  }

  /** Takes or renews the lease. @returns since when there are witnesses to ask; null while another process holds it */
  async hold(): Promise<Date | null> {
    const { rows } = await this.pool.query<{ since: Date }>(
      `insert into ledger.witness_feed as feed (holder, held_until) values ($1, now() + make_interval(secs => $2))
       on conflict (only_row) do update set holder = excluded.holder, held_until = excluded.held_until
         where feed.holder = excluded.holder or feed.held_until < now()
       returning since`,
      [this.holder, this.seconds],
    )
    return rows[0]?.since ?? null
  }

  async release(): Promise<void> {
    await this.pool.query('update ledger.witness_feed set held_until = now() where holder = $1', [this.holder])
  }
}
