/** A cluster for the tests: the one EVENTSTORE_URL names, else a stand-in that speaks its protocol and breaks when asked to. */
import { randomUUID } from 'node:crypto'
import { generateSignerKey, noteSignerFromKey, type NoteSigner } from '../../../../src/ledger/log/note-key.js'
import { KurrentEventStore, type KurrentEventStoreOptions } from '../../../../src/ledger/kurrent/kurrent-event-store.js'
import { startKurrentStandIn } from '../../../support/kurrent/kurrent-stand-in.js'
import type { TestDatabase } from '../../../support/test-database.js'

/** With somebody's name in it, as in production. */
export const withCredentials = (url: string): string => url.replace('://', '://service:not-a-secret@')

export async function openCluster(): Promise<{ url: string; close(): void }> {
  const { EVENTSTORE_URL: url } = process.env
  if (url !== undefined) return { url, close: () => undefined }
  const standIn = await startKurrentStandIn()
  return { url: withCredentials(standIn.url), close: () => standIn.close() }
}

/** A log of its own, so that many tests may share a cluster. */
export const newSigner = (): NoteSigner => noteSignerFromKey(generateSignerKey(`ledger.example/${randomUUID()}`))

export function openKurrentStore(
  db: TestDatabase,
  url: string,
  options: Partial<KurrentEventStoreOptions> & Pick<KurrentEventStoreOptions, 'signer'>,
): Promise<KurrentEventStore> {
  return KurrentEventStore.open({ url, pool: db.servicePool, ...options })
}
