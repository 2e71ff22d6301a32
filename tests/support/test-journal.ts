/** A journal over a test database: real store, real vault with throw-away keys. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ACCESS_EVENT_TYPES } from '../../src/journal/access-events.js'
import { AccessRecorder } from '../../src/journal/access-recorder.js'
import { EventCatalogue } from '../../src/journal/event-catalogue.js'
import type { EventType } from '../../src/journal/event-type.js'
import { Journal } from '../../src/journal/journal.js'
import type { PostgresEventStoreOptions } from '../../src/ledger/postgres/postgres-event-store.js'
import { DerivedSecrets } from '../../src/vault/derived-secrets.js'
import { FileKeyEncryption } from '../../src/vault/kms/file-key-encryption.js'
import { IdentifierIndex } from '../../src/vault/identifier-index.js'
import { Vault } from '../../src/vault/vault.js'
import type { TestDatabase } from './test-database.js'
import { openTestStore } from './test-store.js'

export type TestJournal = Awaited<ReturnType<typeof openTestJournal>>

export async function openTestJournal(
  db: TestDatabase,
  rooms: readonly (readonly EventType[])[],
  options: Partial<PostgresEventStoreOptions> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'twin-ledger-keys-'))
  const store = await openTestStore(db, options)
  const keyEncryption = FileKeyEncryption.open(join(folder, 'kek'))
  const vault = new Vault(db.servicePool, keyEncryption)
  const secrets = new DerivedSecrets(randomBytes(32))
  const identifiers = new IdentifierIndex(db.servicePool, secrets)
  const catalogue = new EventCatalogue([ACCESS_EVENT_TYPES, ...rooms])
  const journal = new Journal(store, vault, secrets, catalogue)
  /** The same journal as another process sees it: no key in memory yet. */
  const withoutCachedKeys = () => new Journal(store, new Vault(db.servicePool, keyEncryption), secrets, catalogue)
  const access = new AccessRecorder(journal)
  const close = async () => {
    await store.close()
    await rm(folder, { recursive: true })
  }
  return { journal, store, vault, secrets, identifiers, access, withoutCachedKeys, close }
}
