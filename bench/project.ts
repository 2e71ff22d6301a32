/** How fast the audit trail is rebuilt from the log, against emmett reading the same events. */
import { generateSignerKey, noteSignerFromKey } from '../src/ledger/log/note-key.js'
import { PostgresEventStore } from '../src/ledger/postgres/postgres-event-store.js'
import type { BenchOptions } from './run.js'
import { openAuditTrail } from './support/audit-trail.js'
import { openBenchDatabase, type BenchDatabase } from './support/bench-database.js'
import { openEmmett } from './support/emmett.js'
import { machine } from './support/machine.js'
import { observation } from './support/one-append.js'
import { fillTo } from './support/synthetic-log.js'

const EVENTS_A_STREAM = 100
const ROUNDS = 3

async function filledEmmett(db: BenchDatabase, events: number) {
  const store = await openEmmett(db.ownerUrl)
  const streams = Array.from({ length: Math.ceil(events / EVENTS_A_STREAM) }, (_, index) => `twin-${index}`)
  for (const stream of streams)
    await store.appendToStream(
      stream,
      Array.from({ length: EVENTS_A_STREAM }, (_, n) => ({ type: 'observation-recorded', data: observation(n) })),
    )
  return { store, streams }
}

export async function projectBench({ events = 100_000 }: BenchOptions): Promise<object> {
  const db = await openBenchDatabase()
  try {
    const signer = noteSignerFromKey(generateSignerKey('ledger.example/bench'))
    const store = await PostgresEventStore.open({ pool: db.servicePool, writerUrl: db.serviceUrl, signer })
    await fillTo(store, events)
    const trail = await openAuditTrail(db, store)
    await trail.caughtUp()
    const emmett = await filledEmmett(db, events)
    const rates = { rebuild: [] as number[], emmett: [] as number[] }
    const rate = async (into: number[], work: () => Promise<unknown>) => {
      const start = performance.now()
      await work()
      into.push(events / ((performance.now() - start) / 1_000))
    }
    for (let round = 0; round < ROUNDS; round++) {
      await rate(rates.rebuild, () => trail.rebuild())
      await rate(rates.emmett, async () => {
        for (const stream of emmett.streams) await emmett.store.readStream(stream)
      })
    }
    await Promise.all([trail.close(), emmett.store.close(), store.close()])
    const [rebuild, reading] = [Math.max(...rates.rebuild), Math.max(...rates.emmett)]
    return {
      machine: await machine(db.ownerPool),
      events,
      'rebuild of the audit trail, comparison and exchange included (events/s)': rebuild,
      'emmett reads the same number of events, stream by stream (events/s)': reading,
      ratios: { 'rebuild against the reading of emmett': rebuild / reading },
    }
  } finally {
    await db.close()
  }
}
