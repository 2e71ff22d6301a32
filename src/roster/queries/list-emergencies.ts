import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { isReviewOverdue, reviewDue } from '../../identity/emergency-review.js'
import { newestFirst } from '../../platform/http/newest-first.js'
import { LiveRoster } from '../live-roster.js'
import type { Emergency } from '../roster-state.js'
import { isOpen } from '../time-boxed.js'

export interface EmergencyView extends Emergency {
  open: boolean
  reviewDue: string
  overdue: boolean
}

export interface EmergencyPage {
  emergencies: EmergencyView[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** Accesses in an emergency, newest first; of one person, when `actor` is given, and those that wait for a review. */
export class ListEmergencies extends Query<EmergencyPage> {
  constructor(
    readonly filter: { actor?: string; unreviewed?: true } = {},
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

@QueryHandler(ListEmergencies)
export class ListEmergenciesHandler implements IQueryHandler<ListEmergencies> {
  constructor(private readonly live: LiveRoster) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter: { actor, unreviewed }, limit, cursor }: ListEmergencies): Promise<EmergencyPage> {
    const now = this.live.momentAt()
    const wanted = (one: Emergency) =>
      (actor === undefined || one.actor === actor) && (unreviewed === undefined || one.review === undefined)
    const { page, next } = newestFirst(this.live.current.emergencies, wanted, limit, cursor)
    const emergencies = page.map((emergency) => ({
      ...emergency,
      open: isOpen(emergency, now),
      reviewDue: reviewDue(emergency),
      overdue: isReviewOverdue(emergency, now),
    }))
    return next === undefined ? { emergencies } : { emergencies, next }
  }
}
