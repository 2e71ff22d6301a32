/** What the numbers were measured on: without it they say nothing. */
import { arch, cpus, platform, totalmem } from 'node:os'
import type pg from 'pg'

export async function machine(pool: pg.Pool) {
  const setting = async (name: string) =>
    (await pool.query<{ value: string }>('select current_setting($1) as value', [name])).rows[0]!.value
  return {
    node: process.version,
    platform: `${platform()} ${arch()}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    postgresql: await setting('server_version'),
    fsync: await setting('fsync'),
    synchronousCommit: await setting('synchronous_commit'),
    walSyncMethod: await setting('wal_sync_method'),
  }
}
