import { Global, Injectable, Module } from '@nestjs/common'
import { CqrsModule, QueryBus } from '@nestjs/cqrs'
import { FindCoverage } from './consents/queries/find-coverage.js'
import type { Caller } from './identity/caller.js'
import type { Resource } from './identity/policy.js'
import { TrialsOf } from './trials/queries/trials-of.js'
import { TWIN_SCOPE, type TwinScope } from './twins/twin-access.js'

/**
 * What trials and consents say about a caller's right to a twin. It stands above the rooms because twins know neither of
 * the two: a trial the person is enrolled in, its sites, and whether consent to research is in force.
 */
@Injectable()
class TrialAndConsentScope implements TwinScope {
  constructor(private readonly queries: QueryBus) {}

  async scopeOf(subject: string, caller: Caller): Promise<Pick<Resource, 'trial' | 'site' | 'consented'>> {
    const enrolled = (await this.queries.execute(new TrialsOf(subject))).filter(({ status }) => status === 'enrolled')
    const shared = enrolled.find(({ trial }) => caller.trials?.includes(trial))
    const { covered } = await this.queries.execute(new FindCoverage(subject, { purpose: 'HRESCH' }))
    return { trial: shared?.trial, site: enrolled.map(({ site }) => site), consented: covered }
  }
}

@Global()
@Module({
  imports: [CqrsModule],
  providers: [{ provide: TWIN_SCOPE, useClass: TrialAndConsentScope }],
  exports: [TWIN_SCOPE],
})
export class TwinScopeModule {}
