import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { ConsentRow } from '../consent.row.js'

/** When a person's consents were last in force; null while one is. */
export interface AuthorisationEnd {
  subject: string
  lastInForce: Date | null
}

/** Of those of these persons who ever consented. */
export class ListAuthorisationEnds extends Query<AuthorisationEnd[]> {
  constructor(readonly subjects: readonly string[]) {
    super()
  }
}

@QueryHandler(ListAuthorisationEnds)
export class ListAuthorisationEndsHandler implements IQueryHandler<ListAuthorisationEnds> {
  constructor(@InjectRepository(ConsentRow) private readonly rows: Repository<ConsentRow>) {}

  execute({ subjects }: ListAuthorisationEnds): Promise<AuthorisationEnd[]> {
    return this.rows
      .createQueryBuilder('consent')
      .select('consent.subject', 'subject')
      .addSelect('case when bool_and(consent.ended_at is not null) then max(consent.ended_at) end', 'lastInForce')
      .where('consent.subject = any(:subjects) and consent.given_at is not null', { subjects })
      .groupBy('consent.subject')
      .getRawMany<AuthorisationEnd>()
  }
}
