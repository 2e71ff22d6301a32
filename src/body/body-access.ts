import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import { FindSubjectResource } from '../consents/queries/find-subject-resource.js'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { NotFound } from '../platform/errors.js'

/** A twin as far as deciding about it takes. */
export interface TwinInUse {
  subject: string
  status: string
}

/** Asks the policy about a twin's body, before anything of the person is opened. */
@Injectable()
export class BodyAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly queries: QueryBus,
    @InjectDataSource() private readonly database: DataSource,
  ) {}

  /**
   * @returns whose twin it is, and whether it is in use
   * @throws NotFound `twin-not-found`; Forbidden the policy refuses, which is recorded
   */
  async require(caller: Caller, action: Action, twin: string, trial?: string): Promise<TwinInUse> {
    const rows = await this.database.query<TwinInUse[]>('select subject, status from read.twin where twin = $1', [twin])
    if (!rows[0]) throw new NotFound('twin-not-found', 'There is no such twin.')
    const { subject } = rows[0]
    const use = { purpose: trial === undefined ? 'HRESCH' : 'CLINTRCH', ...(trial !== undefined && { trial }) } as const
    const resource = await this.queries.execute(new FindSubjectResource(subject, { trials: caller.trials, use }))
    await this.policy.require(caller, action, trial === undefined ? resource : { ...resource, trial })
    return rows[0]
  }
}
