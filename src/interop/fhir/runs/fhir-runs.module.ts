import { Module } from '@nestjs/common'
import { CqrsModule } from '@nestjs/cqrs'
import { SimulationsModule } from '../../../simulations/simulations.module.js'
import { FhirRunsController } from './runs.controller.js'

/** Runs as `RiskAssessment` and `DetectedIssue` under `/fhir/R4`. */
@Module({ imports: [CqrsModule, SimulationsModule], controllers: [FhirRunsController] })
export class FhirRunsModule {}
