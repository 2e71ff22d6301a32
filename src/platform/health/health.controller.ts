import { Controller, Get, Res } from '@nestjs/common'
import { ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Response } from 'express'
import { Public } from '../http/public-route.js'
import { HealthRegistry, type HealthReport } from './health-registry.js'

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly registry: HealthRegistry) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process runs; restart it when this fails' })
  live(): { status: 'live' } {
    return { status: 'live' }
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether the service takes requests: 200 when every check holds, else 503' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<HealthReport> {
    const report = await this.registry.report()
    response.status(report.ready ? 200 : 503).setHeader('Cache-Control', 'no-store')
    return report
  }
}
