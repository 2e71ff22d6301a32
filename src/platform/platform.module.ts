import { Module, type DynamicModule } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { Registry } from 'prom-client'
import { Configuration } from './configuration.js'
import { HealthController } from './health/health.controller.js'
import { HealthRegistry } from './health/health-registry.js'
import { ProblemDetailsFilter } from './http/problem-details.filter.js'
import { JsonLogger } from './logging/logger.js'
import { createMetrics } from './metrics/metrics.js'
import { MetricsController } from './metrics/metrics.controller.js'
import { SecurityAlerts } from './security-alerts.js'
import { Shutdown } from './shutdown.js'

export interface PlatformOptions {
  configuration: Configuration
  /** Default: JSON lines on standard output at the configured level. */
  logger?: JsonLogger
  shutdown?: Shutdown
}

/**
 * What every room stands on: Configuration, JsonLogger, HealthRegistry, the metrics Registry and Shutdown, injectable
 * anywhere by class; the problem filter, `/health` and `/metrics`. `prepareHttp` completes the application around it.
 */
@Module({})
export class PlatformModule {
  static register({ configuration, logger, shutdown }: PlatformOptions): DynamicModule {
    const log = logger ?? new JsonLogger(configuration.logLevel)
    const shared = [Configuration, JsonLogger, HealthRegistry, Registry, SecurityAlerts, Shutdown]
    return {
      module: PlatformModule,
      global: true,
      controllers: [HealthController, MetricsController],
      providers: [
        HealthRegistry,
        SecurityAlerts,
        { provide: Configuration, useValue: configuration },
        { provide: JsonLogger, useValue: log },
        { provide: Registry, useFactory: createMetrics },
        { provide: Shutdown, useValue: shutdown ?? new Shutdown({ log }) },
        { provide: APP_FILTER, useFactory: () => new ProblemDetailsFilter(log) },
      ],
      exports: shared,
    }
  }
}
