import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { PostgresEventStore } from '../../src/ledger/postgres/postgres-event-store.js'
import { silentLog } from '../../src/platform/logging/log.js'
import type { Projection } from '../../src/projections/projection.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import { anEvent, aStream } from '../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { killConnections } from '../support/kill-connections.js'
import { openTestStore } from '../support/test-store.js'
import { until } from '../support/until.js'

/** Counts events by type; refuses to go past an event whose reason is in `poison`. */
class CountByType implements Projection {
  readonly name: string
  readonly tables = ['event_count']
  readonly poison = new Set<string>()
  constructor(
    name: string,
    readonly version = 1,
    private readonly weight = 1,
  ) {
    this.name = name
  }
  async apply(events: Parameters<Projection['apply']>[0], sql: Parameters<Projection['apply']>[1]) {
    for (const { header } of events) {
      if (this.poison.has(header.reason ?? '')) throw Object.assign(new Error('cannot'), { code: undefined })
      await sql.query(
        `insert into event_count (type, n) values ($1, $2) on conflict (type) do update set n = event_count.n + excluded.n`,
        [header.type, this.weight],
      )
    }
  }
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

  const engineOf = (projection: Projection) => {
    const engine = new ProjectionEngine([projection], {
      pool: db.servicePool,
      store,
      log: silentLog,
      decode: async (events) => events.map(({ position, header }) => ({ position, header, data: null, present: true })),
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

  it('applies every event once, history and news alike', async () => {
    await append(30)
    const engine = engineOf(new CountByType(name))
    await engine.start()
    const end = await append(5)
    await engine.waitFor(end)
    expect(await counted()).toBe(end)
    expect(await engine.status()).toMatchObject([{ name, position: end, lag: 0, status: 'running' }])
  })

  // proves TL-PRJ-001
  it('continues after a restart where its checkpoint stands', async () => {
    const first = engineOf(new CountByType(name))
    await first.start()
    await first.waitFor(await append(10))
    await first.stop()
    const second = engineOf(new CountByType(name))
    await second.start()
    const end = await append(10)
    await second.waitFor(end)
    expect(await counted()).toBe(end)
  })

  // proves TL-PRJ-001
  it('is applied once when two processes run it', async () => {
    const [one, other] = [engineOf(new CountByType(name)), engineOf(new CountByType(name))]
    await Promise.all([one.start(), other.start()])
    let end = 0
    for (let i = 0; i < 10; i++) end = await append(7)
    await Promise.all([one.waitFor(end, 15_000), other.waitFor(end, 15_000)])
    expect(await counted()).toBe(end)
  })

  // proves TL-PRJ-002
  it('halts at an event it cannot apply, keeps what was applied, and goes on when it is mended', async () => {
    const projection = new CountByType(name)
    const engine = engineOf(projection)
    await engine.start()
    const before = await append(3)
    await engine.waitFor(before)
    projection.poison.add('source-update')
    await append(1, { reason: 'source-update' })
    await until('the halt', async () => (await engine.status())[0]!.status === 'halted')
    expect(await engine.status()).toMatchObject([{ position: before, errorCode: 'projection-failed' }])
    expect(await counted()).toBe(before)

    projection.poison.clear()
    await engine.resume(name)
    const end = await append(2)
    await engine.waitFor(end)
    expect(await counted()).toBe(end)
  })

  // proves TL-PRJ-003
  it('rebuilds beside the live tables and finds them equal', async () => {
    const engine = engineOf(new CountByType(name))
    await engine.start()
    const end = await append(50)
    await engine.waitFor(end)
    expect(await engine.rebuild(name)).toEqual({ projection: name, position: end, equal: { event_count: true } })
    const later = await append(1)
    await engine.waitFor(later)
    expect(await counted()).toBe(later)
  })

  // proves TL-PRJ-003
  it('refuses to exchange tables that differ, unless the difference is accepted', async () => {
    const engine = engineOf(new CountByType(name))
    await engine.start()
    const end = await append(5)
    await engine.waitFor(end)
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
    await old.waitFor(end)
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
    await engine.waitFor(await append(3))
    await killConnections(db)
    const end = await append(3)
    await engine.waitFor(end, 15_000)
    expect(await counted()).toBe(end)
  })
})
