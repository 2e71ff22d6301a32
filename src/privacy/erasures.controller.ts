import { Controller, Get, Header, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { certificatePage } from './certificate/certificate-page.js'
import type { SignedCertificate } from './certificate/certificate.js'
import { ConfirmErasure } from './commands/confirm-erasure.js'
import { ExecuteErasure, type ErasureProgress } from './commands/execute-erasure.js'
import type { ForgettingReceipt } from './forgetting/forgetting-journal.js'
import { PrivacyAccess } from './privacy-access.js'
import { ListErasuresDto } from './privacy.dto.js'
import {
  CERTIFICATE_EXAMPLE,
  ERASURE_PAGE_EXAMPLE,
  ERASURE_PROGRESS_EXAMPLE,
  FORGETTING_RECEIPT_EXAMPLE,
} from './privacy.examples.js'
import type { ErasureRow } from './privacy.rows.js'
import { GetCertificate } from './queries/get-certificate.js'
import { ListErasures } from './queries/list-erasures.js'
import type { Page } from './queries/page.js'

/** An erasure as an administrator knows it: nothing of whom it is about. */
export type ShownErasure = Omit<ErasureRow, 'subject' | 'request'> & Partial<Pick<ErasureRow, 'subject' | 'request'>>

/** Forgetting: confirmed by one person, executed by another, certified. */
@ApiTags('privacy')
@ApiBearerAuth()
@Controller('api/v1/privacy/erasures')
export class ErasuresController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: PrivacyAccess,
  ) {}

  @Get()
  @Requires('erasure.read')
  @ApiOperation({ summary: 'List erasures', description: 'An administrator is not shown whom they are about.' })
  @ApiOkResponse({ schema: { example: ERASURE_PAGE_EXAMPLE } })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, status }: ListErasuresDto,
  ): Promise<Page<ShownErasure>> {
    const { subject, minimisation } = await this.access.scopeOf(caller, 'erasure.read')
    const page = await this.queries.execute(new ListErasures({ subject, status }, limit, cursor))
    if (minimisation !== 'headers') return page
    return { ...page, items: page.items.map(({ subject: _subject, request: _request, ...blind }) => blind) }
  }

  @Post(':erasure/confirmation')
  @HttpCode(200)
  @Requires('erasure.confirm')
  @ApiOperation({ summary: 'Confirm an erasure as the second person' })
  @ApiOkResponse({ schema: { example: FORGETTING_RECEIPT_EXAMPLE } })
  async confirm(
    @CurrentCaller() caller: Caller,
    @Param('erasure', ParseUUIDPipe) erasure: string,
    @CurrentContext() context: CommandContext,
  ): Promise<ForgettingReceipt> {
    const subject = await this.access.requireErasure(caller, 'erasure.confirm', erasure)
    return this.commands.execute(new ConfirmErasure(context, { subject, erasure }))
  }

  @Post(':erasure/execution')
  @HttpCode(200)
  @Requires('erasure.execute')
  @ApiOperation({
    summary: 'Execute an erasure that was confirmed',
    description: 'Keys are destroyed, ciphertext deleted, traces purged, recipients told; what is interrupted goes on.',
  })
  @ApiOkResponse({ schema: { example: ERASURE_PROGRESS_EXAMPLE } })
  async execute(
    @CurrentCaller() caller: Caller,
    @Param('erasure', ParseUUIDPipe) erasure: string,
    @CurrentContext() context: CommandContext,
  ): Promise<ErasureProgress> {
    const subject = await this.access.requireErasure(caller, 'erasure.execute', erasure)
    return this.commands.execute(new ExecuteErasure(context, { subject, erasure }))
  }

  @Get(':erasure/certificate')
  @Requires('erasure.read')
  @ApiOperation({ summary: 'The certificate of an erasure: signed, with a proof of each step in the log' })
  @ApiOkResponse({ schema: { example: CERTIFICATE_EXAMPLE } })
  async certificate(
    @CurrentCaller() caller: Caller,
    @Param('erasure', ParseUUIDPipe) erasure: string,
  ): Promise<SignedCertificate> {
    return this.certificateFor(caller, erasure)
  }

  @Get(':erasure/certificate.html')
  @Requires('erasure.read')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @ApiOperation({ summary: 'The certificate of an erasure, to print' })
  @ApiProduces('text/html')
  async printed(@CurrentCaller() caller: Caller, @Param('erasure', ParseUUIDPipe) erasure: string): Promise<string> {
    return certificatePage(await this.certificateFor(caller, erasure))
  }

  private async certificateFor(caller: Caller, erasure: string): Promise<SignedCertificate> {
    const subject = await this.access.requireErasure(caller, 'erasure.read', erasure)
    const { minimisation } = await this.access.scopeOf(caller, 'erasure.read')
    return this.queries.execute(new GetCertificate(subject, erasure, minimisation !== 'headers'))
  }
}
