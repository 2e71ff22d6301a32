import { Module, type OnApplicationBootstrap } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm'
import { Gauge, Registry } from 'prom-client'
import { Repository } from 'typeorm'
import { PrivacyModule } from '../privacy/privacy.module.js'
import { DecideExpiredHandler } from './commands/decide-expired.js'
import { ReviewRetentionHandler } from './commands/review-retention.js'
import { SetPeriodHandler } from './commands/set-period.js'
import { GetRetentionHandler } from './queries/get-retention.js'
import { GetScheduleHandler } from './queries/get-schedule.js'
import { KeptByLawHandler } from './queries/kept-by-law.js'
import { ListRetentionCasesHandler } from './queries/list-cases.js'
import { RetentionCaseRow } from './retention-case.row.js'
import { RetentionClocks } from './retention-clocks.js'
import { RetentionController } from './retention.controller.js'

const commands = [SetPeriodHandler, ReviewRetentionHandler, DecideExpiredHandler]
const queries = [GetScheduleHandler, GetRetentionHandler, KeptByLawHandler, ListRetentionCasesHandler]

/** Retention periods and what falls due. Needs the journal as a global provider and the other rooms' queries on the same bus. */
@Module({
  imports: [CqrsModule, PrivacyModule, TypeOrmModule.forFeature([RetentionCaseRow])],
  controllers: [RetentionController],
  providers: [RetentionClocks, ...commands, ...queries],
})
export class RetentionModule implements OnApplicationBootstrap {
  constructor(
    private readonly metrics: Registry,
    @InjectRepository(RetentionCaseRow) private readonly cases: Repository<RetentionCaseRow>,
  ) {}

  onApplicationBootstrap(): void {
    const open = () => this.cases.countBy({ status: 'open' })
    new Gauge({
      name: 'retention_cases_open',
      help: 'Classes of data of persons whose retention period ended and whose erasure is not decided.',
      registers: [this.metrics],
      async collect() {
        this.set(await open().catch(() => Number.NaN))
      },
    })
  }
}
