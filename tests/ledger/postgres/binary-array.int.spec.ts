import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { byteaArray, int4Array, int8Array, textArray, uuidArray } from '../../../src/ledger/postgres/binary-array.js'
import { createTestDatabase, type TestDatabase } from '../../support/test-database.js'

describe('hand-built binary arrays, read by the server', () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await createTestDatabase({ empty: true })
  })
  afterAll(() => db.drop())

  /** What the server makes of the array, item by item. */
  async function items(type: string, array: Buffer): Promise<unknown[]> {
    const { rows } = await db.ownerPool.query<{ item: unknown }>(
      `select item${type === 'int8' ? '::text' : ''} from unnest($1::${type}[]) with ordinality as u(item, n) order by n`,
      [array],
    )
    return rows.map(({ item }) => item)
  }
  const roundTrip = <T>(
    type: string,
    item: fc.Arbitrary<T>,
    encode: (items: T[]) => Buffer,
    read = (x: T): unknown => x,
  ) =>
    fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 20 }), async (given) => {
        expect(await items(type, encode(given))).toEqual(given.map(read))
      }),
      { numRuns: 30 },
    )

  // PostgreSQL text cannot hold U+0000, and a lone surrogate has no UTF-8.
  const text = fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed() && !value.includes('\0'))

  it('bytea', () => roundTrip('bytea', fc.uint8Array({ maxLength: 300 }).map(Buffer.from), byteaArray))
  it('text', () => roundTrip('text', text, textArray))
  it('integer', () => roundTrip('int4', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), int4Array))
  it('bigint', () => roundTrip('int8', fc.maxSafeInteger(), int8Array, String))
  it('uuid', () => roundTrip('uuid', fc.uuid(), uuidArray))

  it.each([
    ['bytea', byteaArray([])],
    ['text', textArray([])],
    ['int4', int4Array([])],
    ['int8', int8Array([])],
    ['uuid', uuidArray([])],
  ])('an empty %s array is empty and not null', async (type, array) => {
    const { rows } = await db.ownerPool.query(`select cardinality($1::${type}[]) as count`, [array])
    expect(rows).toEqual([{ count: 0 }])
  })
})
