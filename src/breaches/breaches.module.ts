import { Module, type OnApplicationBootstrap } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm'
import { Gauge, Registry } from 'prom-client'
import { IsNull, LessThan, Repository } from 'typeorm'
import { HealthRegistry } from '../platform/health/health-registry.js'
import { PrivacyClock } from '../privacy/clock.js'
import { PrivacyModule } from '../privacy/privacy.module.js'
import { BreachJournal } from './breach-journal.js'
import { BreachRow } from './breach.row.js'
import { BreachesController } from './breaches.controller.js'
import { HandleBreachHandler } from './commands/handle-breach.js'
import { NoticeOverdueBreachesHandler } from './commands/notice-overdue-breaches.js'
import { RecordBreachHandler } from './commands/record-breach.js'
import { GetBreachHandler } from './queries/get-breach.js'
import { ListBreachesHandler } from './queries/list-breaches.js'

const commands = [RecordBreachHandler, HandleBreachHandler, NoticeOverdueBreachesHandler]
const queries = [ListBreachesHandler, GetBreachHandler]

/** The breach register. Needs the journal and the policy as global providers. */
@Module({
  imports: [CqrsModule, PrivacyModule, TypeOrmModule.forFeature([BreachRow])],
  controllers: [BreachesController],
  providers: [BreachJournal, ...commands, ...queries],
})
export class BreachesModule implements OnApplicationBootstrap {
  constructor(
    private readonly health: HealthRegistry,
    private readonly metrics: Registry,
    private readonly clock: PrivacyClock,
    @InjectRepository(BreachRow) private readonly breaches: Repository<BreachRow>,
  ) {}

  /** A missed deadline is seen where operators look; it does not make the service unready. */
  onApplicationBootstrap(): void {
    const overdue = () => this.breaches.countBy({ settledAt: IsNull(), dueAt: LessThan(this.clock.now()) })
    this.health.register('breaches', async () => ({ ok: true, detail: `${await overdue()} overdue` }))
    new Gauge({
      name: 'breaches_overdue',
      help: 'Breaches of personal data whose 72 hours passed without a notification (GDPR Art 33(1)).',
      registers: [this.metrics],
      async collect() {
        this.set(await overdue().catch(() => Number.NaN))
      },
    })
  }
}
