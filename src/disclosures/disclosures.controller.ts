import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Caller } from '../identity/caller.js'
import { CurrentCaller } from '../identity/current-caller.js'
import { Requires } from '../identity/route-policy.js'
import type { CommandContext } from '../journal/command-context.js'
import { CurrentContext } from '../journal/current-context.js'
import { PrivacyAccess } from '../privacy/privacy-access.js'
import { DecideSuspension } from './commands/decide-suspension.js'
import { DescribeRecipient } from './commands/describe-recipient.js'
import { RecordDisclosure } from './commands/record-disclosure.js'
import type { DisclosureReceipt } from './disclosure-journal.js'
import { DescribeRecipientDto, RecipientPathDto, RecordDisclosureDto, SuspendAccountingDto } from './disclosures.dto.js'
import { ACCOUNTING_EXAMPLE, DISCLOSURE_RECEIPT_EXAMPLE } from './disclosures.examples.js'
import { AccountDisclosures, type Accounting } from './queries/account-disclosures.js'

const RECEIPT = ApiOkResponse({ schema: { example: DISCLOSURE_RECEIPT_EXAMPLE } })

/** To whom data of a person were disclosed (45 CFR 164.528). */
@ApiTags('disclosures')
@ApiBearerAuth()
@Controller('api/v1/disclosures')
export class DisclosuresController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: PrivacyAccess,
  ) {}

  @Get(':subject')
  @Requires('disclosure.read')
  @ApiOperation({
    summary: 'Account for the disclosures of six years',
    description: 'A person sees their own, without what an agency had suspended, until that is over.',
  })
  @ApiOkResponse({ schema: { example: ACCOUNTING_EXAMPLE } })
  async account(
    @CurrentCaller() caller: Caller,
    @Param('subject', ParseUUIDPipe) subject: string,
  ): Promise<Accounting> {
    await this.access.require(caller, 'disclosure.read', subject)
    const reader = caller.role === 'participant' ? 'person' : 'office'
    return this.queries.execute(new AccountDisclosures(subject, reader))
  }

  @Post(':subject')
  @Requires('disclosure.manage')
  @ApiOperation({ summary: 'Record a disclosure that was made outside of this service' })
  @ApiCreatedResponse({ schema: { example: DISCLOSURE_RECEIPT_EXAMPLE } })
  record(
    @Param('subject', ParseUUIDPipe) subject: string,
    @Body() { at, org, recipient, address, description, purpose }: RecordDisclosureDto,
    @CurrentContext() context: CommandContext,
  ): Promise<DisclosureReceipt> {
    const disclosed = { at: new Date(at).toISOString(), recipient, address: address ?? null, description, purpose }
    const disclosure = { ...disclosed, ...(org !== undefined && { org }) }
    return this.commands.execute(new RecordDisclosure(context, subject, disclosure))
  }

  @Put('recipients/:org')
  @Requires('disclosure.manage')
  @ApiOperation({ summary: 'Record the name and the address of an organisation that reads here' })
  @RECEIPT
  describe(
    @Param() { org }: RecipientPathDto,
    @Body() { name, address }: DescribeRecipientDto,
    @CurrentContext() context: CommandContext,
  ): Promise<DisclosureReceipt> {
    return this.commands.execute(new DescribeRecipient(context, { org, name, address }))
  }

  @Post(':subject/suspensions')
  @HttpCode(200)
  @Requires('disclosure.manage')
  @ApiOperation({ summary: 'Suspend the accounting of disclosures to an agency, for a time (164.528(a)(2))' })
  @RECEIPT
  suspend(
    @Param('subject', ParseUUIDPipe) subject: string,
    @Body() { agency, statement, until }: SuspendAccountingDto,
    @CurrentContext() context: CommandContext,
  ): Promise<DisclosureReceipt> {
    const suspension = { subject, agency, statement, until: new Date(until).toISOString() }
    return this.commands.execute(new DecideSuspension(context, subject, { type: 'suspend', ...suspension }))
  }

  @Post(':subject/suspensions/:org/end')
  @HttpCode(200)
  @Requires('disclosure.manage')
  @ApiOperation({ summary: 'End a suspension early' })
  @RECEIPT
  end(
    @Param('subject', ParseUUIDPipe) subject: string,
    @Param('org') org: string,
    @CurrentContext() context: CommandContext,
  ): Promise<DisclosureReceipt> {
    return this.commands.execute(new DecideSuspension(context, subject, { type: 'end', agency: org }))
  }
}
