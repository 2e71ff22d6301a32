import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DerivedSecrets } from '../../src/vault/derived-secrets.js'
import { IdentifierIndex } from '../../src/vault/identifier-index.js'
import { createTestDatabase, type TestDatabase } from '../support/test-database.js'

const aTwin = () => ({ subject: randomUUID(), twin: randomUUID() })
const identifiers = (...values: string[]) => values.map((value) => ({ system: 'urn:example:mrn', value }))

describe('the index of identifiers', () => {
  let db: TestDatabase
  let index: IdentifierIndex
  beforeAll(async () => {
    db = await createTestDatabase()
    index = new IdentifierIndex(db.servicePool, new DerivedSecrets(randomBytes(32)))
  })
  afterAll(() => db.drop())

  it('gives records of one person that arrive together one twin, though they share a single identifier', async () => {
    for (let round = 0; round < 10; round++) {
      const [own, shared, other] = [1, 2, 3].map((n) => `${round}-${n}`) as [string, string, string]
      const answers = await Promise.all([
        index.resolveOrReserve(identifiers(own, shared), aTwin()),
        index.resolveOrReserve(identifiers(shared, other), aTwin()),
      ])
      expect(new Set(answers.map(({ twin }) => twin)).size).toBe(1)
    }
  })

  it('refuses identifiers that belong to two twins, and reserves nothing', async () => {
    const [one, two] = [aTwin(), aTwin()]
    await index.resolveOrReserve(identifiers('one'), one)
    await index.resolveOrReserve(identifiers('two'), two)
    await expect(index.resolveOrReserve(identifiers('one', 'two', 'new'), aTwin())).rejects.toMatchObject({
      code: 'identifier-conflict',
    })
    expect(await index.lookup(identifiers('new')[0]!)).toBeNull()
  })
})
