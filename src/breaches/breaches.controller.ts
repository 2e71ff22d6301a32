import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import type { Page } from '../privacy/queries/page.js'
import type { BreachReceipt } from './breach-journal.js'
import {
  AssessBreachDto,
  ExemptCommunicationDto,
  InformSubjectsDto,
  ListBreachesDto,
  NotifyAuthorityDto,
  RecordBreachDto,
} from './breaches.dto.js'
import { BREACH_EXAMPLE, BREACH_PAGE_EXAMPLE, BREACH_RECEIPT_EXAMPLE } from './breaches.examples.js'
import { HandleBreach } from './commands/handle-breach.js'
import { RecordBreach } from './commands/record-breach.js'
import type { BreachCommand } from './breach.js'
import type { BreachFacts, BreachTexts } from './events.js'
import { GetBreach, type BreachView } from './queries/get-breach.js'
import { ListBreaches, type ListedBreach } from './queries/list-breaches.js'

const RECEIPT = ApiOkResponse({ schema: { example: BREACH_RECEIPT_EXAMPLE } })

/** The breach register (GDPR Art 33(5)): each breach from awareness to its closure, against the clock of 72 hours. */
@ApiTags('breaches')
@ApiBearerAuth()
@Controller('api/v1/breaches')
export class BreachesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly policy: PolicyService,
  ) {}

  @Post()
  @Requires('breach.report')
  @ApiOperation({ summary: 'Enter a breach in the register', description: 'From awareness the 72 hours run.' })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: BREACH_RECEIPT_EXAMPLE } })
  record(@Body() report: RecordBreachDto, @CurrentContext() context: CommandContext): Promise<BreachReceipt> {
    const { detection, detectedAt, awareAt } = report
    return this.commands.execute(new RecordBreach(context, { detection, detectedAt, awareAt, texts: textsOf(report) }))
  }

  @Get()
  @Requires('breach.read')
  @ApiOperation({ summary: 'List breaches with their clocks', description: 'The newest first.' })
  @ApiOkResponse({ schema: { example: BREACH_PAGE_EXAMPLE } })
  list(@Query() { limit, cursor, ...filter }: ListBreachesDto): Promise<Page<ListedBreach>> {
    return this.queries.execute(new ListBreaches(filter, limit, cursor))
  }

  @Get(':breach')
  @Requires('breach.read')
  @ApiOperation({ summary: 'Read a breach, with all that its form and its handling still lack' })
  @ApiOkResponse({ schema: { example: BREACH_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('breach', ParseUUIDPipe) breach: string,
    @CurrentContext() context: CommandContext,
  ): Promise<BreachView> {
    const { minimisation } = await this.policy.scopeOf(caller, 'breach.read')
    return this.queries.execute(new GetBreach(context, breach, minimisation === 'full' ? 'full' : 'coded'))
  }

  @Post(':breach/assessment')
  @HttpCode(200)
  @Requires('breach.manage')
  @ApiOperation({ summary: 'State what is known: facts of Art 33(3), in phases' })
  @RECEIPT
  assess(
    @Param('breach', ParseUUIDPipe) breach: string,
    @Body() assessment: AssessBreachDto,
    @CurrentContext() context: CommandContext,
  ): Promise<BreachReceipt> {
    return this.handle(context, breach, { type: 'assess', facts: factsOf(assessment), texts: textsOf(assessment) })
  }

  @Post(':breach/authority-notification')
  @HttpCode(200)
  @Requires('breach.manage')
  @ApiOperation({
    summary: 'Record that the authority was notified (Art 33)',
    description: 'Refused with the name of every missing fact, unless the rest follows in phases.',
  })
  @RECEIPT
  notifyAuthority(
    @Param('breach', ParseUUIDPipe) breach: string,
    @Body() { authority, phased = false, reasonsForDelay }: NotifyAuthorityDto,
    @CurrentContext() context: CommandContext,
  ): Promise<BreachReceipt> {
    return this.handle(context, breach, { type: 'notify-authority', authority, phased, reasonsForDelay })
  }

  @Post(':breach/notification-waiver')
  @HttpCode(200)
  @Requires('breach.manage')
  @ApiOperation({ summary: 'Record that the authority need not be notified: a risk is unlikely (Art 33(1))' })
  @RECEIPT
  waive(
    @Param('breach', ParseUUIDPipe) breach: string,
    @CurrentContext() context: CommandContext,
  ): Promise<BreachReceipt> {
    return this.handle(context, breach, { type: 'waive-notification' })
  }

  @Post(':breach/communication')
  @HttpCode(200)
  @Requires('breach.manage')
  @ApiOperation({ summary: 'Record that the persons concerned were informed (Art 34)' })
  @RECEIPT
  informSubjects(
    @Param('breach', ParseUUIDPipe) breach: string,
    @Body() { channel, persons }: InformSubjectsDto,
    @CurrentContext() context: CommandContext,
  ): Promise<BreachReceipt> {
    return this.handle(context, breach, { type: 'inform-subjects', channel, persons })
  }

  @Post(':breach/communication-exception')
  @HttpCode(200)
  @Requires('breach.manage')
  @ApiOperation({ summary: 'Record why the persons concerned need not be informed (Art 34(3))' })
  @RECEIPT
  exempt(
    @Param('breach', ParseUUIDPipe) breach: string,
    @Body() { exception }: ExemptCommunicationDto,
    @CurrentContext() context: CommandContext,
  ): Promise<BreachReceipt> {
    return this.handle(context, breach, { type: 'exempt-communication', exception })
  }

  @Post(':breach/closure')
  @HttpCode(200)
  @Requires('breach.manage')
  @ApiOperation({ summary: 'Close a breach', description: 'Refused with the name of every step that is missing.' })
  @RECEIPT
  close(
    @Param('breach', ParseUUIDPipe) breach: string,
    @CurrentContext() context: CommandContext,
  ): Promise<BreachReceipt> {
    return this.handle(context, breach, { type: 'close' })
  }

  private handle(
    context: CommandContext,
    breach: string,
    step: Exclude<BreachCommand, { type: 'record' }>,
  ): Promise<BreachReceipt> {
    return this.commands.execute(new HandleBreach(context, breach, step))
  }
}

const given = <Part extends object>(part: Part): Part =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Part

const textsOf = ({ description, contact, consequences, measures }: Partial<BreachTexts>): Partial<BreachTexts> =>
  given({ description, contact, consequences, measures })

function factsOf(assessment: AssessBreachDto): Partial<BreachFacts> {
  const { natures, subjectCategories, recordCategories, subjects, records, risk } = assessment
  return given({ natures, subjectCategories, recordCategories, subjects, records, risk })
}
