import { Global, Injectable, Module } from '@nestjs/common'
import { CqrsModule, QueryBus } from '@nestjs/cqrs'
import { FindTwinSample } from './audit/review/queries/find-twin-sample.js'
import { FindCoverage } from './consents/queries/find-coverage.js'
import type { Use } from './consents/scope.js'
import type { Caller } from './identity/caller.js'
import { purposesOfRequest } from './identity/purpose-of-use.js'
import { TrialsOf, type TrialOfSubject } from './trials/queries/trials-of.js'
import { TWIN_SCOPE, type ScopeOfTwin, type TwinScope } from './twins/twin-access.js'

/**
 * What trials, consents and reviews say about a caller's right to a twin. It stands above the rooms because twins know none of
 * them: a trial of the caller that the person is enrolled in, where, whether consent to research is in force, and whether the twin
 * was drawn for a review that the caller carries out.
 */
@Injectable()
export class TrialAndConsentScope implements TwinScope {
  constructor(private readonly queries: QueryBus) {}

  async scopeOf(subject: string, caller: Caller): Promise<ScopeOfTwin> {
    const known = await this.queries.execute(new TrialsOf(subject))
    const enrolled = known.filter(({ status }) => status === 'enrolled')
    // An enrolment in a trial the caller has no part in gives no right, at whatever site it is.
    const shared = enrolled.filter((enrolment) => worksOn(caller, enrolment))
    const use = await this.consentedUse(subject, caller, caller.trials ? shared.map(({ trial }) => trial) : [])
    const consent = { consented: use !== undefined, ...(use !== undefined && { purpose: use.purpose }) }
    const scope = { trial: shared[0]?.trial, site: shared.map(({ site }) => site), ...consent }
    return caller.role === 'qa' ? { ...scope, ...(await this.drawn(caller, known)) } : scope
  }

  /** Also of somebody who left the trial since: the review is of what was recorded. */
  private async drawn(
    { id }: Caller,
    known: readonly TrialOfSubject[],
  ): Promise<Pick<ScopeOfTwin, 'sampled' | 'basis'>> {
    const causation = await this.queries.execute(new FindTwinSample(id, known))
    return causation === null ? {} : { sampled: true, basis: { reason: 'audit-review', causation } }
  }

  /** Research, or the use in one of these trials: the first that the request may be for and that consent covers. */
  private async consentedUse(subject: string, caller: Caller, trials: readonly string[]): Promise<Use | undefined> {
    const uses: Use[] = [{ purpose: 'HRESCH' }, ...trials.map((trial) => ({ purpose: 'CLINTRCH' as const, trial }))]
    const purposes = purposesOfRequest(caller)
    for (const use of uses.filter(({ purpose }) => purposes.includes(purpose)))
      if ((await this.queries.execute(new FindCoverage(subject, use))).covered) return use
    return undefined
  }
}

/** On the trials that the token names; where it names none, on those of the caller's own site. */
function worksOn({ trials = [], site }: Caller, enrolment: TrialOfSubject): boolean {
  return trials.length > 0 ? trials.includes(enrolment.trial) : enrolment.site === site
}

@Global()
@Module({
  imports: [CqrsModule],
  providers: [{ provide: TWIN_SCOPE, useClass: TrialAndConsentScope }],
  exports: [TWIN_SCOPE],
})
export class TwinScopeModule {}
