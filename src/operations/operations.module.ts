import { Module, type DynamicModule } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { ClockWatch } from './clock/clock-watch.js'
import { MeasureClockHandler } from './clock/commands/measure-clock.js'
import { ReadClockDriftsHandler } from './clock/queries/read-clock-drifts.js'
import { RecordConfigurationHandler } from './configuration/commands/record-configuration.js'
import { ReadConfigurationHandler } from './configuration/queries/read-configuration.js'
import { OperationsController } from './operations.controller.js'
import { RecordRestorationsHandler } from './restorations/commands/record-restorations.js'

const configuration = [RecordConfigurationHandler, ReadConfigurationHandler]
/** Only the service looks for them: a worker starts beside one. */
const restorations = [RecordRestorationsHandler]
const clock = [ClockWatch, MeasureClockHandler, ReadClockDriftsHandler]

/** What the ledger keeps about its own operation. Needs the journal and the configuration as global providers. */
@Module({})
export class OperationsModule {
  /** @param watchesClock false for a process that serves no requests: it has neither sweeps nor metrics */
  static register({ watchesClock }: { watchesClock: boolean }): DynamicModule {
    return {
      module: OperationsModule,
      imports: [CqrsModule],
      controllers: watchesClock ? [OperationsController] : [],
      providers: watchesClock ? [...configuration, ...clock, ...restorations] : configuration,
    }
  }
}
