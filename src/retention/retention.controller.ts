import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import type { Page } from '../privacy/queries/page.js'
import { DecideExpired, type ExpiryReceipt } from './commands/decide-expired.js'
import { ReviewRetention, type RetentionReview } from './commands/review-retention.js'
import { SetPeriod, type PeriodReceipt } from './commands/set-period.js'
import { GetRetention, type SubjectRetention } from './queries/get-retention.js'
import { GetSchedule, type Period } from './queries/get-schedule.js'
import { ListRetentionCases } from './queries/list-cases.js'
import { DecideExpiredDto, ListRetentionCasesDto, RecordClassDto, SetPeriodDto } from './retention.dto.js'
import {
  CASE_PAGE_EXAMPLE,
  EXPIRY_RECEIPT_EXAMPLE,
  PERIOD_EXAMPLE,
  PERIOD_RECEIPT_EXAMPLE,
  REVIEW_EXAMPLE,
  SUBJECT_RETENTION_EXAMPLE,
} from './retention.examples.js'
import type { RetentionCaseRow } from './retention-case.row.js'

/** How long records are kept, what is due, and what was done about it. */
@ApiTags('retention')
@ApiBearerAuth()
@Controller('api/v1/retention')
export class RetentionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('schedule')
  @Requires('retention.read')
  @ApiOperation({ summary: 'How long records of each class are kept, and what the law asks for' })
  @ApiOkResponse({ schema: { example: [PERIOD_EXAMPLE] } })
  schedule(): Promise<Period[]> {
    return this.queries.execute(new GetSchedule())
  }

  @Put('schedule/:recordClass')
  @Requires('retention.manage')
  @ApiOperation({ summary: 'Set how long records of a class are kept', description: 'Never shorter than the law.' })
  @ApiOkResponse({ schema: { example: PERIOD_RECEIPT_EXAMPLE } })
  setPeriod(
    @Param() { recordClass }: RecordClassDto,
    @Body() period: SetPeriodDto,
    @CurrentContext() context: CommandContext,
  ): Promise<PeriodReceipt> {
    return this.commands.execute(new SetPeriod(context, { recordClass, ...period }))
  }

  @Get('cases')
  @Requires('retention.read')
  @ApiOperation({
    summary: 'What is due, what a legal hold keeps, and what was decided',
    description: 'The newest first.',
  })
  @ApiOkResponse({ schema: { example: CASE_PAGE_EXAMPLE } })
  cases(@Query() { limit, cursor, status }: ListRetentionCasesDto): Promise<Page<RetentionCaseRow>> {
    return this.queries.execute(new ListRetentionCases({ status }, limit, cursor))
  }

  @Post('review')
  @HttpCode(200)
  @Requires('retention.manage')
  @ApiOperation({
    summary: 'Look now for what is due',
    description: 'The service does so every hour. Cases are opened; nothing is erased by it.',
  })
  @ApiOkResponse({ schema: { example: REVIEW_EXAMPLE } })
  review(@CurrentContext() context: CommandContext): Promise<RetentionReview> {
    return this.commands.execute(new ReviewRetention(context))
  }

  @Get('subjects/:subject')
  @Requires('retention.read')
  @ApiOperation({ summary: 'What of one person is kept until when, and why' })
  @ApiOkResponse({ schema: { example: SUBJECT_RETENTION_EXAMPLE } })
  ofSubject(@Param('subject', ParseUUIDPipe) subject: string): Promise<SubjectRetention> {
    return this.queries.execute(new GetRetention(subject))
  }

  @Post('subjects/:subject/decision')
  @HttpCode(200)
  @Requires('privacy.decide')
  @ApiOperation({
    summary: 'Decide on the erasure of what is due of one person',
    description: 'It waits for the confirmation and the execution by two other persons, as every erasure does.',
  })
  @ApiOkResponse({ schema: { example: EXPIRY_RECEIPT_EXAMPLE } })
  decide(
    @Param('subject', ParseUUIDPipe) subject: string,
    @Body() { retained }: DecideExpiredDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ExpiryReceipt> {
    return this.commands.execute(
      new DecideExpired(
        context,
        subject,
        retained.map(({ class: keyClass, ground }) => ({ class: keyClass, ground })),
      ),
    )
  }
}
