import { Body, Controller, Get, Headers, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { TakesIdempotencyKey } from '../journal/idempotency-key.js'
import { etagOf, revisionOfIfMatch } from '../journal/if-match.js'
import { LEDGER_POSITION } from '../journal/ledger-position.interceptor.js'
import { ApprovePermit } from './commands/approve-permit.js'
import { RegisterPermit } from './commands/register-permit.js'
import { RevokePermit } from './commands/revoke-permit.js'
import type { PermitReceipt } from './permit-book.js'
import { ApprovePermitDto, ListPermitsDto, RegisterPermitDto, RevokePermitDto } from './permits.dto.js'
import { PERMIT_EXAMPLE, PERMIT_RECEIPT_EXAMPLE } from './permits.examples.js'
import { GetPermit, type PermitView } from './queries/get-permit.js'
import { ListPermits } from './queries/list-permits.js'

const IF_MATCH = ApiHeader({ name: 'If-Match', required: false, description: 'The revision that was read, in quotes.' })
const RECEIPT = ApiOkResponse({ schema: { example: PERMIT_RECEIPT_EXAMPLE } })

/** Data permits of health data access bodies (EHDS, Regulation (EU) 2025/327, chapter IV). */
@ApiTags('permits')
@ApiBearerAuth()
@Controller('api/v1/permits')
export class PermitsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly policy: PolicyService,
  ) {}

  @Get()
  @Requires('permit.read')
  @ApiOperation({
    summary: 'List the data permits',
    description: 'To those who use data, the permits of their organisation.',
  })
  @ApiOkResponse({ schema: { example: [PERMIT_EXAMPLE] } })
  async list(@CurrentCaller() caller: Caller, @Query() { standing }: ListPermitsDto): Promise<PermitView[]> {
    const { org: user } = await this.policy.scopeOf(caller, 'permit.read')
    return this.queries.execute(new ListPermits({ standing, user }))
  }

  @Get(':permit')
  @Requires('permit.read')
  @ApiOperation({ summary: 'Read a data permit' })
  @ApiOkResponse({ schema: { example: PERMIT_EXAMPLE } })
  async read(
    @CurrentCaller() caller: Caller,
    @Param('permit', ParseUUIDPipe) permit: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PermitView> {
    const view = await this.queries.execute(new GetPermit(permit))
    await this.policy.require(caller, 'permit.read', { org: view.user })
    response.setHeader('ETag', etagOf(view.revision))
    return view
  }

  @Post()
  @Requires('permit.register')
  @ApiOperation({
    summary: 'Register a data permit as the access body issued it, or other terms of it',
    description: 'Nothing rests on it before somebody else approved it.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiCreatedResponse({ schema: { example: PERMIT_RECEIPT_EXAMPLE } })
  async register(
    @Body() terms: RegisterPermitDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PermitReceipt> {
    // What is recorded is a plain object without a class.
    const receipt = await this.commands.execute(new RegisterPermit(context, { ...terms }, revisionOfIfMatch(match)))
    response.setHeader('Location', `/api/v1/permits/${receipt.permit}`)
    return answered(response, receipt)
  }

  @Post(':permit/approval')
  @HttpCode(200)
  @Requires('permit.approve')
  @ApiOperation({
    summary: 'Approve a data permit against its document',
    description: 'Never by whoever registered it.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async approve(
    @Param('permit', ParseUUIDPipe) permit: string,
    @Body() { document }: ApprovePermitDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PermitReceipt> {
    const command = new ApprovePermit(context, permit, document, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }

  @Post(':permit/revocation')
  @HttpCode(200)
  @Requires('permit.revoke')
  @ApiOperation({
    summary: 'Revoke a data permit',
    description: 'No use rests on it from then on, in cohorts under way neither. What was computed before stands.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @RECEIPT
  async revoke(
    @Param('permit', ParseUUIDPipe) permit: string,
    @Body() { reason }: RevokePermitDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PermitReceipt> {
    const command = new RevokePermit(context, permit, reason, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }
}

/** A read that waits for the position named here sees the change. */
function answered(response: Response, receipt: PermitReceipt): PermitReceipt {
  response.setHeader('ETag', etagOf(receipt.revision))
  response.setHeader(LEDGER_POSITION, String(receipt.position + 1))
  return receipt
}
