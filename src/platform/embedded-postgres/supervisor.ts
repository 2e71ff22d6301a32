import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { SERVICE_ROLE } from '../database/roles.js'
import { withFileLock } from '../file-lock.js'
import { silentLog, type Log } from '../logging/log.js'
import { connectAdmin, whileServerSettles } from './admin-connection.js'
import { adoptServer } from './adopt-server.js'
import { preparePostgresBinaries, type PostgresBinaries } from './binaries.js'
import { bootstrapDatabase, DATABASE, OWNER_ROLE } from './bootstrap.js'
import { openCredentials, type ClusterCredentials } from './credentials.js'
import { openClusterHome, type ClusterHome } from './home.js'
import { ADMIN_ROLE, initialiseCluster } from './initialise-cluster.js'
import { whoIs } from './postmaster-pid.js'
import { runProgram } from './run-program.js'
import type { ServerSize } from './server-settings.js'
import { startServer, type RunningServer } from './start-server.js'

/** Session advisory lock that every process using the cluster holds in shared mode; the last one out stops the server. */
const IN_USE = 7_409_318_202

const POLL_MS = 5
const RESTART_DELAYS_MS = [0, 100, 500, 2_000, 5_000]

export interface EmbeddedPostgresOptions {
  /** The folder named by TWIN_LEDGER_DATA; the cluster lives in its `postgres/`. */
  dataDirectory: string
  log?: Log
  /** Default `normal`. */
  size?: ServerSize
}

export type ClusterRole = 'admin' | 'owner' | 'service'

/**
 * Starts the embedded PostgreSQL of a data folder, or joins the one already running there, and keeps it running:
 * a server that dies is restarted on the same port. Any number of processes may call it at once.
 * @throws Unavailable `embedded-postgres-failed`, ConfigurationError when this machine cannot run it
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? silentLog
  const home = openClusterHome(options.dataDirectory, log)
  return withFileLock(home.lock, async () => {
    const binaries = preparePostgresBinaries(home)
    const supervisor = new EmbeddedPostgres(home, binaries, openCredentials(home), options.size ?? 'normal', log)
    await supervisor.ensureRunning()
    return supervisor
  })
}

/** A handle on the running embedded server. */
export class EmbeddedPostgres {
  private server: RunningServer | undefined
  private session: pg.Client | undefined
  private stopping = false

  /** @internal use {@link startEmbeddedPostgres} */
  constructor(
    private readonly home: ClusterHome,
    private readonly binaries: PostgresBinaries,
    private readonly credentials: ClusterCredentials,
    private readonly size: ServerSize,
    private readonly log: Log,
  ) {}

  get port(): number {
    return this.running().port
  }

  /** Process id of the postmaster. */
  get pid(): number {
    return this.running().pid
  }

  /** PGDATA. */
  get clusterDirectory(): string {
    return this.home.cluster
  }

  /** `postgres://…` with the password in it: for connecting, never for printing. */
  connectionUrl(role: ClusterRole, database: string = role === 'admin' ? 'postgres' : DATABASE): string {
    const name = { admin: ADMIN_ROLE, owner: OWNER_ROLE, service: SERVICE_ROLE }[role]
    return `postgres://${name}:${this.credentials[role]}@127.0.0.1:${this.port}/${database}`
  }

  /**
   * Lets go of the server, and shuts it down (fast: open transactions are rolled back, everything committed is
   * flushed) unless another process uses it or `keepRunning` asks otherwise.
   */
  async stop({ keepRunning = false }: { keepRunning?: boolean } = {}): Promise<void> {
    if (this.stopping) return
    this.stopping = true
    await withFileLock(this.home.lock, async () => {
      await this.release()
      if (keepRunning) return
      const unused = await whileServerSettles(() => this.unusedServer())
      if (unused) await this.shutDown(unused)
    })
  }

  /** Adopts or starts the server and holds a session on it. Call it under the start lock. @internal */
  async ensureRunning(): Promise<void> {
    const { home, binaries, credentials, log } = this
    await initialiseCluster(home, binaries, credentials)
    const { server, session, adopted } = await whileServerSettles(() => this.reachServer())
    if (this.server && this.server.port !== server.port) {
      log.error('Embedded PostgreSQL came back on another port; restart this process.', { port: server.port })
    }
    this.server = server
    this.session = session
    session.once('end', () => void this.recover())
    const fields = { pid: server.pid, port: server.port }
    log.info(adopted ? 'Joined the running embedded PostgreSQL.' : 'Started embedded PostgreSQL.', fields)
  }

  private async recover(): Promise<void> {
    for (let attempt = 0; !this.stopping; attempt++) {
      await delay(RESTART_DELAYS_MS[Math.min(attempt, RESTART_DELAYS_MS.length - 1)], undefined, { ref: false })
      if (this.stopping) return
      this.log.warn('Lost the session on embedded PostgreSQL; looking after it.')
      try {
        await withFileLock(this.home.lock, async () => {
          if (!this.stopping) await this.ensureRunning()
        })
        return
      } catch (error) {
        this.log.error('Embedded PostgreSQL could not be brought back yet.', { reason: (error as Error).message })
      }
    }
  }

  /** Each attempt looks again whether a server runs: one that was just killed looks alive for a moment. */
  private async reachServer(): Promise<{ server: RunningServer; session: pg.Client; adopted: boolean }> {
    const { home, binaries, credentials, size, log } = this
    const running = await adoptServer(home, credentials, log)
    const server = running ?? (await startServer({ home, binaries, size, port: this.server?.port, log }))
    return { server, session: await this.openSession(server.port), adopted: running !== undefined }
  }

  private async openSession(port: number): Promise<pg.Client> {
    const session = await connectAdmin(port, this.credentials.admin)
    try {
      await session.query('select pg_advisory_lock_shared($1)', [IN_USE])
      await bootstrapDatabase(session, this.credentials)
      return session
    } catch (error) {
      await session.end()
      throw error
    }
  }

  /** Gives the lock back before hanging up: a backend notices a closed connection only a moment later. */
  private async release(): Promise<void> {
    try {
      await this.session?.query('select pg_advisory_unlock_shared($1)', [IN_USE])
      await this.session?.end()
    } catch {
      // The session died with the server, and the lock with the session.
    }
  }

  /** The server when one runs and no process holds it any more. */
  private async unusedServer(): Promise<RunningServer | undefined> {
    const server = await adoptServer(this.home, this.credentials, this.log)
    if (server === undefined) return undefined
    const admin = await connectAdmin(server.port, this.credentials.admin)
    const { rows } = await admin.query<{ free: boolean }>('select pg_try_advisory_lock($1) as free', [IN_USE])
    await admin.end()
    return rows[0]!.free ? server : undefined
  }

  private async shutDown({ pid }: RunningServer): Promise<void> {
    const { binaries, home } = this
    await runProgram(binaries.pgCtl, ['stop', '-D', home.cluster, '-m', 'fast', '-w', '-t', '120'], {
      user: home.user,
      cwd: home.folder,
    })
    // pg_ctl is content once the pid file is gone; the process ends a moment later.
    while (whoIs(pid, home.cluster) === 'server') await delay(POLL_MS)
    this.log.info('Stopped embedded PostgreSQL.')
  }

  private running(): RunningServer {
    if (this.server === undefined) throw new Error('Embedded PostgreSQL was not started.')
    return this.server
  }
}
