import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { ArmsVault } from './arms-vault.js'
import { DecideUnlockingHandler } from './commands/decide-unlocking.js'
import { DesignArmsHandler } from './commands/design-arms.js'
import { FreezePlanHandler } from './commands/freeze-plan.js'
import { LockDataHandler } from './commands/lock-data.js'
import { RandomiseParticipantHandler } from './commands/randomise-participant.js'
import { RegisterPlanHandler } from './commands/register-plan.js'
import { ReportOverdueUnblindingsHandler } from './commands/report-overdue-unblindings.js'
import { RequestUnblindingHandler } from './commands/request-unblinding.js'
import { RequestUnlockingHandler } from './commands/request-unlocking.js'
import { ReviewUnblindingHandler } from './commands/review-unblinding.js'
import { SealListHandler } from './commands/seal-list.js'
import { UnblindParticipantHandler } from './commands/unblind-participant.js'
import { UnblindTrialHandler } from './commands/unblind-trial.js'
import { DataLockController } from './data-lock.controller.js'
import { OverdueUnblindings } from './overdue-unblindings.js'
import { ArmsOfPersonHandler } from './queries/arms-of-person.js'
import { BaselinesOfHandler } from './queries/baselines-of.js'
import { DataOfTrialHandler } from './queries/data-of-trial.js'
import { GetDataLockHandler } from './queries/get-data-lock.js'
import { GetRandomisationHandler } from './queries/get-randomisation.js'
import { ListAllocationsHandler } from './queries/list-allocations.js'
import { ListChangesAfterLockHandler } from './queries/list-changes-after-lock.js'
import { ListUnblindingsHandler } from './queries/list-unblindings.js'
import { ListUnreviewedUnblindingsHandler } from './queries/list-unreviewed-unblindings.js'
import { ReadArmsHandler } from './queries/read-arms.js'
import { ReadListsHandler } from './queries/read-lists.js'
import { TrainingOverlapsHandler } from './queries/training-overlaps.js'
import { UnblindedAtHandler } from './queries/unblinded-at.js'
import { RandomisationAccess } from './randomisation-access.js'
import { RandomisationChangesController } from './randomisation-changes.controller.js'
import { RandomisationController } from './randomisation.controller.js'
import { RandomisationReader } from './randomisation-reader.js'
import { AllocationRow, UnblindingRow } from './randomisation.rows.js'
import { RandomisationWriter } from './randomisation-writer.js'
import { TrainingOverlap } from './training-overlap.js'
import { UnblindingController } from './unblinding.controller.js'
import { UnblindingRequests } from './unblinding-requests.js'
import { UnblindingReviewsController } from './unblinding-reviews.controller.js'

const commands = [
  DesignArmsHandler,
  SealListHandler,
  RandomiseParticipantHandler,
  UnblindParticipantHandler,
  ReviewUnblindingHandler,
  ReportOverdueUnblindingsHandler,
  RegisterPlanHandler,
  FreezePlanHandler,
  LockDataHandler,
  RequestUnlockingHandler,
  DecideUnlockingHandler,
  RequestUnblindingHandler,
  UnblindTrialHandler,
]
const queries = [
  GetRandomisationHandler,
  ListAllocationsHandler,
  ReadArmsHandler,
  ReadListsHandler,
  ListUnblindingsHandler,
  ListUnreviewedUnblindingsHandler,
  ArmsOfPersonHandler,
  TrainingOverlapsHandler,
  UnblindedAtHandler,
  GetDataLockHandler,
  DataOfTrialHandler,
  BaselinesOfHandler,
  ListChangesAfterLockHandler,
]

/** The arms of trials: who is in which, and from whom that is hidden. Needs the trials', designs' and signatures' queries on the bus. */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([AllocationRow, UnblindingRow])],
  controllers: [
    RandomisationController,
    RandomisationChangesController,
    UnblindingController,
    UnblindingReviewsController,
    DataLockController,
  ],
  providers: [
    RandomisationReader,
    RandomisationWriter,
    TrainingOverlap,
    RandomisationAccess,
    ArmsVault,
    UnblindingRequests,
    OverdueUnblindings,
    ...commands,
    ...queries,
  ],
})
export class RandomisationModule {}
