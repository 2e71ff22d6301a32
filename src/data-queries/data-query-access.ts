import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import { permission } from '../identity/policy.js'
import { PolicyService } from '../identity/policy.service.js'
import { isUuid } from '../ledger/event-header.js'
import { NotFound } from '../platform/errors.js'
import { TrialsOf } from '../trials/queries/trials-of.js'
import { FindFact } from '../twins/queries/find-fact.js'
import { DataQueryJournal } from './data-query-journal.js'

/** A fact that a caller may ask about, and whom they ask. */
export interface AskedFact {
  twin: string
  fact: string
  subject: string
  trial?: string
  site: string
}

/** The part of the queries that a caller may see; without a field, no limit. */
export interface DataQueryScope {
  site?: string
  trials?: readonly string[]
}

/** Asks the policy about data queries, where it is known whom they concern and which site is asked. */
@Injectable()
export class DataQueryAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly queries: QueryBus,
    private readonly journal: DataQueryJournal,
  ) {}

  /**
   * Within a trial the site where the person takes part is asked, else the owner of the record.
   *
   * @throws Forbidden the policy refuses, which is recorded; NotFound `twin-not-found`, `fact-not-found`, `enrolment-not-found`
   */
  async requireFact(
    caller: Caller,
    { twin, fact, trial }: { twin: string; fact: string; trial?: string },
  ): Promise<AskedFact> {
    const { subject, custody } = await this.queries.execute(new FindFact(twin, fact))
    if (trial === undefined) {
      await this.policy.require(caller, 'data-query.raise', { subject })
      return { twin, fact, subject, site: custody.owner }
    }
    const enrolments = await this.queries.execute(new TrialsOf(subject))
    const enrolment = enrolments.find((one) => one.trial === trial && one.status === 'enrolled')
    await this.policy.require(caller, 'data-query.raise', { subject, ...(enrolment && { trial }) })
    if (!enrolment) throw new NotFound('enrolment-not-found', 'The person is not in this trial.')
    return { twin, fact, subject, trial, site: enrolment.site }
  }

  /**
   * @returns whether the caller may read what was asked and answered in words: who asks, who answers, and who sees everything
   * @throws NotFound `data-query-not-found`; Forbidden the policy refuses, which is recorded
   */
  async requireQuery(caller: Caller, action: Action, query: string): Promise<{ words: boolean }> {
    const { subject, site, trial } = (await this.journal.existing(query)).raised
    const resource = { subject, site, ...(trial !== undefined && { trial }) }
    const minimisation = await this.policy.require(caller, action, resource)
    return { words: minimisation === 'full' || permission(caller.role, 'data-query.raise') !== 'deny' }
  }

  async listScope(caller: Caller): Promise<DataQueryScope> {
    const { site, trials } = await this.policy.scopeOf(caller, 'data-query.read')
    return { ...(site !== undefined && { site }), ...(trials && { trials: trials.filter(isUuid) }) }
  }
}
