/** The audit room over a test database: real log, real read model; the trials' room is a table of codes, and nothing is signed. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { QueryBus } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import { AuditEntries } from '../../../src/audit/audit-entries.js'
import { AuditEntryRow } from '../../../src/audit/audit-entry.row.js'
import { EntryValuesReader } from '../../../src/audit/entry-values.js'
import { AUDIT_EVENT_TYPES } from '../../../src/audit/events.js'
import { AuditProjection } from '../../../src/audit/audit.projection.js'
import { AuditFilters } from '../../../src/audit/audit-filters.js'
import { ExportAudit } from '../../../src/audit/export/export-audit.js'
import { ExportSigner } from '../../../src/audit/export/export-signer.js'
import { GetAuditEntryHandler } from '../../../src/audit/queries/get-audit-entry.js'
import { ListAuditEntriesHandler } from '../../../src/audit/queries/list-audit-entries.js'
import { OwnTrail } from '../../../src/audit/own-trail.js'
import { SubjectSiteRow } from '../../../src/audit/subject-site.row.js'
import { PolicyService } from '../../../src/identity/policy.service.js'
import type { CommandContext } from '../../../src/journal/command-context.js'
import { projectedEvents } from '../../../src/journal/projected-events.js'
import { dataSourceOptions } from '../../../src/platform/database/data-source.js'
import { silentLog } from '../../../src/platform/logging/log.js'
import { ProjectionEngine } from '../../../src/projections/projection-engine.js'
import { SIGNATURE_EVENT_TYPES } from '../../../src/signatures/events.js'
import { SignaturesOn } from '../../../src/signatures/queries/signatures-on.js'
import { SIMULATION_EVENT_TYPES } from '../../../src/simulations/events.js'
import { TRIAL_EVENT_TYPES } from '../../../src/trials/events.js'
import { EnrolmentCodes } from '../../../src/trials/queries/enrolment-codes.js'
import type { SubjectOfEnrolment } from '../../../src/trials/queries/subject-of-enrolment.js'
import { TWIN_EVENT_TYPES } from '../../../src/twins/events.js'
import type { TestDatabase } from '../../support/test-database.js'
import { openTestJournal } from '../../support/test-journal.js'

export type AuditRoom = Awaited<ReturnType<typeof openAuditRoom>>

export async function openAuditRoom(db: TestDatabase) {
  const opened = await openTestJournal(db, [
    TWIN_EVENT_TYPES,
    TRIAL_EVENT_TYPES,
    AUDIT_EVENT_TYPES,
    SIMULATION_EVENT_TYPES,
    SIGNATURE_EVENT_TYPES,
  ])
  const { journal, store, secrets, access } = opened
  const dataSource = await new DataSource(
    dataSourceOptions(db.serviceUrl, { entities: [AuditEntryRow, SubjectSiteRow] }),
  ).initialize()
  const engine = new ProjectionEngine([new AuditProjection()], {
    pool: db.servicePool,
    store,
    log: silentLog,
    decode: async (events) => projectedEvents(journal.catalogue, events),
  })
  await engine.start()

  /** `<trial>/<subject>` → code. */
  const codes = new Map<string, string>()
  const trials = {
    execute: async (query: unknown) => {
      if (query instanceof SignaturesOn) return []
      if (query instanceof EnrolmentCodes)
        return query.participations.map(({ trial, subject }) => codes.get(`${trial}/${subject}`) ?? null)
      const { trial, code } = query as SubjectOfEnrolment
      return [...codes].find(([key, known]) => known === code && key.startsWith(trial))?.[0].split('/')[1] ?? null
    },
  } as unknown as QueryBus

  const policy = new PolicyService({ record: () => undefined })
  const rows = dataSource.getRepository(AuditEntryRow)
  const entries = new AuditEntries(rows, store, journal.catalogue, trials)
  const { privateKey } = generateKeyPairSync('ed25519')
  const signer = new ExportSigner(privateKey)
  return {
    journal,
    store,
    secrets,
    engine,
    rows,
    codes,
    policy,
    signer,
    entries,
    filters: new AuditFilters(journal.catalogue, trials),
    list: new ListAuditEntriesHandler(entries, secrets, store),
    get: new GetAuditEntryHandler(
      rows,
      dataSource.getRepository(SubjectSiteRow),
      entries,
      journal,
      policy,
      access,
      new OwnTrail(),
    ),
    exports: new ExportAudit(entries, journal, signer, access, new EntryValuesReader(journal, access)),
    caughtUp: async () => engine.waitFor((await store.head()).size, 60_000),
    close: async () => {
      await engine.stop()
      await dataSource.destroy()
      await opened.close()
    },
  }
}

/** Somebody who reads, told apart by an id alone. */
export const asReader = (id: string): CommandContext => contextOf({ id, role: 'regulator' })

export const contextOf = (actor: CommandContext['actor'], more: Partial<CommandContext> = {}): CommandContext => ({
  actor,
  correlation: randomUUID(),
  ...more,
})
