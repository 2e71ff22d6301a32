import type { Command } from 'commander'
import { exportLog } from '../ledger/archive/export-log.js'
import { restoreLog } from '../ledger/archive/restore-log.js'
import { LastSeenStore } from '../ledger/log/last-seen.js'
import { noteVerifier } from '../ledger/log/note-key.js'
import type { VerifiedDatabase } from '../ledger/postgres/verify-database.js'
import { migrate } from '../platform/database/migrate.js'
import { createPool } from '../platform/database/pool.js'
import { progressBar } from './progress.js'

interface ArchiveOptions {
  database: string
  vkey: string
  lastSeen?: string
}

export function addLogArchiveCommands(log: Command): void {
  log
    .command('export <folder>')
    .description('verify the log of a PostgreSQL database and write all of it, payloads included, into an empty folder')
    .requiredOption('--database <url>', 'the database; a running service is no obstacle')
    .requiredOption('--vkey <key>', "the log's verifier key, pinned out of band")
    .action(writeExport)
  log
    .command('restore <folder>')
    .description('verify an exported log and write it into an empty PostgreSQL database, whole or not at all')
    .requiredOption('--database <url>', "the empty database, as the tables' owner; it is migrated first")
    .requiredOption('--vkey <key>', "the log's verifier key, pinned out of band")
    .option('--last-seen <folder>', 'verified checkpoints: refuse an export that does not extend the last of this log')
    .action(restore)
}

async function writeExport(folder: string, { database, vkey }: ArchiveOptions): Promise<void> {
  const verified = await withDatabase(database, 'Exporting', (pool, onProgress) =>
    exportLog(pool, folder, { vkey, onProgress }),
  )
  process.stdout.write(`exported ${summary(verified)}\n`)
}

async function restore(folder: string, { database, vkey, lastSeen }: ArchiveOptions): Promise<void> {
  const seen = lastSeen === undefined ? undefined : await new LastSeenStore(lastSeen).read(noteVerifier(vkey).name)
  await migrate(database)
  const verified = await withDatabase(database, 'Restoring', (pool, onProgress) =>
    restoreLog(pool, folder, { vkey, lastSeen: seen, onProgress }),
  )
  process.stdout.write(`restored ${summary(verified)}\n`)
}

type Progress = (done: number, of: number) => void

async function withDatabase(
  url: string,
  what: string,
  work: (pool: ReturnType<typeof createPool>, onProgress: Progress) => Promise<VerifiedDatabase>,
): Promise<VerifiedDatabase> {
  const pool = createPool(url, { max: 1, applicationName: 'twin-ledger archive', statementTimeoutMs: 0 })
  const bar = progressBar(what)
  try {
    return await work(pool, (done, of) => bar.update(done, of))
  } finally {
    bar.stop()
    await pool.end()
  }
}

function summary({ size, payloads, deleted }: VerifiedDatabase): string {
  return `${size} entries, ${payloads} payloads re-hashed, ${deleted} not there any more`
}
