import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { EnrolmentRow, TrialRow, TrialSiteRow } from '../trial.rows.js'

/** That a person was in a trial, where the trial was run, and when it ended. */
export interface Participation {
  subject: string
  trial: string
  /** Where the person took part; ISO 3166-1 alpha-2. */
  country: string
  /** Where the trial was run, in whatever sites. */
  countries: string[]
  /** Null while the trial is open. */
  closedAt: Date | null
}

/** Either of these persons, or of everybody whose trial ended before a time. It ties trials together: not for coded readers. */
export type ParticipationFilter = { subjects: readonly string[] } | { closedBefore: Date }

export class ListParticipations extends Query<Participation[]> {
  constructor(readonly filter: ParticipationFilter) {
    super()
  }
}

@QueryHandler(ListParticipations)
export class ListParticipationsHandler implements IQueryHandler<ListParticipations> {
  constructor(@InjectRepository(EnrolmentRow) private readonly rows: Repository<EnrolmentRow>) {}

  execute({ filter }: ListParticipations): Promise<Participation[]> {
    const query = this.rows
      .createQueryBuilder('enrolment')
      .innerJoin(TrialRow, 'trial', 'trial.trial = enrolment.trial')
      .innerJoin(TrialSiteRow, 'own', 'own.trial = enrolment.trial and own.site = enrolment.site')
      .innerJoin(TrialSiteRow, 'site', 'site.trial = enrolment.trial')
      .select('enrolment.subject', 'subject')
      .addSelect('enrolment.trial', 'trial')
      .addSelect('own.country', 'country')
      .addSelect('array_agg(distinct site.country)', 'countries')
      .addSelect('trial.closed_at', 'closedAt')
      .groupBy('enrolment.subject, enrolment.trial, own.country, trial.closed_at')
    if ('subjects' in filter) query.where('enrolment.subject = any(:subjects)', { subjects: filter.subjects })
    else query.where('trial.closed_at < :closedBefore', filter)
    return query.getRawMany<Participation>()
  }
}
