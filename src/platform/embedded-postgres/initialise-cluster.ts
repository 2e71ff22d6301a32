import { chownSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresBinaries } from './binaries.js'
import type { ClusterCredentials } from './credentials.js'
import type { ClusterHome } from './home.js'
import { runProgram } from './run-program.js'

const DRAFT = 'initialising-'
export const ADMIN_ROLE = 'postgres'

/**
 * Creates the cluster when there is none. initdb works in a folder beside that is renamed when whole, so a start that
 * was killed leaves no half cluster, and its password file disappears with that folder whatever happens.
 */
export async function initialiseCluster(
  home: ClusterHome,
  binaries: PostgresBinaries,
  credentials: ClusterCredentials,
): Promise<void> {
  removeDrafts(home)
  if (existsSync(home.cluster)) return
  const draft = mkdtempSync(join(home.folder, DRAFT))
  try {
    const password = join(draft, 'password')
    const cluster = join(draft, 'data')
    writeFileSync(password, credentials.admin, { mode: 0o600 })
    if (home.user) for (const path of [draft, password]) chownSync(path, home.user.uid, home.user.gid)
    await runProgram(
      binaries.initdb,
      [
        `--pgdata=${cluster}`,
        `--username=${ADMIN_ROLE}`,
        `--pwfile=${password}`,
        '--auth=scram-sha-256',
        '--data-checksums',
        '--locale=C',
        '--encoding=UTF8',
      ],
      { user: home.user, cwd: draft },
    )
    renameSync(cluster, home.cluster)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function removeDrafts(home: ClusterHome): void {
  const drafts = readdirSync(home.folder).filter((name) => name.startsWith(DRAFT))
  // Whoever was killed may have left somebody behind who writes for another moment.
  for (const draft of drafts)
    rmSync(join(home.folder, draft), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
