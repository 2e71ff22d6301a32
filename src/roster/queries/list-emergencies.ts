import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { isReviewOverdue, reviewDue } from '../../identity/emergency-review.js'
import { LiveRoster } from '../live-roster.js'
import type { Emergency } from '../roster-state.js'
import { isOpen } from '../time-boxed.js'

export interface EmergencyView extends Emergency {
  open: boolean
  reviewDue: string
  overdue: boolean
}

/** Every access in an emergency, newest first; of one person, when `actor` is given. */
export class ListEmergencies extends Query<EmergencyView[]> {
  constructor(readonly scope: { actor?: string } = {}) {
    super()
  }
}

@QueryHandler(ListEmergencies)
export class ListEmergenciesHandler implements IQueryHandler<ListEmergencies> {
  constructor(private readonly live: LiveRoster) {}

  async execute({ scope: { actor } }: ListEmergencies): Promise<EmergencyView[]> {
    const now = new Date().toISOString()
    return [...this.live.current.emergencies.values()]
      .filter((emergency) => actor === undefined || emergency.actor === actor)
      .reverse()
      .map((emergency) => ({
        ...emergency,
        open: isOpen(emergency, now),
        reviewDue: reviewDue(emergency),
        overdue: isReviewOverdue(emergency, now),
      }))
  }
}
