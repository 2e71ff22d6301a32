import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { AmendProtocolHandler } from './commands/amend-protocol.js'
import { CloseSiteHandler } from './commands/close-site.js'
import { CloseTrialHandler } from './commands/close-trial.js'
import { EnrolSubjectHandler } from './commands/enrol-subject.js'
import { OpenSiteHandler } from './commands/open-site.js'
import { RegisterTrialHandler } from './commands/register-trial.js'
import { WithdrawSubjectHandler } from './commands/withdraw-subject.js'
import { EnrolmentCodeHandler } from './queries/enrolment-code.js'
import { EnrolmentCodesHandler } from './queries/enrolment-codes.js'
import { EnrolmentOfHandler } from './queries/enrolment-of.js'
import { GetTrialHandler } from './queries/get-trial.js'
import { IsEnrolledHandler } from './queries/is-enrolled.js'
import { WasWithdrawnHandler } from './queries/was-withdrawn.js'
import { WithdrawnFromHandler } from './queries/withdrawn-from.js'
import { ListEnrolmentsHandler } from './queries/list-enrolments.js'
import { ListParticipationsHandler } from './queries/list-participations.js'
import { ListTrialsHandler } from './queries/list-trials.js'
import { SitesOfHandler } from './queries/sites-of.js'
import { SubjectOfEnrolmentHandler } from './queries/subject-of-enrolment.js'
import { TrialsOfHandler } from './queries/trials-of.js'
import { TrialAccess } from './trial-access.js'
import { TrialChangesController } from './trial-changes.controller.js'
import { TrialReader } from './trial-reader.js'
import { EnrolmentRow, TrialRow, TrialSiteRow } from './trial.rows.js'
import { TrialWriter } from './trial-writer.js'
import { TrialsController } from './trials.controller.js'

const commands = [
  RegisterTrialHandler,
  AmendProtocolHandler,
  OpenSiteHandler,
  CloseSiteHandler,
  EnrolSubjectHandler,
  WithdrawSubjectHandler,
  CloseTrialHandler,
]
const queries = [
  GetTrialHandler,
  ListTrialsHandler,
  ListEnrolmentsHandler,
  ListParticipationsHandler,
  IsEnrolledHandler,
  WasWithdrawnHandler,
  WithdrawnFromHandler,
  EnrolmentCodeHandler,
  EnrolmentCodesHandler,
  EnrolmentOfHandler,
  SubjectOfEnrolmentHandler,
  TrialsOfHandler,
  SitesOfHandler,
]

/**
 * Trials: their commands, queries and routes. Needs the journal and the policy as global providers, the twins' queries on
 * the same bus, and a TypeORM connection that loads entities of the rooms.
 */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([TrialRow, TrialSiteRow, EnrolmentRow])],
  controllers: [TrialsController, TrialChangesController],
  providers: [TrialReader, TrialWriter, TrialAccess, ...commands, ...queries],
})
export class TrialsModule {}
