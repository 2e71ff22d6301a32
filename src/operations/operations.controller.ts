import { Controller, Get, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { Requires } from '../identity/route-policy.js'
import { ReadClockDrifts, type ClockReport } from './clock/queries/read-clock-drifts.js'
import { ReadConfiguration, type ConfigurationView } from './configuration/queries/read-configuration.js'
import { ReadConfigurationDto } from './operations.dto.js'
import { CLOCK_EXAMPLE, CONFIGURATION_EXAMPLE } from './operations.examples.js'

/** How the service is and was operated, for inspectors. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('api/v1/operations')
export class OperationsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('configuration')
  @Requires('operations.read')
  @ApiOperation({
    summary: 'Read the configuration on record',
    description:
      'Of one process of one instance, now or as of a time. Of secrets and names of people there is a keyed fingerprint: it tells whether the value changed, and nothing else.',
  })
  @ApiOkResponse({ schema: { example: CONFIGURATION_EXAMPLE } })
  configuration(@Query() { process, instance, asOf }: ReadConfigurationDto): Promise<ConfigurationView> {
    return this.queries.execute(new ReadConfiguration(process, instance, asOf))
  }

  @Get('clock')
  @Requires('operations.read')
  @ApiOperation({
    summary: 'Read how the clock stands, and when it was wrong',
    description: 'Of the instance asked, against the last time of the log and the clock of the database.',
  })
  @ApiOkResponse({ schema: { example: CLOCK_EXAMPLE } })
  clock(): Promise<ClockReport> {
    return this.queries.execute(new ReadClockDrifts())
  }
}
