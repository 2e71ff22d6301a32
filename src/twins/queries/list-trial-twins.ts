import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import { InvalidRequest } from '../../platform/errors.js'
import type { TwinRow } from '../twin.row.js'

/** A twin as a reader within a trial lists it: under the trial's code, without what is the same in another trial. */
export interface TrialTwin extends Pick<
  TwinRow,
  'twin' | 'status' | 'owner' | 'facts' | 'corrections' | 'openFindings' | 'openErrors'
> {
  trial: string
  code: string
}

export interface TrialTwinPage {
  twins: TrialTwin[]
  /** Where the next page starts; absent on the last one. */
  next?: string
}

/** The twins of those who are enrolled in a trial, in the order of their codes: the order says nothing about registration. */
export class ListTrialTwins extends Query<TrialTwinPage> {
  constructor(
    readonly filter: { trial: string; status?: TwinRow['status']; withFindings?: boolean; consented?: boolean },
    /** 1 to 500. */
    readonly limit = 50,
    readonly cursor?: string,
  ) {
    super()
  }
}

const CODE = /^[A-Za-z0-9-]{1,40}$/

@QueryHandler(ListTrialTwins)
export class ListTrialTwinsHandler implements IQueryHandler<ListTrialTwins> {
  constructor(@InjectDataSource() private readonly database: DataSource) {}

  /** @throws InvalidRequest `cursor-invalid` */
  async execute({ filter, limit, cursor }: ListTrialTwins): Promise<TrialTwinPage> {
    const after = cursor === undefined ? '' : Buffer.from(cursor, 'base64url').toString('latin1')
    if (cursor !== undefined && !CODE.test(after))
      throw new InvalidRequest('cursor-invalid', 'The cursor is not one of a page of twins.')
    const { trial, status, withFindings = false, consented = false } = filter
    const found = await this.database.query<TrialTwin[]>(TRIAL_TWINS, [
      trial,
      after,
      status ?? null,
      withFindings,
      consented,
      limit + 1,
    ])
    const twins = found.slice(0, limit)
    if (found.length <= limit) return { twins }
    return { twins, next: Buffer.from(twins.at(-1)!.code).toString('base64url') }
  }
}

const TRIAL_TWINS = `
  select twin.twin, twin.status, twin.owner, twin.facts, twin.corrections, enrolment.trial, enrolment.code,
         twin.open_findings as "openFindings", twin.open_errors as "openErrors"
  from read.enrolment as enrolment
  join read.twin as twin on twin.subject = enrolment.subject and twin.status <> 'merged'
  where enrolment.trial = $1 and enrolment.status = 'enrolled' and enrolment.code > $2
    and ($3::text is null or twin.status = $3) and (not $4 or twin.open_findings > 0)
    and (not $5 or exists (
      select from read.consent as consent
      where consent.subject = enrolment.subject and consent.status = 'given' and 'CLINTRCH' = any (consent.purposes)
        and enrolment.trial = any (consent.trials) and (consent.expires_at is null or consent.expires_at > now())))
  order by enrolment.code limit $6`
