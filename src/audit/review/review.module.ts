import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { TypeOrmModule } from '@nestjs/typeorm'
import { CloseReviewHandler } from './commands/close-review.js'
import { ConcludeReviewHandler } from './commands/conclude-review.js'
import { PlanReviewHandler } from './commands/plan-review.js'
import { RecordFindingHandler } from './commands/record-finding.js'
import { ResolveFindingHandler } from './commands/resolve-finding.js'
import { SampleTwinsHandler } from './commands/sample-twins.js'
import { TakeUpReviewHandler } from './commands/take-up-review.js'
import { DrawSample } from './draw-sample.js'
import { OverdueReviews } from './overdue-reviews.js'
import { FindTwinSampleHandler } from './queries/find-twin-sample.js'
import { GetReviewHandler } from './queries/get-review.js'
import { CountOverdueReviewsHandler, ListReviewsHandler } from './queries/list-reviews.js'
import { ReviewRow } from './review.row.js'
import { ReviewWriter } from './review-writer.js'
import { ReviewsController } from './reviews.controller.js'

/** Reviews of the audit trail. Needs what the audit and the signatures need, and the platform's health and metrics. */
@Module({
  imports: [CqrsModule, TypeOrmModule.forFeature([ReviewRow])],
  controllers: [ReviewsController],
  providers: [
    ReviewWriter,
    DrawSample,
    OverdueReviews,
    PlanReviewHandler,
    TakeUpReviewHandler,
    SampleTwinsHandler,
    FindTwinSampleHandler,
    RecordFindingHandler,
    ResolveFindingHandler,
    ConcludeReviewHandler,
    CloseReviewHandler,
    GetReviewHandler,
    ListReviewsHandler,
    CountOverdueReviewsHandler,
  ],
})
export class ReviewModule {}
