import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { RecordConfigurationHandler } from './configuration/commands/record-configuration.js'
import { ReadConfigurationHandler } from './configuration/queries/read-configuration.js'
import { OperationsController } from './operations.controller.js'

/** What the ledger keeps about its own operation. Needs the journal and the configuration as global providers. */
@Module({
  imports: [CqrsModule],
  controllers: [OperationsController],
  providers: [RecordConfigurationHandler, ReadConfigurationHandler],
})
export class OperationsModule {}
