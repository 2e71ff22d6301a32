import { Controller, Get, Header, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger'
import { ListOutdatedNotices, type OutdatedNoticePage } from '../consents/queries/list-outdated-notices.js'
import { Requires } from '../identity/route-policy.js'
import { GetRecordsOfProcessing, type RecordsOfProcessing } from './get-records.js'
import { OutdatedNoticesDto } from './processing.dto.js'
import { OUTDATED_NOTICES_EXAMPLE, RECORDS_EXAMPLE } from './processing.examples.js'
import { recordsPage } from './records-page.js'

/** What is done with data of persons, generated from code and configuration (GDPR Art 30). */
@ApiTags('records-of-processing')
@ApiBearerAuth()
@Controller('api/v1')
export class ProcessingController {
  constructor(private readonly queries: QueryBus) {}

  @Get('records-of-processing')
  @Requires('processing.read')
  @ApiOperation({ summary: 'The records of processing activities' })
  @ApiOkResponse({ schema: { example: RECORDS_EXAMPLE } })
  records(): Promise<RecordsOfProcessing> {
    return this.queries.execute(new GetRecordsOfProcessing())
  }

  @Get('records-of-processing.html')
  @Requires('processing.read')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @ApiOperation({ summary: 'The records of processing activities, to print' })
  @ApiProduces('text/html')
  async printed(): Promise<string> {
    return recordsPage(await this.queries.execute(new GetRecordsOfProcessing()))
  }

  @Get('outdated-notices')
  @Requires('processing.read')
  @ApiOperation({
    summary: 'Whom a changed notice has to reach again',
    description:
      'Consents in force that were given under another version than the one in force, or than the one named, oldest first.',
  })
  @ApiOkResponse({ schema: { example: OUTDATED_NOTICES_EXAMPLE } })
  async outdatedNotices(
    @Query() { notice: id, version, limit, cursor }: OutdatedNoticesDto,
  ): Promise<OutdatedNoticePage> {
    return this.queries.execute(new ListOutdatedNotices({ id, version }, limit, cursor))
  }
}
