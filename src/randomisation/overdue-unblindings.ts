import { Injectable, type OnApplicationBootstrap } from '@nestjs/common'
import { InjectRepository } from '@nestjs/typeorm'
import { Gauge, Registry } from 'prom-client'
import { IsNull, Not, Repository } from 'typeorm'
import { HealthRegistry } from '../platform/health/health-registry.js'
import { UnblindingRow } from './randomisation.rows.js'

/** Says how many emergency unblindings wait for a late review, to whoever watches the service. It stays ready all the same. */
@Injectable()
export class OverdueUnblindings implements OnApplicationBootstrap {
  constructor(
    private readonly health: HealthRegistry,
    private readonly metrics: Registry,
    @InjectRepository(UnblindingRow) private readonly rows: Repository<UnblindingRow>,
  ) {}

  onApplicationBootstrap(): void {
    const overdue = () => this.rows.countBy({ reviewedAt: IsNull(), overdueAt: Not(IsNull()) })
    this.health.register('unblinding-reviews', async () => ({ ok: true, detail: `${await overdue()} overdue` }))
    new Gauge({
      name: 'unblinding_reviews_overdue',
      help: 'Emergency unblindings that nobody reviewed within 72 hours, and nobody has since.',
      registers: [this.metrics],
      async collect() {
        this.set(await overdue().catch(() => Number.NaN))
      },
    })
  }
}
