import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { FindSubjectResource } from '../consents/queries/find-subject-resource.js'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import type { Minimisation } from '../identity/decide-access.js'
import { PolicyService, type Scope } from '../identity/policy.service.js'
import { isUuid } from '../ledger/event-header.js'
import { NotFound } from '../platform/errors.js'
import { ErasureRow, LegalHoldRow } from './privacy.rows.js'
import { RequestJournal } from './requests/request-journal.js'

/** No subject has the nil UUID: what is narrowed to it is empty. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

const PERSON = { concern: 'person', use: { purpose: 'PATRQT' } } as const

/** Asks the policy about a request, an erasure or a hold, where it is known whom it is about. */
@Injectable()
export class PrivacyAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly queries: QueryBus,
    private readonly requests: RequestJournal,
    @InjectRepository(ErasureRow) private readonly erasures: Repository<ErasureRow>,
    @InjectRepository(LegalHoldRow) private readonly holds: Repository<LegalHoldRow>,
  ) {}

  /** @throws Forbidden the policy refuses, which is recorded */
  async require(caller: Caller, action: Action, subject: string): Promise<Minimisation> {
    const resource = await this.queries.execute(new FindSubjectResource(subject, PERSON))
    return this.policy.require(caller, action, resource)
  }

  /** @throws Forbidden; NotFound `privacy-request-not-found` */
  async requireRequest(caller: Caller, action: Action, request: string): Promise<Minimisation> {
    const { received } = await this.requests.existing(request)
    return this.require(caller, action, received.subject)
  }

  /** The person an erasure is about. @throws Forbidden; NotFound `erasure-not-found` */
  async requireErasure(caller: Caller, action: Action, erasure: string): Promise<string> {
    const row = await this.erasures.findOneBy({ erasure })
    if (!row) throw new NotFound('erasure-not-found', 'There is no such erasure.')
    await this.require(caller, action, row.subject)
    return row.subject
  }

  /** The person a hold is about. @throws Forbidden; NotFound `hold-not-found` */
  async requireHold(caller: Caller, action: Action, hold: string): Promise<string> {
    const row = await this.holds.findOneBy({ hold })
    if (!row) throw new NotFound('hold-not-found', 'There is no such legal hold.')
    await this.require(caller, action, row.subject)
    return row.subject
  }

  /** The part of a list that the caller may see. */
  async scopeOf(caller: Caller, action: Action): Promise<Scope> {
    const scope = await this.policy.scopeOf(caller, action)
    return scope.subject === undefined || isUuid(scope.subject) ? scope : { ...scope, subject: NOBODY }
  }
}
