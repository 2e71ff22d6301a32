/** The audit trail over a benchmark's log: its projection, and its listing as the API calls it. */
import { randomBytes } from 'node:crypto'
import type { QueryBus } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { AuditEntries } from '../../src/audit/audit-entries.js'
import { AuditEntryRow } from '../../src/audit/audit-entry.row.js'
import { AuditProjection } from '../../src/audit/audit.projection.js'
import { ListAuditEntriesHandler } from '../../src/audit/queries/list-audit-entries.js'
import { SubjectSiteRow } from '../../src/audit/subject-site.row.js'
import { EventCatalogue } from '../../src/journal/event-catalogue.js'
import { projectedEvents } from '../../src/journal/projected-events.js'
import type { EventStore } from '../../src/ledger/event-store.js'
import { dataSourceOptions } from '../../src/platform/database/data-source.js'
import { silentLog } from '../../src/platform/logging/log.js'
import { ProjectionEngine } from '../../src/projections/projection-engine.js'
import { SignaturesOn } from '../../src/signatures/queries/signatures-on.js'
import { TWIN_EVENT_TYPES } from '../../src/twins/events.js'
import { DerivedSecrets } from '../../src/vault/derived-secrets.js'
import type { BenchDatabase } from './bench-database.js'

/** Nothing in a benchmark's log is signed, and its readers see no codes of trials instead of persons. */
const nobodyToAsk = {
  execute: (query: unknown) =>
    query instanceof SignaturesOn
      ? Promise.resolve([])
      : Promise.reject(new Error('The benchmarks read without a veil.')),
} as unknown as QueryBus

export async function openAuditTrail(db: BenchDatabase, store: EventStore) {
  const catalogue = new EventCatalogue([TWIN_EVENT_TYPES])
  const options = dataSourceOptions(db.serviceUrl, { entities: [AuditEntryRow, SubjectSiteRow] })
  const dataSource = await new DataSource(options).initialize()
  const engine = new ProjectionEngine([new AuditProjection()], {
    pool: db.servicePool,
    store,
    log: silentLog,
    decode: async (events) => projectedEvents(catalogue, events),
  })
  await engine.start()
  const entries = new AuditEntries(dataSource.getRepository(AuditEntryRow), store, catalogue, nobodyToAsk)
  return {
    list: new ListAuditEntriesHandler(entries, new DerivedSecrets(randomBytes(32)), store),
    rebuild: () => engine.rebuild('audit'),
    caughtUp: async () => engine.waitFor((await store.head()).size, 3_600_000),
    close: async () => {
      await engine.stop()
      await dataSource.destroy()
    },
  }
}
