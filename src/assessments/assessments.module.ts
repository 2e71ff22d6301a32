import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { AssessmentClock } from './assessment-clock.js'
import { AssessmentsController } from './assessments.controller.js'
import { HandleAssessmentHandler } from './commands/handle-assessment.js'
import { ProposeAssessmentHandler } from './commands/propose-assessment.js'
import { ImpactAssessments } from './impact-assessments.js'
import { FindAssessmentInForceHandler } from './queries/find-assessment-in-force.js'
import { GetAssessmentHandler } from './queries/get-assessment.js'
import { ListAssessmentsHandler } from './queries/list-assessments.js'

const commands = [ProposeAssessmentHandler, HandleAssessmentHandler]
const queries = [FindAssessmentInForceHandler, GetAssessmentHandler, ListAssessmentsHandler]

/** Data protection impact assessments. Needs the journal as a global provider and the registry of models on the bus. */
@Module({
  imports: [CqrsModule],
  controllers: [AssessmentsController],
  providers: [ImpactAssessments, AssessmentClock, ...commands, ...queries],
})
export class AssessmentsModule {}
