import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { AuditController } from './audit.controller.js'
import { AuditEntries } from './audit-entries.js'
import { AuditEntryRow } from './audit-entry.row.js'
import { EntryValuesReader } from './entry-values.js'
import { AuditFilters } from './audit-filters.js'
import { ExportAudit } from './export/export-audit.js'
import { ExportSigner } from './export/export-signer.js'
import { KeysController } from './keys.controller.js'
import { CountClearEventsHandler } from './queries/count-clear-events.js'
import { CountSubjectEventsHandler } from './queries/count-subject-events.js'
import { GetAuditEntryHandler } from './queries/get-audit-entry.js'
import { ListAuditEntriesHandler } from './queries/list-audit-entries.js'
import { ListEventTypesHandler } from './queries/list-event-types.js'
import { ListRecipientsHandler } from './queries/list-recipients.js'
import { ListSubjectEventsHandler } from './queries/list-subject-events.js'
import { OwnTrail } from './own-trail.js'
import { SubjectSiteRow } from './subject-site.row.js'

/**
 * The audit trail: its queries, exports and routes. Needs as global providers the journal with its store and catalogue, the
 * policy, `EXPORT_SIGNING_KEY`, the trials' queries on the same bus, and a TypeORM connection that loads entities of the rooms.
 */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([AuditEntryRow, SubjectSiteRow])],
  controllers: [AuditController, KeysController],
  providers: [
    AuditEntries,
    EntryValuesReader,
    AuditFilters,
    OwnTrail,
    ExportSigner,
    ExportAudit,
    ListAuditEntriesHandler,
    GetAuditEntryHandler,
    ListEventTypesHandler,
    ListRecipientsHandler,
    ListSubjectEventsHandler,
    CountSubjectEventsHandler,
    CountClearEventsHandler,
  ],
  exports: [ExportSigner],
})
export class AuditModule {}
