import { realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../logging/log.js'
import { connectAdmin } from './admin-connection.js'
import type { ClusterCredentials } from './credentials.js'
import type { ClusterHome } from './home.js'
import { readPostmasterPid, whoIs } from './postmaster-pid.js'
import type { RunningServer } from './start-server.js'

const POLL_MS = 25

/**
 * Finds the server that already runs on this cluster, left by a process that was killed or shared with one that lives.
 * A pid file that names another program is removed, because PostgreSQL would take it for a live server. One that names
 * no process is left: PostgreSQL reads it to make sure that no orphaned backend still writes.
 * @returns undefined when the cluster is free to be started
 */
export async function adoptServer(
  home: ClusterHome,
  credentials: ClusterCredentials,
  log: Log,
): Promise<RunningServer | undefined> {
  for (;;) {
    const recorded = readPostmasterPid(home.cluster)
    if (recorded === undefined) return undefined
    const who = whoIs(recorded.pid, home.cluster)
    if (who === 'gone') return undefined
    if (who === 'server' && recorded.ready) return recorded
    if (who === 'unknown' && (await answersForCluster(recorded.port, credentials, home.cluster))) return recorded
    if (who !== 'server') {
      log.warn('Removed a stale postmaster.pid: the process it names is not this database.')
      rmSync(join(home.cluster, 'postmaster.pid'), { force: true })
      return undefined
    }
    // It is starting, recovering or shutting down.
    await delay(POLL_MS)
  }
}

async function answersForCluster(port: number, credentials: ClusterCredentials, cluster: string): Promise<boolean> {
  try {
    const admin = await connectAdmin(port, credentials.admin)
    const { rows } = await admin.query<{ data_directory: string }>('show data_directory')
    await admin.end()
    return realpathSync(rows[0]!.data_directory) === realpathSync(cluster)
  } catch {
    return false
  }
}
