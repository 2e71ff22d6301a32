import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { Gauge, Registry } from 'prom-client'
import { HealthRegistry } from '../platform/health/health-registry.js'

/** Says how many impact assessments wait for their review, to whoever watches the service. It stays ready all the same. */
@Injectable()
export class DueReviews implements OnApplicationBootstrap {
  /** As of the last sweep: every assessment is read for it, which is too much for each look at the metrics. */
  private count = Number.NaN

  constructor(
    private readonly health: HealthRegistry,
    private readonly metrics: Registry,
  ) {}

  found(count: number): void {
    this.count = count
  }

  onApplicationBootstrap(): void {
    const count = () => this.count
    this.health.register('impact-assessments', async () => ({
      ok: true,
      detail: Number.isNaN(count()) ? 'not looked at yet' : `${count()} due for review`,
    }))
    new Gauge({
      name: 'impact_assessment_reviews_due',
      help: 'Approved impact assessments whose review is due within 60 days or is over; over, their models run for no decision.',
      registers: [this.metrics],
      collect() {
        this.set(count())
      },
    })
  }
}
