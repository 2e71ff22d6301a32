import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { AdoptBaselineHandler } from './commands/adopt-baseline.js'
import { CheckEntryHandler } from './commands/check-entry.js'
import { JudgeProposalHandler } from './commands/judge-proposal.js'
import { ProposeEntryHandler } from './commands/propose-entry.js'
import { ProposeRetirementHandler } from './commands/propose-retirement.js'
import { LegalEntryRow } from './legal-entry.row.js'
import { LegalRegisterController } from './legal-register.controller.js'
import { LegalRegister } from './legal-register.js'
import { GetEntryHandler } from './queries/get-entry.js'
import { ListDueEntriesHandler } from './queries/list-due-entries.js'
import { ListEntriesHandler } from './queries/list-entries.js'
import { RegisterReader } from './register-reader.js'

const commands = [
  AdoptBaselineHandler,
  ProposeEntryHandler,
  ProposeRetirementHandler,
  JudgeProposalHandler,
  CheckEntryHandler,
]
const queries = [ListEntriesHandler, GetEntryHandler, ListDueEntriesHandler]

/** The legal register. Needs the journal as a global provider and a TypeORM connection that loads entities of the rooms. */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([LegalEntryRow])],
  controllers: [LegalRegisterController],
  providers: [LegalRegister, RegisterReader, ...commands, ...queries],
})
export class LegalRegisterModule {}
