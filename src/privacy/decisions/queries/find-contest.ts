import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { DecisionJournal } from '../decision-journal.js'
import { isInForce } from '../decision-state.js'
import type { ContestVerdict } from '../events.js'

/** Whom a decision concerns, and what became of contesting it with a request. */
export interface FoundContest {
  subject: string
  run: string
  /** Whether the decision holds, so that it can be contested. */
  inForce: boolean
  /** Null while it is being reviewed, undefined where the request did not reach the decision. */
  verdict: ContestVerdict | null | undefined
}

/** What answering a request for a review needs to know of the decision. */
export class FindContest extends Query<FoundContest> {
  constructor(
    readonly decision: string,
    readonly request: string,
  ) {
    super()
  }
}

@QueryHandler(FindContest)
export class FindContestHandler implements IQueryHandler<FindContest> {
  constructor(private readonly decisions: DecisionJournal) {}

  /** @throws NotFound `decision-not-found` */
  async execute({ decision, request }: FindContest): Promise<FoundContest> {
    const state = await this.decisions.existing(decision)
    const { subject, run } = state.proposed
    return { subject, run, inForce: isInForce(state), verdict: state.contests.get(request) }
  }
}
