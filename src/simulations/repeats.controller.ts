import { Controller, Get, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { Requires } from '../identity/route-policy.js'
import { ListRepeats, type RepeatedRun } from './queries/list-repeats.js'
import { TraceRepeats, type TracedRun } from './queries/trace-repeats.js'
import { REPEATS_EXAMPLE, TRACE_EXAMPLE } from './repeats.examples.js'
import { ListRepeatsDto, TraceRepeatsDto } from './repeats.dto.js'

/** Whether runs were repeated until they suited, for those who inspect. */
@ApiTags('simulations')
@ApiBearerAuth()
@Controller('api/v1/repeated-runs')
@Requires('simulation-repeats.read')
export class RepeatsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    summary: 'List runs by twin, model, trial and purpose, with what became of them',
    description: 'Groups of two runs or more unless asked otherwise, the one with the newest run first.',
  })
  @ApiOkResponse({ schema: { example: REPEATS_EXAMPLE } })
  list(@Query() { limit, cursor, ...filter }: ListRepeatsDto): Promise<{ repeats: RepeatedRun[]; next?: string }> {
    return this.queries.execute(new ListRepeats(filter, limit, cursor))
  }

  @Get('trace')
  @ApiOperation({
    summary: 'Read the runs of one group, each with who knew earlier results when it was asked for',
    description: 'From the record of reads; no value is opened.',
  })
  @ApiOkResponse({ schema: { example: TRACE_EXAMPLE } })
  trace(@Query() group: TraceRepeatsDto): Promise<{ runs: TracedRun[] }> {
    return this.queries.execute(new TraceRepeats(group))
  }
}
