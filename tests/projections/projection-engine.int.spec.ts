import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { PostgresEventStore } from '../../src/ledger/postgres/postgres-event-store.js'
import { silentLog } from '../../src/platform/logging/log.js'
import { IntegrityError, InvalidRequest } from '../../src/platform/errors.js'
import type { Projection, ProjectionSql } from '../../src/projections/projection.js'
import { createPool } from '../../src/platform/database/pool.js'
import { haltCheckpoint } from '../../src/projections/checkpoint-row.js'
import { ProjectionEngine, type ProjectionEngineOptions } from '../../src/projections/projection-engine.js'
import { anEvent, aStream } from '../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { openBlockingProxy } from '../ledger/postgres/support/blocking-proxy.js'
import { killConnections } from '../support/kill-connections.js'
import { openTestStore } from '../support/test-store.js'
import { until } from '../support/until.js'

/** Counts events by type; fails at an event whose reason is in `poison`, in the way named there. */
class CountByType implements Projection {
  readonly name: string
  readonly tables = ['event_count']
  readonly poison = new Map<string, (sql: Parameters<Projection['apply']>[1]) => unknown>()
  constructor(
    name: string,
    readonly version = 1,
    private readonly weight = 1,
  ) {
    this.name = name
  }
  async apply(events: Parameters<Projection['apply']>[0], sql: Parameters<Projection['apply']>[1]) {
    for (const { header } of events) {
      await this.poison.get(header.reason ?? '')?.(sql)
      await sql.query(
        `insert into event_count (type, n) values ($1, $2) on conflict (type) do update set n = event_count.n + excluded.n`,
        [header.type, this.weight],
      )
    }
  }
}

const fail = (error: () => Error) => () => {
  throw error()
}

describe('the projection engine', () => {
  let db: TestDatabase
  let store: PostgresEventStore
  let engines: ProjectionEngine[] = []
  let name: string

  beforeAll(async () => {
    db = await createTestDatabase()
    store = await openTestStore(db)
    await db.ownerPool.query(
      'create table read.event_count (type text primary key, n bigint not null); alter table read.event_count owner to twin_ledger_service',
    )
  })
  afterAll(async () => {
    await store.close()
    await db.drop()
  })
  beforeEach(async () => {
    name = `count-${randomUUID().slice(0, 8)}`
    await db.servicePool.query('delete from read.event_count; delete from read.projection')
  })
  afterEach(async () => {
    await Promise.all(engines.map((engine) => engine.stop()))
    engines = []
  })

  const engineOf = (projection: Projection, more: Partial<ProjectionEngineOptions> = {}) => {
    const engine = new ProjectionEngine([projection], {
      pool: db.servicePool,
      store,
      log: silentLog,
      decode: async (events) => events.map(({ position, header }) => ({ position, header, data: null, present: true })),
      ...more,
    })
    engines.push(engine)
    return engine
  }
  const append = async (count: number, header: Parameters<typeof anEvent>[0] = {}) => {
    const { events } = await store.append([
      { stream: aStream(), expectedRevision: 'any', events: Array.from({ length: count }, () => anEvent(header)) },
    ])
    return events.at(-1)!.position + 1
  }
  const counted = async () =>
    Number(
      (await db.servicePool.query<{ n: string }>('select coalesce(sum(n), 0) as n from read.event_count')).rows[0]!.n,
    )

  const versionOf = async () =>
    (await db.servicePool.query<{ version: number }>('select version from read.projection')).rows[0]!.version

  it('applies every event once, history and news alike', async () => {
    await append(30)
    const engine = engineOf(new CountByType(name))
    await engine.start()
    const end = await append(5)
    await engine.waitFor(end, 60_000)
    expect(await counted()).toBe(end)
    expect(await engine.status()).toMatchObject([{ name, position: end, lag: 0, status: 'running' }])
  })

  // proves TL-PRJ-001
  it('continues after a restart where its checkpoint stands', async () => {
    const first = engineOf(new CountByType(name))
    await first.start()
    await first.waitFor(await append(10), 60_000)
    await first.stop()
    const second = engineOf(new CountByType(name))
    await second.start()
    const end = await append(10)
    await second.waitFor(end, 60_000)
    expect(await counted()).toBe(end)
  })

  // proves TL-PRJ-001
  it('is applied once when two processes run it', async () => {
    const [one, other] = [engineOf(new CountByType(name)), engineOf(new CountByType(name))]
    await Promise.all([one.start(), other.start()])
    let end = 0
    for (let i = 0; i < 10; i++) end = await append(7)
    await Promise.all([one.waitFor(end, 60_000), other.waitFor(end, 60_000)])
    expect(await counted()).toBe(end)
  })

  // proves TL-PRJ-002
  it.each<[string, string, () => unknown]>([
    ['an error without a code', 'projection-failed', fail(() => new Error('cannot'))],
    ['an error of ours', 'not-canonical-json', fail(() => new InvalidRequest('not-canonical-json', 'no'))],
    ['an error of Node', 'ERR_INVALID_ARG_TYPE', () => Buffer.from(undefined as unknown as string)],
    ['an error of the statement', '22012', (sql?: ProjectionSql) => sql!.query('select 1 / 0')],
  ])('halts at an event it cannot apply (%s), and goes on when it is mended', async (_what, errorCode, failure) => {
    const projection = new CountByType(name)
    const engine = engineOf(projection)
    await engine.start()
    const before = await append(3)
    await engine.waitFor(before, 60_000)
    projection.poison.set('source-update', failure)
    await append(1, { reason: 'source-update' })
    await until('the halt', async () => (await engine.status())[0]!.status === 'halted')
    expect(await engine.status()).toMatchObject([{ position: before, errorCode }])
    expect(await counted()).toBe(before)

    projection.poison.clear()
    await engine.resume(name)
    const end = await append(2)
    await engine.waitFor(end, 60_000)
    expect(await counted()).toBe(end)
  })

  // proves TL-PRJ-002
  it('is shown as halted only when that is on record, so that a resume comes after it', async () => {
    const projection = new CountByType(name)
    const engine = engineOf(projection)
    await engine.start()
    await engine.waitFor(await append(1), 60_000)
    const holder = await db.servicePool.connect()
    await holder.query('begin')
    await holder.query('select 1 from read.projection where name = $1 for update', [name])
    projection.poison.set(
      'source-update',
      fail(() => new Error('cannot')),
    )
    await append(1, { reason: 'source-update' })
    await until('the halt to wait for the row', async () => {
      const { rows } = await db.ownerPool.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
      return rows.length > 0
    })
    const [shown] = await engine.status()
    await holder.query('commit')
    holder.release()
    expect(shown).toMatchObject({ status: 'running' })
    await until('the halt', async () => (await engine.status())[0]!.status === 'halted')
    const { rows } = await db.servicePool.query('select status, error_code from read.projection where name = $1', [
      name,
    ])
    expect(rows).toEqual([{ status: 'halted', error_code: 'projection-failed' }])
  })

  it('does not halt what another process has taken past the event', async () => {
    const stands = await append(2)
    await db.servicePool.query('insert into read.projection (name, version, position) values ($1, 1, $2)', [
      name,
      stands,
    ])
    const row = { name, version: 1, at: stands - 1 }
    expect(await haltCheckpoint(db.servicePool, row, 'projection-failed')).toBe(false)
    expect(await haltCheckpoint(db.servicePool, { ...row, at: stands, version: 0 }, 'projection-failed')).toBe(false)
    expect(await haltCheckpoint(db.servicePool, { ...row, at: stands }, 'projection-failed')).toBe(true)
  })

  it('halts at an event it cannot read', async () => {
    const engine = engineOf(new CountByType(name), {
      decode: async () => {
        throw new IntegrityError('event-type-unknown', 'not known')
      },
    })
    await engine.start()
    await append(1)
    await until('the halt', async () => (await engine.status())[0]!.errorCode === 'event-type-unknown')
  })

  /** By a superuser: on a server of its own the service's role may not end what a superuser has opened. */
  async function endedByServer(sql: ProjectionSql): Promise<unknown> {
    const { rows } = await sql.query('select pg_backend_pid() as pid')
    const admin = createPool(db.adminUrl)
    await admin.query('select pg_terminate_backend($1)', [rows[0]!.pid])
    await admin.end()
    return sql.query('select 1')
  }

  it.each<[string, (sql: ProjectionSql) => unknown]>([
    ['is ended by the server', endedByServer],
    ['loses a deadlock', (sql) => sql.query(`do $$ begin raise 'deadlock' using errcode = '40P01'; end $$`)],
  ])('applies a batch again whose transaction %s', async (_what, failure) => {
    const projection = new CountByType(name)
    const pool = createPool(db.serviceUrl)
    const engine = engineOf(projection, { pool })
    await engine.start()
    projection.poison.set('once', (sql) => projection.poison.delete('once') && failure(sql))
    const end = await append(2, { reason: 'once' })
    await engine.waitFor(end, 60_000)
    expect(projection.poison.size).toBe(0)
    expect(await counted()).toBe(end)
    await engine.stop()
    await pool.end()
  })

  it('applies a batch again whose connection is lost without a word', async () => {
    const proxy = await openBlockingProxy(db.serviceUrl)
    const projection = new CountByType(name)
    const pool = createPool(proxy.url)
    const engine = engineOf(projection, { pool })
    await engine.start()
    projection.poison.set('once', async (sql) => {
      if (!projection.poison.delete('once')) return
      await sql.query('select 1')
      proxy.cut()
      proxy.restore()
    })
    const end = await append(2, { reason: 'once' })
    await engine.waitFor(end, 60_000)
    expect(projection.poison.size).toBe(0)
    expect(await counted()).toBe(end)
    await engine.stop()
    await pool.end()
    await proxy.close()
  })

  it('leaves tables alone that newer code of another process has rebuilt', async () => {
    const old = engineOf(new CountByType(name))
    await old.start()
    await old.waitFor(await append(2), 60_000)
    const newer = engineOf(new CountByType(name, 2, 10))
    await newer.start()
    await until('the rebuild', async () => (await versionOf()) === 2)
    await newer.stop()
    const before = await counted()
    const end = await append(5)
    await expect(old.waitFor(end, 1_000)).rejects.toMatchObject({ code: 'projection-behind' })
    expect(await counted()).toBe(before)
    const again = engineOf(new CountByType(name, 2, 10))
    await again.start()
    await again.waitFor(end, 60_000)
    expect(await counted()).toBe(end * 10)
  })

  it('rebuilds beside the live tables and finds them equal', async () => {
    const engine = engineOf(new CountByType(name))
    await engine.start()
    const end = await append(50)
    await engine.waitFor(end, 60_000)
    expect(await engine.rebuild(name)).toEqual({ projection: name, position: end, equal: { event_count: true } })
    const later = await append(1)
    await engine.waitFor(later, 60_000)
    expect(await counted()).toBe(later)
  })

  // proves TL-PRJ-003
  it('refuses to exchange tables that differ, unless the difference is accepted', async () => {
    const engine = engineOf(new CountByType(name))
    await engine.start()
    const end = await append(5)
    await engine.waitFor(end, 60_000)
    await db.servicePool.query(`update read.event_count set n = n + 1`)
    await expect(engine.rebuild(name)).rejects.toMatchObject({ code: 'projection-digest-differs' })
    expect(await counted()).toBe(end + 1)
    await engine.rebuild(name, { acceptDifference: true })
    expect(await counted()).toBe(end)
  })

  it('rebuilds by itself when its code is newer than its tables', async () => {
    const old = engineOf(new CountByType(name))
    await old.start()
    const end = await append(5)
    await old.waitFor(end, 60_000)
    await old.stop()
    const renewed = engineOf(new CountByType(name, 2, 10))
    await renewed.start()
    await until('the rebuild', async () => (await counted()) === end * 10)
  })

  it('answers a position that does not exist yet with a clear refusal', async () => {
    const engine = engineOf(new CountByType(name))
    await engine.start()
    await expect(engine.waitFor((await store.head()).size + 1)).rejects.toMatchObject({ code: 'position-in-future' })
  })

  it('outlives the loss of all its connections', async () => {
    const engine = engineOf(new CountByType(name))
    await engine.start()
    await engine.waitFor(await append(3), 60_000)
    await killConnections(db)
    const end = await append(3)
    await engine.waitFor(end, 60_000)
    expect(await counted()).toBe(end)
  })
})
