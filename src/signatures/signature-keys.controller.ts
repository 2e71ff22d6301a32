import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { PageDto } from '../platform/http/page.dto.js'
import {
  BackdatedRevocations,
  type BackdatingPage,
  type BackdatingReceipt,
  type BackdatingView,
} from './keys/backdated-revocations.js'
import { SignatureKeyBook } from './keys/signature-key-book.js'
import { BackdateRevocationDto, DecideBackdatingDto, RevokeSignatureKeyDto } from './signatures.dto.js'
import { AT_STAKE_EXAMPLE, BACKDATING_EXAMPLE, BACKDATING_RECEIPT_EXAMPLE } from './signatures.examples.js'

/** The keys behind signatures, for those who run the service. The public halves are at `/api/v1/keys`. */
@ApiTags('signatures')
@ApiBearerAuth()
@Controller('api/v1/signature-keys')
export class SignatureKeysController {
  constructor(
    private readonly book: SignatureKeyBook,
    private readonly backdated: BackdatedRevocations,
  ) {}

  @Post('rotations')
  @Requires('signature.manage-keys')
  @ApiOperation({ summary: 'Sign with a new key from now on; what earlier keys signed stays good' })
  async rotate(@CurrentContext() context: CommandContext): Promise<{ kid: string; position: number }> {
    const { kid, receipt } = await this.book.rotate(context)
    return { kid, position: receipt.events.at(-1)!.position }
  }

  @Post(':kid/revocation')
  @HttpCode(200)
  @Requires('signature.manage-keys')
  @ApiOperation({ summary: 'Trust nothing a key signs from now on; what it signed before stays good' })
  async revoke(
    @Param('kid') kid: string,
    @Body() { reason }: RevokeSignatureKeyDto,
    @CurrentContext() context: CommandContext,
  ): Promise<{ kid: string; fromPosition: number; position: number }> {
    const { receipt, fromPosition } = await this.book.revoke(context, { kid, reason })
    return { kid, fromPosition, position: receipt.events.at(-1)!.position }
  }

  @Post(':kid/backdatings')
  @Requires('signature.manage-keys')
  @ApiOperation({
    summary: 'Ask to distrust what a key signed from an earlier position of the log on',
    description:
      'Answers how many signatures that would void. Nothing changes until compliance or quality assurance agrees.',
  })
  @ApiCreatedResponse({ schema: { example: BACKDATING_RECEIPT_EXAMPLE } })
  requestBackdating(
    @Param('kid') kid: string,
    @Body() { reason, fromPosition }: BackdateRevocationDto,
    @CurrentContext() context: CommandContext,
  ): Promise<BackdatingReceipt> {
    return this.backdated.request(context, { kid, reason, fromPosition })
  }

  @Get('backdatings')
  @Requires('key.read')
  @ApiOperation({ summary: 'List requests to distrust what keys signed already, newest first' })
  @ApiOkResponse({ schema: { example: { backdatings: [BACKDATING_EXAMPLE] } } })
  list(@Query() { limit = 50, cursor }: PageDto): Promise<BackdatingPage> {
    return this.backdated.list(limit, cursor)
  }

  @Get('backdatings/:backdating')
  @Requires('key.read')
  @ApiOperation({
    summary: 'Read such a request, with the signatures that it would void now',
    description: '`voidsNow` counts them; `atStake` holds the first 500, oldest first.',
  })
  @ApiOkResponse({ schema: { example: { ...BACKDATING_EXAMPLE, voidsNow: 1, atStake: [AT_STAKE_EXAMPLE] } } })
  read(@Param('backdating', ParseUUIDPipe) backdating: string): Promise<BackdatingView> {
    return this.backdated.read(backdating)
  }

  @Post('backdatings/:backdating/decision')
  @HttpCode(200)
  @Requires('signature.decide-backdating')
  @ApiOperation({
    summary: 'Agree to distrust what a key signed already, or refuse it',
    description: 'Not whoever asked. What the key signed before the position stays good.',
  })
  @ApiOkResponse({ schema: { example: BACKDATING_RECEIPT_EXAMPLE } })
  decideBackdating(
    @Param('backdating', ParseUUIDPipe) backdating: string,
    @Body() { outcome }: DecideBackdatingDto,
    @CurrentContext() context: CommandContext,
  ): Promise<BackdatingReceipt> {
    return this.backdated.decide(context, { backdating, outcome })
  }
}
