import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { AnswerQueryHandler } from './commands/answer-query.js'
import { CancelQueryHandler } from './commands/cancel-query.js'
import { CloseQueryHandler } from './commands/close-query.js'
import { RaiseQueryHandler } from './commands/raise-query.js'
import { ReQueryHandler } from './commands/re-query.js'
import { DataQueriesController } from './data-queries.controller.js'
import { DataQueryAccess } from './data-query-access.js'
import { DataQueryJournal } from './data-query-journal.js'
import { DataQueryRow } from './data-query.row.js'
import { GetDataQueryHandler } from './queries/get-data-query.js'
import { ListDataQueriesHandler } from './queries/list-data-queries.js'
import { OpenDataQueriesHandler } from './queries/open-data-queries.js'
import { SummariseDataQueriesHandler } from './queries/summarise-data-queries.js'
import { RaiseQueryController } from './raise-query.controller.js'

const commands = [RaiseQueryHandler, AnswerQueryHandler, ReQueryHandler, CloseQueryHandler, CancelQueryHandler]
const queries = [GetDataQueryHandler, ListDataQueriesHandler, OpenDataQueriesHandler, SummariseDataQueriesHandler]

/**
 * Data queries: their commands, queries and routes. Needs the journal, the access recorder and the policy as global providers, and
 * the queries of twins, trials and randomisation on the same bus.
 */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([DataQueryRow])],
  controllers: [RaiseQueryController, DataQueriesController],
  providers: [DataQueryJournal, DataQueryAccess, ...commands, ...queries],
})
export class DataQueriesModule {}
