import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { FindSubjectResource } from '../consents/queries/find-subject-resource.js'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import type { Resource } from '../identity/decide-access.js'
import { PolicyService } from '../identity/policy.service.js'
import type { EventHeader } from '../ledger/event.js'
import { NotFound } from '../platform/errors.js'
import { SitesOf } from '../trials/queries/sites-of.js'

/** Who may sign a record, or see that it is signed: whoever may see the record's entry in the audit trail. */
@Injectable()
export class SignatureAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly queries: QueryBus,
  ) {}

  /** @throws Forbidden the policy refuses, which is recorded */
  async require(
    caller: Caller,
    action: Extract<Action, 'signature.make' | 'signature.read'>,
    header: Pick<EventHeader, 'actor' | 'subject' | 'trial'>,
  ): Promise<void> {
    await this.policy.require(caller, action, await this.resourceOf(caller, header))
  }

  /** Whether the role signs at all. @throws Forbidden the policy refuses, which is recorded */
  async requireSigner(caller: Caller): Promise<void> {
    await this.policy.scopeOf(caller, 'signature.make')
  }

  /** Who reads within a scope lists their own signatures, or those on a record. @throws Forbidden `not-own-act` */
  async requireSignaturesOf(caller: Caller, signer: string): Promise<void> {
    const scope = await this.policy.scopeOf(caller, 'signature.read')
    const { minimisation: _minimisation, ...narrowed } = scope
    if (signer !== caller.id && Object.keys(narrowed).length > 0)
      await this.policy.require(caller, 'signature.read', {})
  }

  private async resourceOf(
    caller: Caller,
    { actor, subject, trial }: Pick<EventHeader, 'actor' | 'subject' | 'trial'>,
  ): Promise<Resource> {
    if (subject === undefined) return { actor: actor.id, trial, site: await this.sitesOf(trial) }
    const use = { purpose: trial === undefined ? 'HRESCH' : 'CLINTRCH', ...(trial !== undefined && { trial }) } as const
    const about = { concern: 'record', trials: caller.trials, use } as const
    return { ...(await this.queries.execute(new FindSubjectResource(subject, about))), actor: actor.id }
  }

  private async sitesOf(trial: string | undefined): Promise<string[]> {
    if (trial === undefined) return []
    try {
      return (await this.queries.execute(new SitesOf(trial))).map(({ site }) => site)
    } catch (error) {
      if (error instanceof NotFound) return []
      throw error
    }
  }
}
