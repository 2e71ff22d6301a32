import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { ArmsDesign, BlindableRole } from '../events.js'
import { RandomisationReader } from '../randomisation-reader.js'
import { participantsOf, type RegisteredPlan } from '../randomisation-state.js'

/** The arms of a trial as anybody who reads the trial may know them: nothing by arm. */
export interface RandomisationView {
  trial: string
  /** Null: the trial has no arms. */
  design: ArmsDesign | null
  randomised: number
  strata: { stratum: string; places: number; taken: number }[]
  /** Emergency unblindings so far. */
  emergencies: number
  plans: RegisteredPlan[]
  /** Entries from this position on do not belong to the data; null while they grow. */
  lockedBelow: number | null
  unblinded: { at: string; openTo: readonly BlindableRole[] } | null
  /** For the signature that approves the unblinding; -1 before anything was recorded. */
  revision: number
}

export class GetRandomisation extends Query<RandomisationView> {
  constructor(readonly trial: string) {
    super()
  }
}

@QueryHandler(GetRandomisation)
export class GetRandomisationHandler implements IQueryHandler<GetRandomisation> {
  constructor(private readonly reader: RandomisationReader) {}

  async execute({ trial }: GetRandomisation): Promise<RandomisationView> {
    const { state, revision } = await this.reader.read(trial)
    const { design, strata, unblindings, plans, lockedBelow, unblindedAt, openTo } = state
    return {
      trial,
      design,
      randomised: participantsOf(state).byCode.size,
      strata: [...strata].map(([stratum, counts]) => ({ stratum, ...counts })),
      emergencies: unblindings.size,
      plans: [...plans.values()],
      lockedBelow,
      unblinded: unblindedAt && { at: unblindedAt.at, openTo },
      revision,
    }
  }
}
