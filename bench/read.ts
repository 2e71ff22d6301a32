/** How long a page of the audit trail takes, however it is asked for. */
import { randomUUID } from 'node:crypto'
import { ListAuditEntries, type AuditListing } from '../src/audit/queries/list-audit-entries.js'
import { generateSignerKey, noteSignerFromKey } from '../src/ledger/log/note-key.js'
import { PostgresEventStore } from '../src/ledger/postgres/postgres-event-store.js'
import type { BenchOptions } from './run.js'
import { openAuditTrail } from './support/audit-trail.js'
import { openBenchDatabase } from './support/bench-database.js'
import { quantile } from './support/closed-loop.js'
import { machine } from './support/machine.js'
import { cast, fillTo } from './support/synthetic-log.js'

const QUERIES = 200
/** Correlation: any. */
const READER = { actor: { id: 'regulator', role: 'regulator' }, correlation: randomUUID() }
const page: Omit<AuditListing, 'filter'> = {
  scope: { minimisation: 'full', veiled: false },
  order: { by: 'position', direction: 'desc' },
  limit: 50,
}

const any = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)]!

/** What reviewers ask; each time for somebody else. */
const questions: Record<string, (events: number) => AuditListing> = {
  'newest entries': () => ({ ...page, filter: {} }),
  'one person': () => ({ ...page, filter: { subject: any(cast.subjects) } }),
  'one person, by type': () => ({
    ...page,
    filter: { subject: any(cast.subjects) },
    order: { by: 'type', direction: 'asc' },
  }),
  'one actor': () => ({ ...page, filter: { actor: any(cast.actors) } }),
  'one trial': () => ({ ...page, filter: { trial: any(cast.trials) } }),
  'one type and purpose': () => ({ ...page, filter: { types: [any(cast.types)], purpose: any(cast.purposes) } }),
  'somewhere in the middle': (events) => ({
    ...page,
    filter: { toPosition: 1 + Math.floor(Math.random() * events) },
  }),
  'as of an earlier position': (events) => ({
    ...page,
    filter: { subject: any(cast.subjects), asOfPosition: 1 + Math.floor(Math.random() * events) },
  }),
}

export async function readBench({ events = 1_000_000 }: BenchOptions): Promise<object> {
  const db = await openBenchDatabase()
  try {
    const signer = noteSignerFromKey(generateSignerKey('ledger.example/bench'))
    const store = await PostgresEventStore.open({ pool: db.servicePool, writerUrl: db.serviceUrl, signer })
    await fillTo(store, events)
    const trail = await openAuditTrail(db, store)
    await trail.caughtUp()
    await db.ownerPool.query('vacuum analyze')
    const milliseconds: Record<string, { p50: number; p99: number }> = {}
    for (const [name, question] of Object.entries(questions)) {
      const times: number[] = []
      for (let query = 0; query < QUERIES; query++) {
        const listing = question(events)
        const start = performance.now()
        await trail.list.execute(new ListAuditEntries(READER, listing))
        times.push(performance.now() - start)
      }
      milliseconds[name] = { p50: quantile(times, 0.5), p99: quantile(times, 0.99) }
    }
    await trail.close()
    await store.close()
    return { machine: await machine(db.ownerPool), events, pageOf: page.limit, milliseconds }
  } finally {
    await db.close()
  }
}
