import { Global, Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { DecideAccessHandler } from './commands/decide-access.js'
import { LedgerRevocationList } from './ledger-revocation-list.js'
import { RosterController } from './roster.controller.js'

/** Who may come in at all. Global, because identity asks it about every request. */
@Global()
@Module({
  imports: [CqrsModule],
  controllers: [RosterController],
  providers: [LedgerRevocationList, DecideAccessHandler],
  exports: [LedgerRevocationList],
})
export class RosterModule {}
