import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import type { ArmsDesign, BlindableRole, UnblindingRequested } from '../events.js'
import { RandomisationReader } from '../randomisation-reader.js'
import { participantsOf, unblindingRequestStream, type RegisteredPlan } from '../randomisation-state.js'
import { UnblindingRequests } from '../unblinding-requests.js'

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
  /** Requests to unblind the trial, oldest first. */
  unblindingRequests: UnblindingRequestView[]
  /** -1 before anything was recorded. */
  revision: number
}

/** `stream` at revision 0 is what is signed for approval. */
export type UnblindingRequestView = UnblindingRequested['data'] & {
  stream: string
  requestedAt: string
  requestedBy: string
  reason: string
}

export class GetRandomisation extends Query<RandomisationView> {
  constructor(readonly trial: string) {
    super()
  }
}

@QueryHandler(GetRandomisation)
export class GetRandomisationHandler implements IQueryHandler<GetRandomisation> {
  constructor(
    private readonly reader: RandomisationReader,
    private readonly requests: UnblindingRequests,
  ) {}

  async execute({ trial }: GetRandomisation): Promise<RandomisationView> {
    const { state, revision } = await this.reader.read(trial)
    const { design, strata, unblindings, plans, lockedBelow, unblindedAt, openTo, requests } = state
    return {
      trial,
      design,
      randomised: participantsOf(state).byCode.size,
      strata: [...strata].map(([stratum, counts]) => ({ stratum, ...counts })),
      emergencies: unblindings.size,
      plans: [...plans.values()],
      lockedBelow,
      unblinded: unblindedAt && { at: unblindedAt.at, openTo },
      unblindingRequests: (await this.requests.all(requests)).map(({ content, ...request }) => ({
        ...content,
        stream: unblindingRequestStream(content.request),
        ...request,
      })),
      revision,
    }
  }
}
