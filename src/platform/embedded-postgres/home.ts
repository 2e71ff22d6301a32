import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigurationError } from '../errors.js'
import type { Log } from '../logging/log.js'
import { canTraverse, serverUser, type ServerUser } from './server-user.js'

/** Where root keeps a cluster whose data folder the unprivileged server user cannot reach, such as one below /root. */
const SYSTEM_FOLDER = '/var/lib/twin-ledger'

/** The files of one embedded cluster: `<data folder>/postgres/`. */
export interface ClusterHome {
  /** The home itself; real path, so that it equals what the server reports. */
  folder: string
  /** PGDATA. */
  cluster: string
  /** Passwords of the three roles, mode 0600. */
  credentials: string
  /** The server's own log. */
  log: string
  /** Held while a process starts or stops the server. */
  lock: string
  /** The port last used, so that a restarted server is found where it was. */
  port: string
  /** Identity the server runs under, undefined for our own. */
  user: ServerUser | undefined
}

/**
 * Makes sure the home of the cluster exists where the server's user can reach it.
 * As root below a private folder, `postgres` becomes a link into /var/lib/twin-ledger.
 * @param dataDirectory the folder named by TWIN_LEDGER_DATA
 */
export function openClusterHome(dataDirectory: string, log: Log): ClusterHome {
  const user = serverUser()
  mkdirSync(dataDirectory, { recursive: true, mode: user ? 0o711 : 0o700 })
  // An empty folder was made for us, perhaps closed (mkdtemp): what is private in it gets modes of its own.
  if (user && readdirSync(dataDirectory).length === 0) chmodSync(dataDirectory, 0o711)
  const named = join(realpathSync(dataDirectory), 'postgres')
  if (!existsSync(named)) {
    if (canTraverse(dataDirectory, user)) mkdirSync(named, { recursive: true, mode: 0o711 })
    else linkIntoSystemFolder(named, log)
  }
  const folder = realpathSync(named)
  // mkdir obeys the umask; the server's user must be able to pass through, and nobody else needs more.
  if (user) chmodSync(folder, 0o711)
  if (!canTraverse(folder, user)) {
    throw new ConfigurationError(
      `PostgreSQL cannot run as root, and the user nobody cannot reach ${folder}. Name another folder with TWIN_LEDGER_DATA, start as an ordinary user, or set DATABASE_URL.`,
    )
  }
  return {
    folder,
    cluster: join(folder, 'data'),
    credentials: join(folder, 'credentials.json'),
    log: join(folder, 'postgresql.log'),
    lock: join(folder, 'start.lock'),
    port: join(folder, 'port'),
    user,
  }
}

function linkIntoSystemFolder(named: string, log: Log): void {
  const target = join(SYSTEM_FOLDER, createHash('sha256').update(named).digest('hex').slice(0, 12))
  mkdirSync(target, { recursive: true, mode: 0o711 })
  chmodSync(SYSTEM_FOLDER, 0o711)
  try {
    symlinkSync(target, named)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  log.warn(`The database is kept in ${target}: the unprivileged server user cannot reach the data folder.`)
}
