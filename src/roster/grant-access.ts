import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import type { Resource } from '../identity/decide-access.js'
import { PolicyService } from '../identity/policy.service.js'
import { TwinLedgerError, Unprocessable } from '../platform/errors.js'
import { GetTrial, type TrialView } from '../trials/queries/get-trial.js'
import type { GrantTerms } from './events.js'
import { requireGrant } from './grant-rules.js'
import { LiveRoster } from './live-roster.js'
import type { RosterScope } from './queries/get-roster.js'

/** Asks the policy about grants, where it is known which site and organisation they are for. */
@Injectable()
export class GrantAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly live: LiveRoster,
    private readonly queries: QueryBus,
  ) {}

  /** @throws Forbidden; Unprocessable `grant-terms-invalid`: a trial that is unknown, or is not the organisation's */
  async requireRequest(caller: Caller, { role, scope }: GrantTerms): Promise<void> {
    await this.policy.require(caller, 'roster.request', resourceOf(scope))
    if (scope === 'as-claimed') return
    for (const id of scope.trials ?? []) {
      const trial = await this.trial(id)
      const ofTheSponsor = role === 'sponsor' || role === 'modeller'
      if (!trial || (ofTheSponsor && trial.sponsor !== scope.org))
        throw new Unprocessable(
          'grant-terms-invalid',
          'A trial of the grant is unknown, or not one of the organisation.',
        )
    }
  }

  /** @throws Forbidden; NotFound `grant-not-found` */
  async require(caller: Caller, action: Action, grant: string): Promise<void> {
    await this.policy.require(caller, action, resourceOf(requireGrant(this.live.current, grant).scope))
  }

  /** The part of the roster that the caller may see. */
  async listScope(caller: Caller): Promise<RosterScope> {
    const { site, org } = await this.policy.scopeOf(caller, 'roster.read')
    return { ...(site !== undefined && { site }), ...(org !== undefined && { org }) }
  }

  private async trial(id: string): Promise<TrialView | undefined> {
    try {
      return await this.queries.execute(new GetTrial(id))
    } catch (error) {
      if (error instanceof TwinLedgerError && error.code === 'trial-not-found') return undefined
      throw error
    }
  }
}

function resourceOf(scope: GrantTerms['scope']): Resource {
  return scope === 'as-claimed' ? {} : { site: scope.site, org: scope.org }
}
