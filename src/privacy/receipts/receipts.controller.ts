import { Controller, Get, Header, Param, ParseUUIDPipe } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../../identity/caller.js'
import { CurrentCaller } from '../../identity/current-caller.js'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { PrivacyAccess } from '../privacy-access.js'
import type { SignedReceipt } from './consent-receipts.js'
import { GetConsentReceipt } from './get-consent-receipt.js'
import { receiptPage } from './receipt-page.js'
import { CONSENT_RECEIPT_EXAMPLE } from './receipts.examples.js'

/** What a person keeps of a consent (ISO/IEC TS 27560:2023), and what demonstrates it (GDPR Art 7(1)). */
@ApiTags('consents')
@ApiBearerAuth()
@Controller('api/v1/subjects/:subject/consents/:consent')
@Requires('consent.read-receipt')
export class ReceiptsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly access: PrivacyAccess,
  ) {}

  @Get('receipt')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'The receipt of a consent, in JSON-LD with DPV terms',
    description:
      'The state as of now, the notice word for word, signed, with a proof of each step. The handing over is recorded.',
  })
  @ApiOkResponse({ schema: { example: CONSENT_RECEIPT_EXAMPLE } })
  read(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Param('consent', ParseUUIDPipe) consent: string,
    @CurrentContext() context: CommandContext,
  ): Promise<SignedReceipt> {
    return this.receipt(caller, context, { subject, consent })
  }

  @Get('receipt.html')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'The receipt of a consent, to print' })
  @ApiProduces('text/html')
  async printed(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
    @Param('consent', ParseUUIDPipe) consent: string,
    @CurrentContext() context: CommandContext,
  ): Promise<string> {
    return receiptPage(await this.receipt(caller, context, { subject, consent }))
  }

  private async receipt(
    caller: Caller,
    context: CommandContext,
    { subject, consent }: { subject: string; consent: string },
  ): Promise<SignedReceipt> {
    await this.access.require(caller, 'consent.read-receipt', subject)
    return this.queries.execute(new GetConsentReceipt(context, subject, consent))
  }
}
