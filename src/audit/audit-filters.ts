import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { EventCatalogue } from '../journal/event-catalogue.js'
import { InvalidRequest } from '../platform/errors.js'
import { SubjectOfEnrolment } from '../trials/queries/subject-of-enrolment.js'
import { typesMatching, within, type AuditFilter, type AuditScope } from './audit-filter.js'

/** A filter as a caller writes it. */
export interface AskedFilter extends Omit<AuditFilter, 'types'> {
  /** An event type, or the beginning of some with `*` behind it. */
  type?: string
}

/** Makes of what a caller asks for what the read model can answer. */
@Injectable()
export class AuditFilters {
  constructor(
    private readonly catalogue: EventCatalogue,
    private readonly queries: QueryBus,
  ) {}

  /**
   * The filter, without fields that were not given, and the scope narrowed to the person behind an enrolment code: who that
   * is stays out of the filter, because the filter is shown again in exports.
   *
   * @throws InvalidRequest `time-invalid`, `trial-missing`: an enrolment code is one of a trial
   */
  async from(asked: AskedFilter, scope: AuditScope): Promise<{ filter: AuditFilter; narrowed: AuditScope }> {
    const { type, from, to, ...same } = asked
    const filter: AuditFilter = {
      ...same,
      types:
        type === undefined
          ? undefined
          : typesMatching(
              type,
              this.catalogue.all().map((known) => known.type),
            ),
      from: from && utc(from),
      to: to && utc(to),
    }
    const given = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as AuditFilter
    return { filter: given, narrowed: await this.narrowed(given, scope) }
  }

  private async narrowed({ trial, enrolmentCode }: AuditFilter, scope: AuditScope): Promise<AuditScope> {
    if (enrolmentCode === undefined) return scope
    if (trial === undefined) throw new InvalidRequest('trial-missing', 'An enrolment code needs the trial it is of.')
    return within(scope, await this.queries.execute(new SubjectOfEnrolment(trial, enrolmentCode)))
  }
}

/** In UTC and milliseconds, as the log has times. */
function utc(time: string): string {
  const moment = Date.parse(time)
  if (Number.isNaN(moment) || moment < FIRST_YEAR) throw new InvalidRequest('time-invalid', 'There is no such time.')
  return new Date(moment).toISOString()
}

const FIRST_YEAR = Date.parse('0001-01-02T00:00:00Z')
