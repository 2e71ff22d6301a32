import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { etagOf, revisionOfIfMatch } from '../journal/if-match.js'
import { positioned } from '../journal/ledger-position.interceptor.js'
import { DraftNotice } from './commands/draft-notice.js'
import { JudgeNotice } from './commands/judge-notice.js'
import { PublishNotice } from './commands/publish-notice.js'
import { WithdrawNotice } from './commands/withdraw-notice.js'
import type { NoticeReceipt } from './notice-book.js'
import {
  DraftNoticeDto,
  JudgeNoticeDto,
  NoticeRegisterDto,
  NoticeTextPathDto,
  NoticeVersionPathDto,
  PublishNoticeDto,
  WithdrawNoticeDto,
} from './notices.dto.js'
import { NOTICE_RECEIPT_EXAMPLE, NOTICE_REGISTER_EXAMPLE } from './notices.examples.js'
import { ListNoticeRegister, type RegisteredNotice } from './queries/list-notice-register.js'

const IF_MATCH = ApiHeader({ name: 'If-Match', required: false, description: 'The revision that was read, in quotes.' })

/** Writing, approving and publishing notices: drafted by compliance, approved by somebody else of compliance or quality assurance. */
@ApiTags('consent notices')
@ApiBearerAuth()
@Controller('api/v1/consent-notices')
export class NoticeRegisterController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('register')
  @Requires('consent-notice.read')
  @ApiOperation({ summary: 'Read the notices with what is not published of them, and who wrote and approved each' })
  @ApiOkResponse({ schema: { example: NOTICE_REGISTER_EXAMPLE } })
  async register(@Query() { notice }: NoticeRegisterDto): Promise<{ notices: RegisteredNotice[] }> {
    return { notices: await this.queries.execute(new ListNoticeRegister(notice)) }
  }

  @Post()
  @Requires('consent-notice.draft')
  @ApiOperation({
    summary: 'Draft a text of a notice',
    description: 'Or draft it anew as long as it is not published.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiCreatedResponse({ schema: { example: NOTICE_RECEIPT_EXAMPLE } })
  async draft(
    @Body() { notice, version, language, title, text }: DraftNoticeDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NoticeReceipt> {
    const draft = { notice, version, language, title, text }
    return answered(response, await this.commands.execute(new DraftNotice(context, draft, revisionOfIfMatch(match))))
  }

  @Post(':notice/:version/:language/judgement')
  @HttpCode(200)
  @Requires('consent-notice.approve')
  @ApiOperation({ summary: 'Approve or reject a drafted text', description: 'Never by whoever wrote it.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiOkResponse({ schema: { example: NOTICE_RECEIPT_EXAMPLE } })
  async judge(
    @Param() { notice, version, language }: NoticeTextPathDto,
    @Body() { outcome, sha256, remark }: JudgeNoticeDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NoticeReceipt> {
    const [text, judgement] = [
      { notice, version, language },
      { outcome, sha256, remark },
    ]
    const command = new JudgeNotice(context, text, judgement, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }

  @Post(':notice/:version/publication')
  @HttpCode(200)
  @Requires('consent-notice.publish')
  @ApiOperation({
    summary: 'Publish what is approved of a version',
    description: 'It never changes again, and takes the place of the version before it from its date on.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiOkResponse({ schema: { example: NOTICE_RECEIPT_EXAMPLE } })
  async publish(
    @Param() { notice, version }: NoticeVersionPathDto,
    @Body() { inForceFrom }: PublishNoticeDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NoticeReceipt> {
    const publication = { notice, version, ...(inForceFrom !== undefined && { inForceFrom }) }
    const command = new PublishNotice(context, publication, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }

  @Post(':notice/:version/withdrawal')
  @HttpCode(200)
  @Requires('consent-notice.publish')
  @ApiOperation({ summary: 'Withdraw a published version', description: 'Nobody consents under it any more.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiOkResponse({ schema: { example: NOTICE_RECEIPT_EXAMPLE } })
  async withdraw(
    @Param() { notice, version }: NoticeVersionPathDto,
    @Body() { reason }: WithdrawNoticeDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<NoticeReceipt> {
    const command = new WithdrawNotice(context, { notice, version, reason }, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }
}

/** A read that waits for the position named here sees the change. */
function answered(response: Response, receipt: NoticeReceipt): NoticeReceipt {
  response.setHeader('ETag', etagOf(receipt.revision))
  return positioned(response, receipt)
}
