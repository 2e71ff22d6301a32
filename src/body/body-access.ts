import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import { FindSubjectResource } from '../consents/queries/find-subject-resource.js'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import { PolicyService } from '../identity/policy.service.js'
import type { RunPurpose } from '../models/run-purposes.js'
import { NotFound } from '../platform/errors.js'

/** A twin as far as deciding about it takes. */
export interface TwinInUse {
  subject: string
  status: string
  /** That the use is in. */
  trial?: string
  purpose: RunPurpose
}
type AskedUse = Partial<Pick<TwinInUse, 'trial' | 'purpose'>>

/** Asks the policy about a twin's body, before anything of the person is opened. */
@Injectable()
export class BodyAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly queries: QueryBus,
    @InjectDataSource() private readonly database: DataSource,
  ) {}

  /**
   * @param asked the trial and the purpose that the caller names
   * @returns whose twin it is, whether it is in use, in which trial and what for
   * @throws NotFound `twin-not-found`; Forbidden the policy refuses, which is recorded
   */
  async require(caller: Caller, action: Action, twin: string, asked: AskedUse = {}): Promise<TwinInUse> {
    const rows = await this.database.query<Pick<TwinInUse, 'subject' | 'status'>[]>(
      'select subject, status from read.twin where twin = $1',
      [twin],
    )
    if (!rows[0]) throw new NotFound('twin-not-found', 'There is no such twin.')
    const { subject, status } = rows[0]
    const trial = action === 'body.read' ? this.policy.trialOfUse(caller, action, asked.trial) : undefined
    const purpose = asked.purpose ?? defaultPurpose(caller, trial)
    const use = { purpose: trial === undefined ? 'HRESCH' : 'CLINTRCH', ...(trial !== undefined && { trial }) } as const
    // A body is computed by models, so it is a use; what is attached to the twin is part of the record.
    const about = { concern: action === 'body.read' ? 'use' : 'person', trials: caller.trials, use } as const
    const resource = await this.queries.execute(new FindSubjectResource(subject, about))
    await this.policy.requireOwnTrial(caller, action, trial, resource)
    await this.policy.require(caller, action, action === 'body.read' ? { ...resource, purpose } : resource)
    return { subject, status, trial, purpose }
  }
}

/** A person looks at the own body at their own request; whoever else declares nothing does research. */
function defaultPurpose({ role, purpose }: Caller, trial: string | undefined): RunPurpose {
  if (role === 'participant') return 'PATRQT'
  return purpose ?? (trial === undefined ? 'HRESCH' : 'CLINTRCH')
}
