import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { RandomisationReader } from '../randomisation-reader.js'
import { participantsOf } from '../randomisation-state.js'

/**
 * Of participants who were randomised, when (RFC 3339), where an analysis plan of the trial adjusts for what the model predicts:
 * such a covariate is one of baseline. Whoever is missing is under no such bound.
 */
export class BaselinesOf extends Query<ReadonlyMap<string, string>> {
  constructor(
    readonly trial: string | undefined,
    readonly model: string,
    readonly subjects: readonly string[],
  ) {
    super()
  }
}

const UNBOUND: ReadonlyMap<string, string> = new Map()

@QueryHandler(BaselinesOf)
export class BaselinesOfHandler implements IQueryHandler<BaselinesOf> {
  constructor(private readonly reader: RandomisationReader) {}

  async execute({ trial, model, subjects }: BaselinesOf): Promise<ReadonlyMap<string, string>> {
    if (trial === undefined) return UNBOUND
    const { state } = await this.reader.read(trial)
    if (![...state.plans.values()].some(({ score }) => score?.model === model)) return UNBOUND
    const wanted = new Set(subjects)
    const randomised = [...participantsOf(state).byCode.values()].filter(({ subject }) => wanted.has(subject))
    return new Map(randomised.map(({ subject, at }) => [subject, at]))
  }
}
