import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { AuditFilter, AuditScope } from '../../src/audit/audit-filter.js'
import { AUDIT_ORDERS, type AuditOrder } from '../../src/audit/audit-order.js'
import { ListAuditEntries, type AuditListing } from '../../src/audit/queries/list-audit-entries.js'
import type { StoredEvent } from '../../src/ledger/event.js'
import { anEvent } from '../support/event-fixtures.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'
import { asReader, openAuditRoom, type AuditRoom } from './support/audit-room.js'

const SUBJECTS = Array.from({ length: 3 }, () => randomUUID())
const TRIALS = Array.from({ length: 2 }, () => randomUUID())
const STREAMS = Array.from({ length: 4 }, () => `twin-${randomUUID()}`)
const CORRELATIONS = Array.from({ length: 3 }, () => randomUUID())
const EVERYTHING: AuditScope = { minimisation: 'full', veiled: false }

const header = fc.record(
  {
    type: fc.constantFrom('twin.withdrawn-from-use', 'twin.returned-to-use', 'trial.closed', 'twin.merged-into'),
    actor: fc.record({
      id: fc.constantFrom('actor-1', 'actor-2', 'Actor-3'),
      role: fc.constantFrom('steward', 'investigator'),
    }),
    correlation: fc.constantFrom(...CORRELATIONS),
    purpose: fc.constantFrom('TREAT', 'CLINTRCH'),
    reason: fc.constantFrom('entry-error', 'duplicate'),
    subject: fc.constantFrom(...SUBJECTS),
    trial: fc.constantFrom(...TRIALS),
    data: fc.constantFrom<object>({}, { occurredAt: '2026-01-15' }, { occurredAt: 'yesterday' }),
  },
  { requiredKeys: ['type', 'actor', 'correlation', 'data'] },
)

let db: TestDatabase
let room: AuditRoom
/** The log itself: what the trail must show, read in the plainest way. */
let log: StoredEvent[]

beforeAll(async () => {
  db = await createTestDatabase()
  room = await openAuditRoom(db)
  const headers = fc.sample(header, { numRuns: 240, seed: 20_260_301 })
  for (const [index, { data, ...fields }] of headers.entries()) {
    const stream = STREAMS[index % STREAMS.length]!
    await room.store.append([{ stream, expectedRevision: 'any', events: [anEvent({ ...fields, data })] }])
  }
  await room.caughtUp()
  log = await room.store.readAll({ from: 0, limit: 1_000 })
})
afterAll(async () => {
  await room.close()
  await db.drop()
})

/** Undefined for a time that is no time. */
const occurredAt = (event: StoredEvent): string | undefined =>
  event.payload!.toString().includes('2026-01-15') ? '2026-01-15T00:00:00.000Z' : undefined

describe('the read model of the trail', () => {
  // proves TL-AUD-001
  it('has one row for each event of the log, with what its header says', async () => {
    const rows = await room.rows.find({ order: { position: 'ASC' } })
    expect(rows).toHaveLength(log.length)
    for (const [index, row] of rows.entries()) {
      const { header: event, position } = log[index]!
      expect(row).toEqual({
        position,
        eventId: event.id,
        stream: event.stream,
        revision: event.revision,
        type: event.type,
        schema: event.schema,
        recordedAt: event.recordedAt,
        occurredAt: occurredAt(log[index]!) ?? null,
        actorId: event.actor.id,
        actorRole: event.actor.role,
        actorOrg: event.actor.org ?? null,
        purpose: event.purpose ?? null,
        reason: event.reason ?? null,
        subject: event.subject ?? null,
        trial: event.trial ?? null,
        correlation: event.correlation,
        causation: event.causation ?? null,
        sealed: false,
        keyId: null,
      })
    }
  })

  it('is the same when it is rebuilt from the log', async () => {
    expect((await room.engine.rebuild('audit')).equal).toEqual({ audit_entry: true, audit_subject_site: true })
  })
})

/** The same in the plainest way: filter all, sort all. */
function expected(filter: AuditFilter, { by, direction }: AuditOrder): number[] {
  const matches = log.filter((event) => {
    const { actor, ...fields } = event.header
    const value: Record<string, unknown> = { ...fields, actor: actor.id, role: actor.role }
    for (const field of ['subject', 'actor', 'role', 'trial', 'purpose', 'reason', 'stream', 'correlation'] as const) {
      if (filter[field] !== undefined && value[field] !== filter[field]) return false
    }
    const { types, from = '', to = '9', fromPosition = 0, toPosition = 1e9, asOfPosition = 1e9 } = filter
    if (types && !types.includes(event.header.type)) return false
    return (
      event.header.recordedAt >= from &&
      event.header.recordedAt < to &&
      event.position >= fromPosition &&
      event.position < Math.min(toPosition, asOfPosition)
    )
  })
  const key = (event: StoredEvent): string | number | undefined => {
    const { actor, ...fields } = event.header
    const keys: Record<string, unknown> = { ...fields, actor: actor.id, role: actor.role }
    return by === 'position' ? event.position : by === 'occurredAt' ? occurredAt(event) : (keys[by] as string)
  }
  const sign = direction === 'asc' ? 1 : -1
  return matches
    .sort((one, other) => {
      const [a, b] = [key(one), key(other)]
      if (a === b) return sign * (one.position - other.position)
      if (a === undefined || b === undefined) return a === undefined ? 1 : -1
      return a < b ? -sign : sign
    })
    .map(({ position }) => position)
}

async function readAll(filter: AuditFilter, order: AuditOrder, limit: number): Promise<number[]> {
  const positions: number[] = []
  let cursor: string | undefined
  do {
    const listing: AuditListing = { filter, scope: EVERYTHING, order, limit, cursor }
    const page = await room.list.execute(new ListAuditEntries(asReader('reader'), listing))
    expect(page.entries.length).toBeLessThanOrEqual(limit)
    positions.push(...page.entries.map(({ position }) => position))
    cursor = page.next
  } while (cursor)
  return positions
}

describe('searching the trail', () => {
  // proves TL-AUD-001
  it('finds, in every order and page size, what reading the whole log finds', async () => {
    const time = fc.nat(239).map((index) => log[index]!.header.recordedAt)
    const filters: fc.Arbitrary<AuditFilter> = fc.record(
      {
        subject: fc.constantFrom(...SUBJECTS),
        actor: fc.constantFrom('actor-1', 'Actor-3', 'nobody'),
        role: fc.constantFrom('steward'),
        trial: fc.constantFrom(...TRIALS),
        types: fc.constantFrom(['trial.closed'], ['twin.withdrawn-from-use', 'twin.merged-into'], []),
        purpose: fc.constantFrom('TREAT'),
        reason: fc.constantFrom('duplicate'),
        stream: fc.constantFrom(...STREAMS),
        correlation: fc.constantFrom(...CORRELATIONS),
        from: time,
        to: time,
        fromPosition: fc.nat(240),
        toPosition: fc.nat(240),
        asOfPosition: fc.nat(240),
      },
      { requiredKeys: [] },
    )
    // Few fields at a time, or nothing would match.
    const few = fc
      .tuple(filters, fc.shuffledSubarray(['subject', 'actor', 'trial', 'types', 'from', 'asOfPosition', 'reason']))
      .map(([filter, keep]) =>
        Object.fromEntries(Object.entries(filter).filter(([name]) => keep.slice(0, 2).includes(name))),
      )
    const order = fc.record({
      by: fc.constantFrom(...AUDIT_ORDERS),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    })
    const property = fc.asyncProperty(
      fc.oneof(few, filters),
      order,
      fc.integer({ min: 7, max: 100 }),
      async (filter, by, limit) => {
        expect(await readAll(filter, by, limit)).toEqual(expected(filter, by))
      },
    )
    await fc.assert(property, { numRuns: 120 })
  })

  it.each(AUDIT_ORDERS)('reads everything once when ordered by %s, also where values are missing', async (by) => {
    for (const direction of ['asc', 'desc'] as const) {
      expect(await readAll({}, { by, direction }, 50)).toEqual(expected({}, { by, direction }))
    }
  })

  it('counts only when asked', async () => {
    const listing: AuditListing = {
      filter: { role: 'steward' },
      scope: EVERYTHING,
      order: { by: 'position', direction: 'desc' },
      limit: 3,
    }
    expect(await room.list.execute(new ListAuditEntries(asReader('reader'), listing))).not.toHaveProperty('total')
    const { total } = await room.list.execute(new ListAuditEntries(asReader('reader'), { ...listing, withTotal: true }))
    expect(total).toBe(log.filter((event) => event.header.actor.role === 'steward').length)
  })
})

describe('a cursor', () => {
  const listing: AuditListing = {
    filter: {},
    scope: EVERYTHING,
    order: { by: 'actor', direction: 'asc' },
    limit: 5,
  }
  const next = async () => (await room.list.execute(new ListAuditEntries(asReader('reader'), listing))).next!
  const refused = (reader: string, changed: Partial<AuditListing>) =>
    expect(room.list.execute(new ListAuditEntries(asReader(reader), { ...listing, ...changed }))).rejects.toMatchObject(
      {
        code: 'cursor-invalid',
      },
    )

  it('is good for the same reader, filter, scope and order only', async () => {
    const cursor = await next()
    await expect(
      room.list.execute(new ListAuditEntries(asReader('reader'), { ...listing, cursor })),
    ).resolves.toBeDefined()
    await refused('somebody-else', { cursor })
    await refused('reader', { cursor, filter: { role: 'steward' } })
    await refused('reader', { cursor, scope: { ...EVERYTHING, subject: SUBJECTS[0] } })
    await refused('reader', { cursor, order: { by: 'actor', direction: 'desc' } })
  })

  it('cannot be altered in any character', async () => {
    const cursor = await next()
    await fc.assert(
      fc.asyncProperty(fc.nat(cursor.length - 1), fc.constantFrom('A', 'z', '_'), async (at, character) => {
        const altered = cursor.slice(0, at) + character + cursor.slice(at + 1)
        // The last character carries bits that no byte has.
        fc.pre(!Buffer.from(altered, 'base64url').equals(Buffer.from(cursor, 'base64url')))
        await refused('reader', { cursor: altered })
      }),
      { numRuns: 30 },
    )
    await refused('reader', { cursor: '' })
  })
})

it('a position in the future is refused, not answered with what there is', async () => {
  const listing: AuditListing = {
    filter: { asOfPosition: 10_000 },
    scope: EVERYTHING,
    order: { by: 'position', direction: 'desc' },
    limit: 5,
  }
  await expect(room.list.execute(new ListAuditEntries(asReader('reader'), listing))).rejects.toMatchObject({
    status: 400,
    code: 'position-in-future',
  })
})

it('a row that the log does not have is an alarm', async () => {
  const [row] = await room.rows.find({ take: 1 })
  const forged = { ...row!, eventId: randomUUID() }
  await expect(room.entries.shown(asReader('reader'), [forged], EVERYTHING)).rejects.toMatchObject({
    code: 'audit-trail-not-in-log',
  })
})
