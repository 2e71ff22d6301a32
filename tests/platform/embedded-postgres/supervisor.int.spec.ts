import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/platform/embedded-postgres/supervisor.js'
import { whoIs } from '../../../src/platform/embedded-postgres/postmaster-pid.js'
import { isAlive } from '../../../src/platform/process-alive.js'
import { startTypeScript, type TypeScriptChild } from '../../support/typescript-child.js'

const startAndWait = join(dirname(fileURLToPath(import.meta.url)), 'start-and-wait.ts')

/** A data folder whose cluster was initialised and stopped; a copy of it saves a test the initialisation. */
let prototype: string
let dataDirectory: string
let started: EmbeddedPostgres[]
let children: TypeScriptChild[]

const newFolder = () => mkdtempSync(join(tmpdir(), 'twin-ledger-supervisor-'))

beforeAll(async () => {
  prototype = newFolder()
  await (await startEmbeddedPostgres({ dataDirectory: prototype, size: 'small' })).stop()
})

afterAll(() => rmSync(prototype, { recursive: true, force: true }))

beforeEach(() => {
  dataDirectory = newFolder()
  started = []
  children = []
})

afterEach(async () => {
  for (const child of children) await child.kill()
  for (const embedded of started) await embedded.stop()
  rmSync(dataDirectory, { recursive: true, force: true })
})

async function start(): Promise<EmbeddedPostgres> {
  const embedded = await startEmbeddedPostgres({ dataDirectory, size: 'small' })
  started.push(embedded)
  return embedded
}

function startInChild(): TypeScriptChild {
  const child = startTypeScript(startAndWait, [dataDirectory])
  children.push(child)
  return child
}

/** Puts an initialised, stopped cluster into the data folder, with owners and modes as they are. */
function givenCluster(): void {
  chmodSync(dataDirectory, 0o711)
  execFileSync('cp', ['-a', join(prototype, 'postgres'), dataDirectory])
  rmSync(inHome('port'))
}

const inHome = (name: string) => join(dataDirectory, 'postgres', name)

async function ask(url: string, sql: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url })
  // The server may be killed under this connection; the awaited query reports it.
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, string>>(sql)).rows[0]!
  } finally {
    await client.end()
  }
}

/** True while a server runs; a process that ended but was not buried yet does not count. */
const serves = (pid: number) => whoIs(pid, inHome('data')) === 'server'

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(20)
}

const answers = (url: string) =>
  ask(url, 'select 1').then(
    () => true,
    () => false,
  )

describe('a first start', () => {
  it('gives a durable PostgreSQL 18 with an owner and a service that may only connect', async () => {
    const embedded = await start()
    expect(await ask(embedded.connectionUrl('service'), 'select current_user, current_database()')).toEqual({
      current_user: 'twin_ledger_service',
      current_database: 'twin_ledger',
    })
    const settings = await ask(
      embedded.connectionUrl('admin'),
      `select string_agg(name || '=' || setting, ' ' order by name) as all from pg_settings where name in
       ('fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums', 'listen_addresses', 'password_encryption',
        'server_encoding', 'unix_socket_directories')`,
    )
    expect(settings.all).toBe(
      'data_checksums=on fsync=on full_page_writes=on listen_addresses=127.0.0.1 password_encryption=scram-sha-256 ' +
        'server_encoding=UTF8 synchronous_commit=on unix_socket_directories=',
    )
    await expect(ask(embedded.connectionUrl('service'), 'create table t (i int)')).rejects.toMatchObject({
      code: '42501',
    })
  })

  it('keeps passwords in one file that nobody else reads, and demands them', async () => {
    const embedded = await start()
    expect(statSync(inHome('credentials.json')).mode & 0o777).toBe(0o600)
    expect(readdirSync(join(dataDirectory, 'postgres')).sort()).toEqual([
      'credentials.json',
      'data',
      'port',
      'postgresql.log',
    ])
    const wrong = embedded.connectionUrl('service').replace(/:[^:@]+@/, ':wrong@')
    await expect(ask(wrong, 'select 1')).rejects.toMatchObject({ code: '28P01' })
    const hba = readFileSync(join(embedded.clusterDirectory, 'pg_hba.conf'), 'utf8')
    expect(hba).not.toMatch(/^[^#].*\b(trust|password|md5)$/m)
  })

  it('that was killed half way is taken up by the next', async () => {
    const first = startInChild()
    await until(
      () => existsSync(inHome('')) && readdirSync(inHome('')).some((name) => name.startsWith('initialising-')),
    )
    await first.kill()
    const embedded = await start()
    expect(await answers(embedded.connectionUrl('service'))).toBe(true)
    expect(readdirSync(inHome('')).filter((name) => name.startsWith('initialising-'))).toEqual([])
  })
})

describe('a stop', () => {
  beforeEach(givenCluster)

  it('ends the server and keeps what was committed, port included', async () => {
    const first = await start()
    const { port } = first
    await ask(first.connectionUrl('owner'), 'create schema kept')
    await first.stop()
    expect(serves(first.pid)).toBe(false)
    const second = await start()
    expect(second.port).toBe(port)
    expect(await ask(second.connectionUrl('owner'), `select to_regnamespace('kept') is not null as kept`)).toEqual({
      kept: true,
    })
  })

  it('leaves the server running when asked to', async () => {
    const first = await start()
    await first.stop({ keepRunning: true })
    expect(serves(first.pid)).toBe(true)
    expect((await start()).pid).toBe(first.pid)
  })

  it('leaves the server to another process that uses it, and that one ends it', async () => {
    const child = startInChild()
    const { pid } = await child.nextLine<{ pid: number }>()
    const embedded = await start()
    await embedded.stop()
    expect(serves(pid)).toBe(true)
    const ended = once(child.process, 'exit')
    child.process.stdin!.write('\n')
    await ended
    expect(serves(pid)).toBe(false)
  })
})

describe('two starts at once', () => {
  it('share one server', async () => {
    const here = [start(), start()]
    const there = [startInChild(), startInChild()].map((child) => child.nextLine<{ pid: number }>())
    const pids = [...(await Promise.all(here)), ...(await Promise.all(there))].map(({ pid }) => pid)
    expect(new Set(pids).size).toBe(1)
  })
})

describe('after kill -9 of the process that started it', () => {
  beforeEach(givenCluster)

  it('the running server is adopted', async () => {
    const child = startInChild()
    const { pid } = await child.nextLine<{ pid: number }>()
    await child.kill()
    expect(serves(pid)).toBe(true)
    const embedded = await start()
    expect(embedded.pid).toBe(pid)
    await embedded.stop()
    expect(serves(pid)).toBe(false)
  })

  it('and of the server, the next start recovers every committed row', async () => {
    const child = startInChild()
    const { pid } = await child.nextLine<{ pid: number; url: string }>()
    await ask((await start()).connectionUrl('owner'), 'create table public.t as select generate_series(1, 1000) as i')
    await child.kill()
    await started.pop()!.stop({ keepRunning: true })
    process.kill(pid, 'SIGKILL')
    const embedded = await start()
    expect(embedded.pid).not.toBe(pid)
    expect(await ask(embedded.connectionUrl('owner'), 'select count(*)::text from public.t')).toEqual({ count: '1000' })
  })
})

describe('while it is used', () => {
  beforeEach(givenCluster)

  it('a server that dies comes back on the same port', async () => {
    const embedded = await start()
    const { pid } = embedded
    const url = embedded.connectionUrl('service')
    process.kill(pid, 'SIGKILL')
    await until(() => embedded.pid !== pid)
    expect(embedded.connectionUrl('service')).toBe(url)
    expect(await answers(url)).toBe(true)
  })
})

describe('a stale postmaster.pid', () => {
  beforeEach(givenCluster)

  async function startOver(pid: number): Promise<EmbeddedPostgres> {
    const first = await start()
    await first.stop()
    const content = [pid, first.clusterDirectory, 1, first.port, '', '127.0.0.1', '', 'ready', ''].join('\n')
    writeFileSync(join(first.clusterDirectory, 'postmaster.pid'), content)
    return start()
  }

  it('that names no process is no obstacle', async () => {
    const gone = spawn(process.execPath, ['-e', ''])
    await once(gone, 'exit')
    expect(await answers((await startOver(gone.pid!)).connectionUrl('service'))).toBe(true)
  })

  it('that names a process of something else is no obstacle, and that process lives on', async () => {
    const { uid, gid } = { uid: 65_534, gid: 65_534 }
    // Of the server's own user: exactly the case PostgreSQL itself would take for a running server.
    const sleeper = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {})
    try {
      expect(await answers((await startOver(sleeper.pid!)).connectionUrl('service'))).toBe(true)
      expect(isAlive(sleeper.pid!)).toBe(true)
    } finally {
      sleeper.kill()
    }
  })
})

describe('a cluster whose passwords are lost', () => {
  beforeEach(givenCluster)

  it('is not replaced by an empty one', async () => {
    await (await start()).stop()
    rmSync(inHome('credentials.json'))
    await expect(start()).rejects.toMatchObject({ code: 'embedded-postgres-credentials-lost' })
  })
})
