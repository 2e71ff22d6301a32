import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { Gauge, Registry } from 'prom-client'
import { HealthRegistry } from '../../platform/health/health-registry.js'
import { CountOverdueReviews } from './queries/list-reviews.js'

/** Says how many planned reviews are not closed in time, to whoever watches the service. It stays ready all the same. */
@Injectable()
export class OverdueReviews implements OnApplicationBootstrap {
  constructor(
    private readonly queries: QueryBus,
    private readonly health: HealthRegistry,
    private readonly metrics: Registry,
  ) {}

  onApplicationBootstrap(): void {
    const count = () => this.queries.execute(new CountOverdueReviews())
    this.health.register('audit-reviews', async () => ({ ok: true, detail: `${await count()} overdue` }))
    new Gauge({
      name: 'audit_reviews_overdue',
      help: 'Planned reviews of the audit trail that are not closed in time.',
      registers: [this.metrics],
      async collect() {
        // Without the database the other metrics are wanted all the more.
        this.set(await count().catch(() => Number.NaN))
      },
    })
  }
}
