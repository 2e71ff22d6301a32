import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { EnrolmentRow } from '../trial.rows.js'

/** A person in a trial. */
export interface Participation {
  trial: string
  subject: string
}

/** The codes under which persons are, or were, in trials; in the order asked, null for who never was. */
export class EnrolmentCodes extends Query<(string | null)[]> {
  constructor(readonly participations: readonly Participation[]) {
    super()
  }
}

@QueryHandler(EnrolmentCodes)
export class EnrolmentCodesHandler implements IQueryHandler<EnrolmentCodes> {
  constructor(@InjectRepository(EnrolmentRow) private readonly rows: Repository<EnrolmentRow>) {}

  async execute({ participations }: EnrolmentCodes): Promise<(string | null)[]> {
    if (participations.length === 0) return []
    const found = await this.rows
      .createQueryBuilder('enrolment')
      .where('(enrolment.subject, enrolment.trial) in (select * from unnest(:subjects::uuid[], :trials::uuid[]))', {
        subjects: participations.map(({ subject }) => subject),
        trials: participations.map(({ trial }) => trial),
      })
      .getMany()
    const codes = new Map(found.map(({ trial, subject, code }) => [`${trial}/${subject}`, code]))
    return participations.map(({ trial, subject }) => codes.get(`${trial}/${subject}`) ?? null)
  }
}
