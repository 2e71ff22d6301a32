/** What tests over HTTP look up behind the service's back: the log as it is stored. */
import { expect } from '@jest/globals'
import type { EventStore } from '../../../src/ledger/event-store.js'
import type { EventHeader } from '../../../src/ledger/event.js'
import { verifyDatabase, type VerifiedDatabase } from '../../../src/ledger/postgres/verify-database.js'
import { EVENT_STORE } from '../../../src/journal/journal.tokens.js'
import type { RecordedEvent } from '../../../src/journal/recorded-event.js'
import { Journal } from '../../../src/journal/journal.js'
import type { TestService } from '../../support/test-service.js'

export function storeOf({ service }: TestService): EventStore {
  return service.app.get<EventStore>(EVENT_STORE, { strict: false })
}

export async function logSize(test: TestService): Promise<number> {
  return (await storeOf(test).head()).size
}

/** Headers of a stream, oldest first. */
export async function headersOf(test: TestService, stream: string): Promise<EventHeader[]> {
  return (await storeOf(test).readStream(stream, { payloads: false })).map(({ header }) => header)
}

/** Reads of a subject's values, as recorded: what was opened, how many values, and by whom. */
export async function readsOf(test: TestService, subject: string): Promise<RecordedEvent[]> {
  const events = await test.service.app.get(Journal, { strict: false }).read(`access-${subject}`)
  return events.filter(({ type }) => type === 'access.values-opened')
}

/** How many events of twins the log holds; reads and refusals not counted. */
export async function countTwinEvents({ db }: TestService): Promise<number> {
  const { rows } = await db.servicePool.query<{ count: number }>(
    `select count(*)::integer as count from ledger.event where stream like 'twin-%'`,
  )
  return rows[0]!.count
}

/** Checks every column, leaf, payload and tile in the database against the key that the service publishes. */
export async function verifyStored(test: TestService): Promise<VerifiedDatabase> {
  const vkey = (await (await test.request(null, '/log/vkey')).text()).trim()
  const verified = await verifyDatabase(test.db.servicePool, { vkey })
  expect(verified).toMatchObject({ size: await logSize(test), deleted: 0 })
  return verified
}
