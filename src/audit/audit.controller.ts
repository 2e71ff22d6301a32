import { Controller, Get, Inject, Param, Query, StreamableFile } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { AccessRecorder } from '../journal/access-recorder.js'
import { CurrentContext } from '../journal/current-context.js'
import { parseDecimal } from '../ledger/log/checkpoint.js'
import { InvalidRequest } from '../platform/errors.js'
import { ExportAuditDto, ListAuditDto, ReadAuditEntryDto } from './audit.dto.js'
import { AUDIT_PAGE_EXAMPLE, ENTRY_DETAIL_EXAMPLE, EVENT_TYPES_EXAMPLE } from './audit.examples.js'
import { auditScope } from './audit-filter.js'
import { AuditFilters } from './audit-filters.js'
import { ExportAudit } from './export/export-audit.js'
import { GetAuditEntry, type AuditEntryDetail } from './queries/get-audit-entry.js'
import { ListAuditEntries, type AuditPage } from './queries/list-audit-entries.js'
import { OwnTrail } from './own-trail.js'
import { ListEventTypes, type EventTypeDescription } from './queries/list-event-types.js'

/** Who did what, when and why: the whole log, as far as the caller may see it. */
@ApiTags('audit')
@ApiBearerAuth()
@Controller('api/v1/audit')
export class AuditController {
  constructor(
    @Inject(QueryBus) private readonly queries: QueryBus,
    @Inject(PolicyService) private readonly policy: PolicyService,
    @Inject(AuditFilters) private readonly filters: AuditFilters,
    @Inject(AccessRecorder) private readonly access: AccessRecorder,
    @Inject(ExportAudit) private readonly exports: ExportAudit,
    @Inject(OwnTrail) private readonly ownTrail: OwnTrail,
  ) {}

  @Get()
  @Requires('audit.read')
  @ApiOperation({
    summary: 'Search the audit trail',
    description:
      'One entry an event of the log, newest first unless asked otherwise. No sealed value is opened. The search of a regulator is recorded, where sponsors cannot read it.',
  })
  @ApiOkResponse({ schema: { example: AUDIT_PAGE_EXAMPLE } })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { order = 'position', direction = 'desc', limit = 50, cursor, total, ...asked }: ListAuditDto,
    @CurrentContext() context: CommandContext,
  ): Promise<AuditPage> {
    const scope = await this.ownTrail.narrowed(caller, auditScope(await this.policy.scopeOf(caller, 'audit.read')))
    const listing = { scope, order: { by: order, direction }, limit, cursor, withTotal: total }
    const { filter, narrowed } = await this.filters.from(asked, scope)
    const page = await this.queries.execute(new ListAuditEntries(context, { ...listing, filter, scope: narrowed }))
    if (caller.role === 'regulator') {
      const { subject, trial } = filter
      const search = { what: 'audit trail', by: Object.keys(filter), found: page.entries.length, subject, trial }
      await this.access.searched(context, search)
    }
    return page
  }

  @Get('event-types')
  @Requires('audit.read')
  @ApiOperation({ summary: 'Every type of event that the log can hold, in plain words' })
  @ApiOkResponse({ schema: { example: EVENT_TYPES_EXAMPLE } })
  async eventTypes(@CurrentCaller() caller: Caller): Promise<EventTypeDescription[]> {
    await this.policy.scopeOf(caller, 'audit.read')
    return this.queries.execute(new ListEventTypes())
  }

  @Get('export')
  @Requires('audit.export')
  @ApiOperation({
    summary: 'Take a certified copy',
    description: 'A zip archive: the entries, a manifest, its signature and how to check them. On record as an event.',
  })
  @ApiProduces('application/zip')
  async export(
    @CurrentCaller() caller: Caller,
    @Query() { format, ...asked }: ExportAuditDto,
    @CurrentContext() context: CommandContext,
  ): Promise<StreamableFile> {
    const scope = await this.ownTrail.narrowed(caller, auditScope(await this.policy.scopeOf(caller, 'audit.export')))
    const { filter, narrowed } = await this.filters.from(asked, scope)
    const { archive, fileName } = await this.exports.start(context, caller, { format, filter, scope: narrowed })
    const disposition = `attachment; filename="${fileName}"`
    return new StreamableFile(archive, { type: 'application/zip', disposition })
  }

  @Get(':position')
  @Requires('audit.read')
  @ApiOperation({
    summary: 'Read one entry in full',
    description: 'Old and new value, when it happened, why and from where. The opening of values is recorded.',
  })
  @ApiParam({ name: 'position', example: 1204 })
  @ApiOkResponse({ schema: { example: ENTRY_DETAIL_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('position') position: string,
    @Query() { asOfPosition }: ReadAuditEntryDto,
    @CurrentContext() context: CommandContext,
  ): Promise<AuditEntryDetail> {
    const index = parseDecimal(position)
    if (index === null) throw new InvalidRequest('position-invalid', 'A position is a whole number from 0 on.')
    return this.queries.execute(new GetAuditEntry(context, caller, index, asOfPosition))
  }
}
