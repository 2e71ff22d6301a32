import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { EnrolmentRow } from '../trial.rows.js'

export interface TrialOfSubject {
  trial: string
  code: string
  site: string
  status: EnrolmentRow['status']
}

/** Every trial the person is or was in, in the order of enrolment. It ties trials together: not for coded readers. */
export class TrialsOf extends Query<TrialOfSubject[]> {
  constructor(readonly subject: string) {
    super()
  }
}

@QueryHandler(TrialsOf)
export class TrialsOfHandler implements IQueryHandler<TrialsOf> {
  constructor(@InjectRepository(EnrolmentRow) private readonly rows: Repository<EnrolmentRow>) {}

  async execute({ subject }: TrialsOf): Promise<TrialOfSubject[]> {
    const found = await this.rows.find({ where: { subject }, order: { position: 'ASC' } })
    return found.map(({ trial, code, site, status }) => ({ trial, code, site, status }))
  }
}
