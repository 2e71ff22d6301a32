import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { AdoptDecisionHandler } from './commands/adopt-decision.js'
import { ContestDecisionHandler } from './commands/contest-decision.js'
import { JudgeContestHandler } from './commands/judge-contest.js'
import { ProposeDecisionHandler } from './commands/propose-decision.js'
import { ReviewDecisionHandler } from './commands/review-decision.js'
import { DecisionAccess } from './decision-access.js'
import { DecisionJournal } from './decision-journal.js'
import { DecisionRow } from './decision.row.js'
import { DecisionsController } from './decisions.controller.js'
import { FindContestHandler } from './queries/find-contest.js'
import { GetDecisionHandler } from './queries/get-decision.js'
import { ListDecisionsHandler } from './queries/list-decisions.js'

const commands = [
  ProposeDecisionHandler,
  ReviewDecisionHandler,
  AdoptDecisionHandler,
  ContestDecisionHandler,
  JudgeContestHandler,
]
const queries = [FindContestHandler, GetDecisionHandler, ListDecisionsHandler]

/** Decisions that rest on runs. Needs the journal, the access recorder and the policy as global providers, and the runs' queries. */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([DecisionRow])],
  controllers: [DecisionsController],
  providers: [DecisionJournal, DecisionAccess, ...commands, ...queries],
})
export class DecisionsModule {}
