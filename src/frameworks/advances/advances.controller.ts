import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger'
import type { Response } from 'express'
import { Requires } from '../../identity/route-policy.js'
import type { CommandContext } from '../../journal/command-context.js'
import { CurrentContext } from '../../journal/current-context.js'
import { TakesIdempotencyKey } from '../../journal/idempotency-key.js'
import { etagOf, revisionOfIfMatch } from '../../journal/if-match.js'
import { LEDGER_POSITION } from '../../journal/ledger-position.interceptor.js'
import type { AdvanceReceipt } from './advances.js'
import type { AdvanceView } from './advance-view.js'
import {
  AdvancePathDto,
  AsOfDto,
  ExportAdvancesDto,
  ListAdvancesDto,
  ProposeAdvanceDto,
  ReviewAdvanceDto,
  SupersedeAdvanceDto,
} from './advances.dto.js'
import { ADVANCE_EXAMPLE, ADVANCE_RECEIPT_EXAMPLE } from './advances.examples.js'
import { ProposeAdvance } from './commands/propose-advance.js'
import { ProposeStartingContent, type StartingContentReceipt } from './commands/propose-starting-content.js'
import { ReviewAdvance } from './commands/review-advance.js'
import { SupersedeAdvance } from './commands/supersede-advance.js'
import { advanceFile } from './export-advances.js'
import { GetAdvance } from './queries/get-advance.js'
import { ListAdvances } from './queries/list-advances.js'

const IF_MATCH = ApiHeader({ name: 'If-Match', required: false, description: 'The revision that was read, in quotes.' })

/** Methods of digital twins in healthcare: a dated, sourced overview whose entries are reviewed by somebody else. */
@ApiTags('advances')
@ApiBearerAuth()
@Controller('api/v1/advances')
export class AdvancesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('advance.read')
  @ApiOperation({
    summary: 'List the advances, newest publication first',
    description: 'By area, model, date; `asOf` a time.',
  })
  @ApiOkResponse({ schema: { example: [ADVANCE_EXAMPLE] } })
  list(@Query() { asOf, ...filter }: ListAdvancesDto): Promise<AdvanceView[]> {
    return this.queries.execute(new ListAdvances(filter, asOf))
  }

  @Get('export')
  @Requires('advance.read')
  @ApiOperation({ summary: 'Take the overview along, as JSON or CSV', description: 'With the filters of the list.' })
  @ApiProduces('application/json', 'text/csv')
  async export(@Query() { format = 'json', asOf, ...filter }: ExportAdvancesDto): Promise<StreamableFile> {
    const { mediaType, fileName, text } = advanceFile(
      await this.queries.execute(new ListAdvances(filter, asOf)),
      format,
    )
    return new StreamableFile(Buffer.from(text), {
      type: mediaType,
      disposition: `attachment; filename="${fileName}"`,
    })
  }

  @Get(':id')
  @Requires('advance.read')
  @ApiOperation({ summary: 'Read an entry' })
  @ApiOkResponse({ schema: { example: ADVANCE_EXAMPLE } })
  async read(
    @Param() { id }: AdvancePathDto,
    @Query() { asOf }: AsOfDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AdvanceView> {
    const view = await this.queries.execute(new GetAdvance(id, asOf === undefined ? undefined : { asOf }))
    response.setHeader('ETag', etagOf(view.revision))
    return view
  }

  @Post()
  @Requires('advance.propose')
  @ApiOperation({
    summary: 'Propose an entry, or a new version of one',
    description: 'It is reviewed by somebody else.',
  })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiCreatedResponse({ schema: { example: ADVANCE_RECEIPT_EXAMPLE } })
  async propose(
    @Body() entry: ProposeAdvanceDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AdvanceReceipt> {
    // What is recorded is a plain object: it has no class, and no member that was not sent.
    const plain = JSON.parse(JSON.stringify(entry)) as ProposeAdvanceDto
    const receipt = await this.commands.execute(new ProposeAdvance(context, plain, revisionOfIfMatch(match)))
    response.setHeader('Location', `/api/v1/advances/${receipt.id}`)
    return answered(response, receipt)
  }

  @Post('starting-content')
  @HttpCode(200)
  @Requires('advance.propose')
  @ApiOperation({
    summary: 'Propose the entries that come along with the software',
    description: 'Those on record already are left as they are.',
  })
  @ApiOkResponse({ schema: { example: { proposed: ['prevent-equations-2023'] } } })
  proposeStartingContent(@CurrentContext() context: CommandContext): Promise<StartingContentReceipt> {
    return this.commands.execute(new ProposeStartingContent(context))
  }

  @Post(':id/reviews')
  @HttpCode(200)
  @Requires('advance.review')
  @ApiOperation({ summary: 'Review an entry against its source', description: 'Never by whoever proposed it.' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiOkResponse({ schema: { example: ADVANCE_RECEIPT_EXAMPLE } })
  async review(
    @Param() { id }: AdvancePathDto,
    @Body() { outcome, checkedOn, remark }: ReviewAdvanceDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AdvanceReceipt> {
    const command = new ReviewAdvance(context, id, { outcome, checkedOn, remark }, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }

  @Post(':id/supersession')
  @HttpCode(200)
  @Requires('advance.review')
  @ApiOperation({ summary: 'Put a reviewed entry in the place of this one' })
  @TakesIdempotencyKey()
  @IF_MATCH
  @ApiOkResponse({ schema: { example: ADVANCE_RECEIPT_EXAMPLE } })
  async supersede(
    @Param() { id }: AdvancePathDto,
    @Body() { by }: SupersedeAdvanceDto,
    @CurrentContext() context: CommandContext,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AdvanceReceipt> {
    const command = new SupersedeAdvance(context, id, by, revisionOfIfMatch(match))
    return answered(response, await this.commands.execute(command))
  }
}

/** A read that waits for the position named here sees the change. */
function answered(response: Response, receipt: AdvanceReceipt): AdvanceReceipt {
  response.setHeader('ETag', etagOf(receipt.revision))
  response.setHeader(LEDGER_POSITION, String(receipt.position + 1))
  return receipt
}
