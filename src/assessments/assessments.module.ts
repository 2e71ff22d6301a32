import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { AssessmentClock } from './assessment-clock.js'
import { AssessmentsController } from './assessments.controller.js'
import { ApproveAssessmentHandler } from './commands/approve-assessment.js'
import { HandleAssessmentHandler } from './commands/handle-assessment.js'
import { NoticeDueReviewsHandler } from './commands/notice-due-reviews.js'
import { ProposeAssessmentHandler } from './commands/propose-assessment.js'
import { DueReviews } from './due-reviews.js'
import { ImpactAssessments } from './impact-assessments.js'
import { FindAssessmentInForceHandler } from './queries/find-assessment-in-force.js'
import { GetAssessmentHandler } from './queries/get-assessment.js'
import { ListAssessmentsHandler } from './queries/list-assessments.js'
import { ListDueReviewsHandler } from './queries/list-due-reviews.js'

const commands = [ProposeAssessmentHandler, HandleAssessmentHandler, ApproveAssessmentHandler, NoticeDueReviewsHandler]
const queries = [FindAssessmentInForceHandler, GetAssessmentHandler, ListAssessmentsHandler, ListDueReviewsHandler]

/** Data protection impact assessments. Needs the journal as a global provider, and the registry of models and signatures on the bus. */
@Module({
  imports: [CqrsModule],
  controllers: [AssessmentsController],
  providers: [ImpactAssessments, AssessmentClock, DueReviews, ...commands, ...queries],
})
export class AssessmentsModule {}
