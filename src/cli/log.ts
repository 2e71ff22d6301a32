import { join } from 'node:path'
import type { Command } from 'commander'
import { noteVerifier } from '../ledger/log/note-key.js'
import { folderLogSource } from '../ledger/log/folder-log-source.js'
import { httpLogSource } from '../ledger/log/http-log-source.js'
import { LastSeenStore } from '../ledger/log/last-seen.js'
import type { PublishedLog } from '../ledger/log/log-source.js'
import { verifyLog } from '../ledger/log/verify-log.js'
import { ClusterLog } from '../ledger/kurrent/cluster-log.js'
import { verifyDatabase } from '../ledger/postgres/verify-database.js'
import { readConfiguration } from '../platform/configuration.js'
import { createPool } from '../platform/database/pool.js'
import { addLogArchiveCommands } from './log-archive.js'
import { addWitnessOptions, demandedWitnesses, describeCosignatures, type WitnessOptions } from './log-witnesses.js'
import { progressBar } from './progress.js'

interface VerifyOptions extends WitnessOptions {
  vkey: string
  origin?: string
  token?: string
  entries: boolean
  database?: string
  cluster?: string
  lastSeen?: string
}

export function addLogCommands(program: Command): void {
  const log = program.command('log').description('the transparency log')
  const verification = log
    .command('verify <log>')
    .description(
      'check the checkpoint, every tile and entry of a log (URL or folder), and that it extends what was seen before',
    )
    .requiredOption('--vkey <key>', "the log's verifier key, pinned out of band")
    .option('--origin <origin>', "the log's name (default: the key's)")
    .option('--token <token>', 'access token for the entries (default: TWIN_LEDGER_TOKEN)')
    .option('--no-entries', 'check the tiles alone')
    .option('--database <url>', 'also re-hash every payload and compare every row of this PostgreSQL database')
    .option(
      '--cluster <url>',
      'with --database: take the payloads from this KurrentDB cluster (default: EVENTSTORE_URL)',
    )
    .option('--last-seen <folder>', 'where verified checkpoints are remembered (default: verified/ in the data folder)')
    .action(verify)
  addWitnessOptions(verification)
  addLogArchiveCommands(log)
}

async function verify(where: string, options: VerifyOptions): Promise<void> {
  const { name } = noteVerifier(options.vkey)
  const seen = new LastSeenStore(options.lastSeen ?? join(readConfiguration().configuration.dataDirectory, 'verified'))
  const lastSeen = await seen.read(options.origin ?? name)
  const source = sourceOf(where, options)
  const { vkey, origin, entries } = options
  // Before the log is read: the checkpoint read after it is the newer one, and must extend it.
  const witnessed = await demandedWitnesses(source, options)
  const bar = progressBar('Verifying')
  const onProgress = ({ verified, size }: { verified: number; size: number }) => bar.update(verified, size)
  const demands = { vkey, origin, entries, lastSeen, cosigned: witnessed?.signed }
  const result = await verifyLog(source, { ...demands, onProgress }).finally(() => bar.stop())
  const { size, root } = result.checkpoint
  process.stdout.write(`${name}: ${size} entries, root ${root.toString('base64')}\n`)
  process.stdout.write(`  signature good, ${result.tiles} tiles and ${result.entries} entries recomputed\n`)
  process.stdout.write(
    lastSeen === undefined ? '  first checkpoint seen of this log\n' : '  consistent with the last checkpoint seen\n',
  )
  if (witnessed) process.stdout.write(describeCosignatures(witnessed))
  if (options.database !== undefined)
    await verifyStored(options.database, options.cluster ?? process.env.EVENTSTORE_URL, vkey, result.signed)
  await seen.keep(result.signed)
}

/** @param cluster holds the payloads, when the database does not */
async function verifyStored(url: string, cluster: string | undefined, vkey: string, lastSeen: string): Promise<void> {
  const log = cluster === undefined ? null : new ClusterLog({ url: cluster, origin: noteVerifier(vkey).name })
  const pool = createPool(url, { max: 1, applicationName: 'twin-ledger verify', statementTimeoutMs: 0 })
  const bar = progressBar('Re-hashing')
  try {
    const { payloads, deleted, size } = await verifyDatabase(pool, {
      vkey,
      lastSeen,
      ...(log && { payloadsOf: (from: number, limit: number) => log.read(from, limit) }),
      onProgress: (done, of) => bar.update(done, of),
    })
    process.stdout.write(`  database: ${size} rows, ${payloads} payloads re-hashed, ${deleted} not there any more\n`)
  } finally {
    bar.stop()
    await Promise.all([pool.end(), log?.close()])
  }
}

function sourceOf(where: string, { token }: VerifyOptions): PublishedLog {
  return /^https?:/.test(where)
    ? httpLogSource(where, { token: token ?? process.env.TWIN_LEDGER_TOKEN })
    : folderLogSource(where)
}
