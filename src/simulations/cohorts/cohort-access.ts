import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import type { Action } from '../../identity/actions.js'
import type { Caller } from '../../identity/caller.js'
import { isVeiled } from '../../identity/policy.js'
import { PolicyService } from '../../identity/policy.service.js'
import { GetPermit } from '../../permits/queries/get-permit.js'
import { Forbidden } from '../../platform/errors.js'
import type { MemberScope } from './cohort-members.js'
import { CohortWriter } from './cohort-writer.js'
import type { CohortFilter } from './queries/list-cohorts.js'

const OTHER_TRIAL = {
  code: 'other-trial',
  reason: 'The participants of a trial are chosen for a cohort of that trial.',
} as const

/** Asks the policy about cohorts. A cohort is whose who asked for it, and its trial's; the persons in it are asked run by run. */
@Injectable()
export class CohortAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly cohorts: CohortWriter,
    private readonly queries: QueryBus,
  ) {}

  /**
   * The twins that the caller may run models on: a site its own, a sponsor those enrolled in the trial.
   *
   * @param enrolledIn whose participants are chosen. Whoever must not link people across trials chooses those of the trial that the
   *   cohort is run in: those of another would be the ones who are in both
   * @throws Forbidden the policy refuses, or the caller does not work on the trial; both are recorded
   */
  async memberScope(
    caller: Caller,
    { trial, purpose }: { trial?: string; purpose?: string },
    enrolledIn?: string,
  ): Promise<MemberScope> {
    await this.policy.requireOwnTrial(caller, 'cohort.run', trial)
    if (isVeiled(caller.role) && enrolledIn !== undefined && enrolledIn !== trial)
      await this.policy.refuse(caller, 'cohort.run', OTHER_TRIAL)
    const { site, trials } = await this.policy.scopeOf(caller, 'cohort.run')
    const use = { trial, site: caller.site, ...(purpose !== undefined && { purpose }) }
    await this.policy.require(caller, 'cohort.run', use)
    return { ...(site !== undefined && { site }), ...(trials !== undefined && { enrolledIn: trial }) }
  }

  /**
   * A permit is used by whom it was issued to; whether it covers what is asked is decided with the request.
   *
   * @param permit that the cohort is to rest on, where there is one
   * @throws NotFound `permit-not-found`; Forbidden the policy refuses, which is recorded
   */
  async requirePermit(caller: Caller, permit: string | undefined): Promise<void> {
    if (permit === undefined) return
    const { user: org } = await this.queries.execute(new GetPermit(permit))
    await this.policy.require(caller, 'permit.use', { org })
  }

  /** @throws NotFound `cohort-not-found`; Forbidden the policy refuses, which is recorded */
  async require(caller: Caller, action: Action, cohort: string): Promise<void> {
    const { requested } = await this.cohorts.existing(cohort)
    const resource = { actor: requested.actor.id, trial: requested.trial }
    if ((await this.policy.require(caller, action, resource)) === 'headers')
      throw new Forbidden('action-not-permitted', 'Cohorts are not open to this role.', { action })
  }

  /** The part of the list that the caller may see. */
  async listScope(caller: Caller): Promise<NonNullable<CohortFilter['scope']>> {
    const { actor, trials } = await this.policy.scopeOf(caller, 'cohort.read')
    return { ...(actor !== undefined && { actor }), ...(trials !== undefined && { trials }) }
  }
}
