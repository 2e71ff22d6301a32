import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../../identity/caller.js'
import { CurrentCaller } from '../../identity/current-caller.js'
import { PolicyService } from '../../identity/policy.service.js'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { TakesIdempotencyKey } from '../../journal/idempotency-key.js'
import { isUuid } from '../../ledger/event-header.js'
import { PageDto } from '../../platform/http/page.dto.js'
import { AnswerConsultation, type ConsultationReceipt } from './answer-consultation.js'
import { AnswerConsultationDto } from './consultations.dto.js'
import { CONSULTATION_RECEIPT_EXAMPLE, CONSULTATIONS_EXAMPLE } from './consultations.examples.js'
import { ListConsultations, type ConsultationPage } from './list-consultations.js'
import { SponsorConsultations } from './sponsor-consultations.js'

/** What sponsors are asked before the erasure of a participant is decided. */
@ApiTags('privacy')
@ApiBearerAuth()
@Controller('api/v1/privacy/consultations')
@Requires('erasure.consult')
export class ConsultationsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly policy: PolicyService,
    private readonly consultations: SponsorConsultations,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What the sponsor is asked about erasures in their trials',
    description: 'By the code of the trial; nothing else is told of the person.',
  })
  @ApiOkResponse({ schema: { example: CONSULTATIONS_EXAMPLE } })
  async list(@CurrentCaller() caller: Caller, @Query() { limit, cursor }: PageDto): Promise<ConsultationPage> {
    const { trials = [] } = await this.policy.scopeOf(caller, 'erasure.consult')
    return this.queries.execute(new ListConsultations(trials.filter(isUuid), limit, cursor))
  }

  @Post(':consultation/answer')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say once what the sponsor thinks of an erasure',
    description: 'Within the time given, and before it is decided. The controller decides.',
  })
  @TakesIdempotencyKey()
  @ApiOkResponse({ schema: { example: CONSULTATION_RECEIPT_EXAMPLE } })
  async answer(
    @CurrentCaller() caller: Caller,
    @Param('consultation', ParseUUIDPipe) consultation: string,
    @Body() { position, statement }: AnswerConsultationDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ConsultationReceipt> {
    const { trial } = (await this.consultations.existing(consultation)).asked
    await this.policy.require(caller, 'erasure.consult', { trial })
    return this.commands.execute(new AnswerConsultation(context, { consultation, position, statement }))
  }
}
