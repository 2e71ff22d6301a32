import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { RandomisationReader } from '../randomisation-reader.js'

/** Whether a plan of the trial adjusts for this model though the last check found participants among those it was fitted on. */
export class TrainingOverlaps extends Query<boolean> {
  constructor(
    readonly trial: string | undefined,
    readonly model: string,
  ) {
    super()
  }
}

@QueryHandler(TrainingOverlaps)
export class TrainingOverlapsHandler implements IQueryHandler<TrainingOverlaps> {
  constructor(private readonly reader: RandomisationReader) {}

  async execute({ trial, model }: TrainingOverlaps): Promise<boolean> {
    if (trial === undefined) return false
    const { state } = await this.reader.read(trial)
    return [...state.plans.values()].some(
      ({ score, training }) => score?.model === model && training !== undefined && training.overlap > 0,
    )
  }
}
