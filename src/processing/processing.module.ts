import { Module, type OnModuleInit } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { PrivacyModule } from '../privacy/privacy.module.js'
import { GetRecordsOfProcessingHandler } from './get-records.js'
import { ProcessingController } from './processing.controller.js'
import { PROCESSING_REGISTER, requirePairs } from './register.js'

/** The records of processing. Needs the retention and the twins' queries on the same bus. */
@Module({
  imports: [CqrsModule, PrivacyModule],
  controllers: [ProcessingController],
  providers: [GetRecordsOfProcessingHandler],
})
export class ProcessingModule implements OnModuleInit {
  /** A service does not start with a purpose that has no pair of legal bases. */
  onModuleInit(): void {
    requirePairs(PROCESSING_REGISTER)
  }
}
