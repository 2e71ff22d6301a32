import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, StreamableFile } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import { instanceToPlain } from 'class-transformer'
import { RecordDelivery } from '../disclosures/commands/record-delivery.js'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { InvalidRequest } from '../platform/errors.js'
import { AnswerRequest } from './commands/answer-request.js'
import { DecideRequest, type ErasureScope } from './commands/decide-request.js'
import { ExtendRequest } from './commands/extend-request.js'
import { IdentifyRequester } from './commands/identify-requester.js'
import { PrepareRequest } from './commands/prepare-request.js'
import { ReceiveRequest, type ReceivedRequest } from './commands/receive-request.js'
import { AccessPack } from './copies/access-pack.js'
import { PortableData } from './copies/portable-data.js'
import { PrivacyAccess } from './privacy-access.js'
import {
  AnswerRequestDto,
  DecideRequestDto,
  ExtendRequestDto,
  IdentifyRequesterDto,
  ListRequestsDto,
  ReceiveRequestDto,
  TakeCopyDto,
} from './privacy.dto.js'
import { REQUEST_HISTORY_EXAMPLE, REQUEST_PAGE_EXAMPLE, REQUEST_RECEIPT_EXAMPLE } from './privacy.examples.js'
import { GetRequest, type RequestHistory } from './queries/get-request.js'
import { ListRequests, type ListedRequest } from './queries/list-requests.js'
import type { Page } from './queries/page.js'
import { RequestJournal, type RequestReceipt } from './requests/request-journal.js'

const RECEIPT = ApiOkResponse({ schema: { example: REQUEST_RECEIPT_EXAMPLE } })

/** What persons ask about their data, from the first word to the answer. */
@ApiTags('privacy')
@ApiBearerAuth()
@Controller('api/v1/privacy/requests')
export class RequestsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: PrivacyAccess,
    private readonly requests: RequestJournal,
    private readonly pack: AccessPack,
    private readonly portable: PortableData,
  ) {}

  @Post()
  @Requires('privacy.request')
  @ApiOperation({
    summary: 'File a request about personal data (GDPR Art 15 to 22)',
    description:
      'From here on the clock of Art 12(3) runs: one month, two more with a reason. What is asked of all data is received under each id that a person is on record under since twins were merged.',
  })
  @TakesIdempotencyKey()
  @ApiCreatedResponse({ schema: { example: REQUEST_RECEIPT_EXAMPLE } })
  async receive(
    @CurrentCaller() caller: Caller,
    @Body() { subject, receivedAt, ...asked }: ReceiveRequestDto,
    @CurrentContext() context: CommandContext,
  ): Promise<ReceivedRequest> {
    await this.access.require(caller, 'privacy.request', subject)
    const at = receivedAt === undefined ? {} : { receivedAt: new Date(receivedAt).toISOString() }
    const signedIn = caller.subject === subject
    return this.commands.execute(new ReceiveRequest(context, { subject, ...asked, ...at, signedIn }))
  }

  @Get()
  @Requires('privacy.read')
  @ApiOperation({
    summary: 'List requests with their clocks',
    description: 'The newest first; a person sees their own.',
  })
  @ApiOkResponse({ schema: { example: REQUEST_PAGE_EXAMPLE } })
  async list(
    @CurrentCaller() caller: Caller,
    @Query() { limit, cursor, ...filter }: ListRequestsDto,
  ): Promise<Page<ListedRequest>> {
    const { subject } = await this.access.scopeOf(caller, 'privacy.read')
    return this.queries.execute(new ListRequests({ ...filter, ...(subject && { subject }) }, limit, cursor))
  }

  @Get(':request')
  @Requires('privacy.read')
  @ApiOperation({ summary: 'Read a request step by step', description: 'What the person said is opened on record.' })
  @ApiOkResponse({ schema: { example: REQUEST_HISTORY_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('request', ParseUUIDPipe) request: string,
    @CurrentContext() context: CommandContext,
  ): Promise<RequestHistory> {
    const minimisation = await this.access.requireRequest(caller, 'privacy.read', request)
    return this.queries.execute(new GetRequest(context, request, minimisation === 'full' ? 'full' : 'coded'))
  }

  @Post(':request/identity-check')
  @HttpCode(200)
  @Requires('privacy.decide')
  @ApiOperation({ summary: 'Record whether it is established who asks' })
  @TakesIdempotencyKey()
  @RECEIPT
  async identify(
    @CurrentCaller() caller: Caller,
    @Param('request', ParseUUIDPipe) request: string,
    @Body() { method, confirmed }: IdentifyRequesterDto,
    @CurrentContext() context: CommandContext,
  ): Promise<RequestReceipt> {
    await this.access.requireRequest(caller, 'privacy.decide', request)
    return this.commands.execute(new IdentifyRequester(context, { request, method, confirmed }))
  }

  @Post(':request/extension')
  @HttpCode(200)
  @Requires('privacy.decide')
  @ApiOperation({ summary: 'Take two more months, with a reason (Art 12(3))' })
  @TakesIdempotencyKey()
  @RECEIPT
  async extend(
    @CurrentCaller() caller: Caller,
    @Param('request', ParseUUIDPipe) request: string,
    @Body() { reason }: ExtendRequestDto,
    @CurrentContext() context: CommandContext,
  ): Promise<RequestReceipt> {
    await this.access.requireRequest(caller, 'privacy.decide', request)
    return this.commands.execute(new ExtendRequest(context, { request, reason }))
  }

  @Post(':request/preparation')
  @HttpCode(200)
  @Requires('privacy.prepare')
  @ApiOperation({ summary: 'Make a decision ready: count what is held of the person' })
  @TakesIdempotencyKey()
  @RECEIPT
  async prepare(
    @CurrentCaller() caller: Caller,
    @Param('request', ParseUUIDPipe) request: string,
    @CurrentContext() context: CommandContext,
  ): Promise<RequestReceipt> {
    await this.access.requireRequest(caller, 'privacy.prepare', request)
    return this.commands.execute(new PrepareRequest(context, request))
  }

  @Post(':request/decision')
  @HttpCode(200)
  @Requires('privacy.decide')
  @ApiOperation({
    summary: 'Decide: granted, granted in part, or refused, with the ground',
    description:
      'A restriction or an objection that is granted freezes every use at once. An erasure that is granted waits for two more persons.',
  })
  @TakesIdempotencyKey()
  @RECEIPT
  async decide(
    @CurrentCaller() caller: Caller,
    @Param('request', ParseUUIDPipe) request: string,
    @Body() { outcome, grounds = [], erasure, explanation }: DecideRequestDto,
    @CurrentContext() context: CommandContext,
  ): Promise<RequestReceipt> {
    await this.access.requireRequest(caller, 'privacy.decide', request)
    const scope = erasure && (instanceToPlain(erasure) as ErasureScope)
    return this.commands.execute(new DecideRequest(context, { request, outcome, grounds, erasure: scope, explanation }))
  }

  @Post(':request/answer')
  @HttpCode(200)
  @Requires('privacy.decide')
  @ApiOperation({ summary: 'Record that the person was told; that stops the clock' })
  @TakesIdempotencyKey()
  @RECEIPT
  async answer(
    @CurrentCaller() caller: Caller,
    @Param('request', ParseUUIDPipe) request: string,
    @Body() { channel }: AnswerRequestDto,
    @CurrentContext() context: CommandContext,
  ): Promise<RequestReceipt> {
    await this.access.requireRequest(caller, 'privacy.decide', request)
    return this.commands.execute(new AnswerRequest(context, { request, channel }))
  }

  @Get(':request/copy')
  @Requires('privacy.copy')
  @ApiOperation({
    summary: 'Take the copy that was granted',
    description:
      'Of a request for access: a zip archive with every event about the person, the logic of the models, and a signed manifest. Of a request for portability: a FHIR R4 bundle of what was provided.',
  })
  @ApiProduces('application/zip', 'application/fhir+json')
  async copy(
    @CurrentCaller() caller: Caller,
    @Param('request', ParseUUIDPipe) request: string,
    @Query() { recipient }: TakeCopyDto,
    @CurrentContext() context: CommandContext,
  ): Promise<StreamableFile> {
    await this.access.requireRequest(caller, 'privacy.copy', request)
    const { kind, subject } = (await this.requests.existing(request)).received
    const portable = kind === 'portability'
    const maker = portable ? this.portable : this.pack
    if (recipient !== undefined && caller.subject === subject)
      throw new InvalidRequest(
        'privacy-recipient-not-applicable',
        'Whoever takes their own copy hands it on themselves.',
      )
    const { content, fileName } = await maker.start(context, request)
    if (recipient !== undefined) await this.recordDelivery(context, { subject, org: recipient, portable })
    const type = portable ? 'application/fhir+json' : 'application/zip'
    return new StreamableFile(content, { type, disposition: `attachment; filename="${fileName}"` })
  }

  /** On record before the first byte leaves. */
  private async recordDelivery(
    context: CommandContext,
    { portable, ...to }: { subject: string; org: string; portable: boolean },
  ): Promise<void> {
    const what = portable ? 'copy of the data in a portable form' : 'copy of all data'
    const purpose = 'handed over at the request of the person'
    await this.commands.execute(new RecordDelivery(context, { ...to, what, purpose }))
  }
}
