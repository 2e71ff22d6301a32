/**
 * A process that appends without end and prints each acknowledged event as a line of JSON, so that a test can kill it.
 * Arguments: URL of the service role, signer key, number of clients.
 */
import { PostgresEventStore } from '../../../src/ledger/postgres/postgres-event-store.js'
import { noteSignerFromKey } from '../../../src/ledger/log/note-key.js'
import { createPool } from '../../../src/platform/database/pool.js'
import { anEvent, aStream } from '../../support/event-fixtures.js'

const [url, signerKey, clients] = process.argv.slice(2) as [string, string, string]
const store = await PostgresEventStore.open({
  pool: createPool(url),
  writerUrl: url,
  signer: noteSignerFromKey(signerKey),
})

async function appendForEver(): Promise<never> {
  const stream = aStream()
  for (let revision = -1; ; revision++) {
    const expectedRevision = revision < 0 ? 'no-stream' : revision
    const { events } = await store.append([{ stream, expectedRevision, events: [anEvent()] }])
    // Written to a pipe at once: a line stands for an acknowledgement that left the process.
    process.stdout.write(JSON.stringify(events[0]) + '\n')
  }
}

await Promise.all(Array.from({ length: Number(clients) }, appendForEver))
