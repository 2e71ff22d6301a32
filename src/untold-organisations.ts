import { Global, Injectable, Module } from '@nestjs/common'
import { CqrsModule, QueryBus } from '@nestjs/cqrs'
import { UNTOLD_ORGANISATIONS, type UntoldOrganisations } from './audit/own-trail.js'
import { SuspendedAgencies } from './disclosures/queries/suspended-agencies.js'

/** A suspended accounting holds for the audit trail too. It stands above the rooms because the trail does not know of disclosures. */
@Injectable()
export class SuspendedAccountings implements UntoldOrganisations {
  constructor(private readonly queries: QueryBus) {}

  of(subject: string): Promise<ReadonlySet<string>> {
    return this.queries.execute(new SuspendedAgencies(subject))
  }
}

@Global()
@Module({
  imports: [CqrsModule],
  providers: [{ provide: UNTOLD_ORGANISATIONS, useClass: SuspendedAccountings }],
  exports: [UNTOLD_ORGANISATIONS],
})
export class UntoldOrganisationsModule {}
