import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { isUuid } from '../ledger/event-header.js'
import { EnrolmentOf, type Enrolment } from '../trials/queries/enrolment-of.js'
import { GetTrial, type TrialView } from '../trials/queries/get-trial.js'
import { isArmOpen } from './blinding.js'
import type { AllocationFilter } from './queries/list-allocations.js'
import { RandomisationReader } from './randomisation-reader.js'

/** No subject has the nil UUID: what is narrowed to it is empty. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Asks the policy about arms, where it is known who sponsors the trial, which sites take part and what blinding leaves open. */
@Injectable()
export class RandomisationAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly reader: RandomisationReader,
    private readonly queries: QueryBus,
  ) {}

  /** @throws Forbidden the policy refuses, which is recorded; NotFound `trial-not-found` */
  async require(caller: Caller, action: Action, trial: string): Promise<TrialView> {
    const view = await this.queries.execute(new GetTrial(trial))
    const { state } = await this.reader.read(trial)
    const site = view.sites.map((one) => one.site)
    await this.policy.require(caller, action, { trial, org: view.sponsor, site, unblinded: isArmOpen(state, caller) })
    return view
  }

  /** As `require`, about one participant. @throws NotFound `enrolment-not-found` */
  async requireEnrolment(caller: Caller, action: Action, trial: string, code: string): Promise<Enrolment> {
    const { sponsor } = await this.queries.execute(new GetTrial(trial))
    const enrolment = await this.queries.execute(new EnrolmentOf(trial, code))
    const { subject, site } = enrolment
    const { state } = await this.reader.read(trial)
    const unblinded = isArmOpen(state, caller, subject)
    await this.policy.require(caller, action, { trial, org: sponsor, site, subject, unblinded })
    return enrolment
  }

  /** The part of a trial's allocations that the caller may see, numbers alone: a site its own, a participant their own. */
  async allocationScope(caller: Caller, trial: string): Promise<AllocationFilter> {
    await this.require(caller, 'trial.read', trial)
    const { site } = await this.policy.scopeOf(caller, 'trial.read')
    if (caller.role !== 'participant') return site === undefined ? {} : { site }
    return { subject: caller.subject !== undefined && isUuid(caller.subject) ? caller.subject : NOBODY }
  }

  /** As `allocationScope`, with arms. @throws Forbidden `arm-blinded`, also where there are no arms */
  async armScope(caller: Caller, trial: string): Promise<AllocationFilter> {
    const scope = await this.allocationScope(caller, trial)
    const view = await this.queries.execute(new GetTrial(trial))
    const { state } = await this.reader.read(trial)
    await this.policy.require(caller, 'allocation.read', {
      trial,
      org: view.sponsor,
      site: view.sites.map((one) => one.site),
      ...(scope.subject !== undefined && { subject: scope.subject }),
      unblinded: isArmOpen(state, caller),
    })
    return scope
  }

  /** A doctor sees what they opened themselves; oversight sees all. */
  async unblindingScope(caller: Caller, trial: string): Promise<{ actor?: string }> {
    await this.require(caller, 'trial.read', trial)
    const { actor } = await this.policy.scopeOf(caller, 'emergency.read')
    return actor === undefined ? {} : { actor }
  }

  /** @throws Forbidden the policy refuses, which is recorded */
  async requireReview(caller: Caller): Promise<void> {
    await this.policy.require(caller, 'emergency.review', {})
  }
}
