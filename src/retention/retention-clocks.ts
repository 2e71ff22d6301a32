import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ListAuthorisationEnds } from '../consents/queries/list-authorisation-ends.js'
import { Journal } from '../journal/journal.js'
import { ListParticipations } from '../trials/queries/list-participations.js'
import { ListWithdrawals } from '../twins/queries/list-withdrawals.js'
import { dutiesOf, type Duty, type RetentionFacts } from './duties.js'
import { scheduleDecider, type Schedule } from './schedule.js'

/** Reads the periods that are set and what started the clocks of persons. */
@Injectable()
export class RetentionClocks {
  constructor(
    private readonly journal: Journal,
    private readonly queries: QueryBus,
  ) {}

  /** The one stream of the schedule. */
  scheduleStream(): string {
    return `retention-schedule-${this.journal.deriveEventId('retention-schedule')}`
  }

  async schedule(): Promise<Schedule> {
    return (await this.journal.load(scheduleDecider, this.scheduleStream())).state
  }

  async dutiesOf(subjects: readonly string[]): Promise<Map<string, Duty[]>> {
    const [schedule, participations, withdrawals, authorisations] = await Promise.all([
      this.schedule(),
      this.queries.execute(new ListParticipations({ subjects })),
      this.queries.execute(new ListWithdrawals({ subjects })),
      this.queries.execute(new ListAuthorisationEnds(subjects)),
    ])
    const withdrawnAt = new Map(withdrawals.map((each) => [each.subject, each.withdrawnAt]))
    const lastInForce = new Map(authorisations.map((each) => [each.subject, each.lastInForce]))
    const factsOf = (subject: string): RetentionFacts => ({
      trials: participations.filter((each) => each.subject === subject),
      authorisedUntil: lastInForce.get(subject),
      withdrawnAt: withdrawnAt.get(subject),
    })
    return new Map(subjects.map((subject) => [subject, dutiesOf(factsOf(subject), schedule)]))
  }

  /** Persons for whom a clock started before now: the only ones for whom something can be over. */
  async candidates(now: Date): Promise<string[]> {
    const [participations, withdrawals] = await Promise.all([
      this.queries.execute(new ListParticipations({ closedBefore: now })),
      this.queries.execute(new ListWithdrawals({ before: now })),
    ])
    return [...new Set([...participations, ...withdrawals].map(({ subject }) => subject))]
  }
}
