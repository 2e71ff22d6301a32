import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { ChangeCustodyHandler } from './commands/change-custody.js'
import { CorrectDemographicsHandler } from './commands/correct-demographics.js'
import { CorrectFactHandler } from './commands/correct-fact.js'
import { IngestPatientRecordHandler } from './commands/ingest-patient-record.js'
import { MergeTwinsHandler } from './commands/merge-twins.js'
import { RecordFactsHandler } from './commands/record-facts.js'
import { RegisterTwinHandler } from './commands/register-twin.js'
import { ReturnTwinToUseHandler } from './commands/return-twin-to-use.js'
import { WithdrawTwinFromUseHandler } from './commands/withdraw-twin-from-use.js'
import { CountTwinsHandler } from './queries/count-twins.js'
import { FindFactHandler } from './queries/find-fact.js'
import { FindTwinHandler } from './queries/find-twin.js'
import { GetFactHistoryHandler } from './queries/get-fact-history.js'
import { GetFactsHandler } from './queries/get-facts.js'
import { GetQualityFindingsHandler } from './queries/get-quality-findings.js'
import { GetTwinHandler } from './queries/get-twin.js'
import { GetTwinsHandler } from './queries/get-twins.js'
import { GetTwinDiffHandler } from './queries/get-twin-diff.js'
import { ListControllersHandler } from './queries/list-controllers.js'
import { ListEntriesHandler } from './queries/list-entries.js'
import { ListTrialTwinsHandler } from './queries/list-trial-twins.js'
import { ListTwinsHandler } from './queries/list-twins.js'
import { ListWithdrawalsHandler } from './queries/list-withdrawals.js'
import { NamesPersonHandler } from './queries/names-person.js'
import { SummariseFindingsHandler } from './queries/summarise-findings.js'
import { TwinAccess } from './twin-access.js'
import { TwinChangesController } from './twin-changes.controller.js'
import { TwinFindingRow } from './twin-finding.row.js'
import { TwinReader } from './twin-reader.js'
import { TwinRow } from './twin.row.js'
import { TwinWriter } from './twin-writer.js'
import { TwinsController } from './twins.controller.js'

const commands = [
  RegisterTwinHandler,
  RecordFactsHandler,
  CorrectFactHandler,
  CorrectDemographicsHandler,
  ChangeCustodyHandler,
  MergeTwinsHandler,
  WithdrawTwinFromUseHandler,
  ReturnTwinToUseHandler,
  IngestPatientRecordHandler,
]
const queries = [
  GetTwinHandler,
  GetTwinsHandler,
  GetFactsHandler,
  GetFactHistoryHandler,
  GetTwinDiffHandler,
  GetQualityFindingsHandler,
  ListTrialTwinsHandler,
  ListTwinsHandler,
  ListEntriesHandler,
  ListWithdrawalsHandler,
  ListControllersHandler,
  CountTwinsHandler,
  SummariseFindingsHandler,
  FindFactHandler,
  FindTwinHandler,
  NamesPersonHandler,
]

/**
 * Twins: their commands, queries and routes. Needs the journal, the identifier index and the policy as global providers,
 * and a TypeORM connection that loads entities of the rooms.
 */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([TwinRow, TwinFindingRow])],
  controllers: [TwinsController, TwinChangesController],
  providers: [TwinReader, TwinWriter, TwinAccess, ...commands, ...queries],
  exports: [TwinReader],
})
export class TwinsModule {}
