import { Inject, Injectable, Optional } from '@nestjs/common'
import type { Caller } from '../identity/caller.js'
import type { AuditScope } from './audit-filter.js'

/** Whose acts a person is not told of for now, as an oversight agency may ask (45 CFR 164.528(a)(2)). */
export interface UntoldOrganisations {
  of(subject: string): Promise<ReadonlySet<string>>
}
/** Provided by the application where disclosures are accounted for; without it, a person is told of everybody. */
export const UNTOLD_ORGANISATIONS = Symbol('twin-ledger:untold-organisations')

/** Keeps from a person, in their own trail, what they are not to be told of until it is over. */
@Injectable()
export class OwnTrail {
  constructor(@Optional() @Inject(UNTOLD_ORGANISATIONS) private readonly untold?: UntoldOrganisations) {}

  /** The scope with what is withheld of it now; that of anybody but the person stays as it is. */
  async narrowed(caller: Caller, scope: AuditScope): Promise<AuditScope> {
    if (caller.role !== 'participant' || scope.subject === undefined) return scope
    return { ...scope, untold: await this.of(scope.subject) }
  }

  /** Organisations that the person is not told of now, in a fixed order: cursors are bound to it. */
  async of(subject: string): Promise<readonly string[]> {
    return [...((await this.untold?.of(subject)) ?? [])].sort()
  }
}
