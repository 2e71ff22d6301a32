import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { FindSubjectResource } from '../../consents/queries/find-subject-resource.js'
import type { Action } from '../../identity/actions.js'
import type { Caller } from '../../identity/caller.js'
import type { Minimisation } from '../../identity/decide-access.js'
import { PolicyService, type Scope } from '../../identity/policy.service.js'
import { isUuid } from '../../ledger/event-header.js'
import { FindRun } from '../../simulations/queries/find-run.js'
import { DecisionJournal } from './decision-journal.js'

/** No subject has the nil UUID: what is narrowed to it is empty. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Asks the policy about a decision, where it is known whom it concerns. */
@Injectable()
export class DecisionAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly queries: QueryBus,
    private readonly decisions: DecisionJournal,
  ) {}

  /** @throws NotFound `run-not-found`; Forbidden the policy refuses, which is recorded */
  async requireRun(caller: Caller, action: Action, run: string): Promise<Minimisation> {
    const { subject, trial } = await this.queries.execute(new FindRun(run))
    return this.require(caller, action, subject, trial)
  }

  /** @throws NotFound `decision-not-found`; Forbidden the policy refuses, which is recorded */
  async requireDecision(caller: Caller, action: Action, decision: string): Promise<Minimisation> {
    const { subject, trial } = (await this.decisions.existing(decision)).proposed
    return this.require(caller, action, subject, trial)
  }

  /** The part of the list that the caller may see. */
  async listScope(caller: Caller): Promise<Pick<Scope, 'subject' | 'site'>> {
    const { subject, site } = await this.policy.scopeOf(caller, 'decision.read')
    return {
      ...(subject !== undefined && { subject: isUuid(subject) ? subject : NOBODY }),
      ...(site !== undefined && { site }),
    }
  }

  private async require(caller: Caller, action: Action, subject: string, trial?: string): Promise<Minimisation> {
    const use = trial === undefined ? { purpose: 'HRESCH' as const } : { purpose: 'CLINTRCH' as const, trial }
    const about = { concern: 'record', trials: caller.trials, use } as const
    return this.policy.require(caller, action, await this.queries.execute(new FindSubjectResource(subject, about)))
  }
}
