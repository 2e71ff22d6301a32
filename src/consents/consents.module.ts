import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { AuthoriseUseHandler } from './commands/authorise-use.js'
import { AuthoriseUsesHandler } from './commands/authorise-uses.js'
import { ExpireConsentsHandler } from './commands/expire-consents.js'
import { GiveConsentHandler } from './commands/give-consent.js'
import { LiftRestrictionHandler } from './commands/lift-restriction.js'
import { OptOutHandler } from './commands/opt-out.js'
import { RefuseConsentHandler } from './commands/refuse-consent.js'
import { RequestConsentHandler } from './commands/request-consent.js'
import { RestrictProcessingHandler } from './commands/restrict-processing.js'
import { ReverseOptOutHandler } from './commands/reverse-opt-out.js'
import { WithdrawConsentHandler } from './commands/withdraw-consent.js'
import { ConsentAccess } from './consent-access.js'
import { ConsentDecisionsController } from './consent-decisions.controller.js'
import { ConsentReader } from './consent-reader.js'
import { ConsentRow, ConsentUseRow } from './consent.row.js'
import { ConsentWriter } from './consent-writer.js'
import { MergedPersons } from './merged-persons.js'
import { ConsentsController } from './consents.controller.js'
import { OptOutController } from './opt-out.controller.js'
import { FindCoverageHandler } from './queries/find-coverage.js'
import { FindCoveragesHandler } from './queries/find-coverages.js'
import { FindOptOutHandler } from './queries/find-opt-out.js'
import { FindRestrictionsHandler } from './queries/find-restrictions.js'
import { FindSubjectResourceHandler } from './queries/find-subject-resource.js'
import { GetConsentHistoryHandler } from './queries/get-consent-history.js'
import { GetConsentsHandler } from './queries/get-consents.js'
import { ListAuthorisationEndsHandler } from './queries/list-authorisation-ends.js'
import { ListConsentUsesHandler } from './queries/list-consent-uses.js'
import { ListOutdatedNoticesHandler } from './queries/list-outdated-notices.js'
import { OtherIdsOfHandler } from './queries/other-ids-of.js'
import { WritesOfMergeHandler } from './queries/writes-of-merge.js'

const commands = [
  RequestConsentHandler,
  GiveConsentHandler,
  RefuseConsentHandler,
  WithdrawConsentHandler,
  ExpireConsentsHandler,
  AuthoriseUseHandler,
  RestrictProcessingHandler,
  LiftRestrictionHandler,
  AuthoriseUsesHandler,
  OptOutHandler,
  ReverseOptOutHandler,
]
const queries = [
  GetConsentsHandler,
  GetConsentHistoryHandler,
  ListAuthorisationEndsHandler,
  ListConsentUsesHandler,
  ListOutdatedNoticesHandler,
  FindCoverageHandler,
  FindCoveragesHandler,
  FindSubjectResourceHandler,
  FindRestrictionsHandler,
  FindOptOutHandler,
  OtherIdsOfHandler,
  WritesOfMergeHandler,
]

/**
 * Consents: their commands, queries and routes. Needs the journal, the access recorder and the policy as global providers,
 * a TypeORM connection that loads entities of the rooms, and the queries of the twins module.
 */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([ConsentRow, ConsentUseRow])],
  controllers: [ConsentsController, ConsentDecisionsController, OptOutController],
  providers: [ConsentReader, ConsentWriter, MergedPersons, ConsentAccess, ...commands, ...queries],
})
export class ConsentsModule {}
