import { Module, type DynamicModule, type MiddlewareConsumer, type NestModule } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { Registry } from 'prom-client'
import { Configuration } from './configuration.js'
import { HealthController } from './health/health.controller.js'
import { HealthRegistry } from './health/health-registry.js'
import { ProblemDetailsFilter } from './http/problem-details.filter.js'
import { requestLogging } from './http/request-logging.middleware.js'
import { JsonLogger } from './logging/logger.js'
import { createMetrics, requestDurations } from './metrics/metrics.js'
import { MetricsController } from './metrics/metrics.controller.js'
import { Shutdown } from './shutdown.js'

export interface PlatformOptions {
  configuration: Configuration
  /** Default: JSON lines on standard output at the configured level. */
  logger?: JsonLogger
  shutdown?: Shutdown
}

/**
 * What every room stands on: Configuration, JsonLogger, HealthRegistry, the metrics Registry and Shutdown, injectable
 * anywhere by class; the problem filter, request logging, `/health` and `/metrics`.
 */
@Module({})
export class PlatformModule implements NestModule {
  constructor(
    private readonly logger: JsonLogger,
    private readonly registry: Registry,
  ) {}

  static register({ configuration, logger, shutdown }: PlatformOptions): DynamicModule {
    const log = logger ?? new JsonLogger(configuration.logLevel)
    const shared = [Configuration, JsonLogger, HealthRegistry, Registry, Shutdown]
    return {
      module: PlatformModule,
      global: true,
      controllers: [HealthController, MetricsController],
      providers: [
        HealthRegistry,
        { provide: Configuration, useValue: configuration },
        { provide: JsonLogger, useValue: log },
        { provide: Registry, useFactory: createMetrics },
        { provide: Shutdown, useValue: shutdown ?? new Shutdown({ log }) },
        { provide: APP_FILTER, useFactory: () => new ProblemDetailsFilter(log) },
      ],
      exports: shared,
    }
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(requestLogging(this.logger, requestDurations(this.registry))).forRoutes('{*path}')
  }
}
