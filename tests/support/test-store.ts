/** A PostgreSQL event store on a test database, with a key of its own. */
import { decodeSignerKey, generateSignerKey, noteSigner } from '../../src/ledger/log/note-key.js'
import { PostgresEventStore, type PostgresEventStoreOptions } from '../../src/ledger/postgres/postgres-event-store.js'
import type { TestDatabase } from './test-database.js'

const { name, privateKey } = decodeSignerKey(generateSignerKey('ledger.example/test'))
/** The key of every test log, so that a second process on the same database can be opened. */
export const testSigner = noteSigner(name, privateKey)

export function openTestStore(
  db: TestDatabase,
  options: Partial<PostgresEventStoreOptions> = {},
): Promise<PostgresEventStore> {
  return PostgresEventStore.open({ pool: db.servicePool, writerUrl: db.serviceUrl, signer: testSigner, ...options })
}
