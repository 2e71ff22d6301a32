import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { FindSubjectResource } from '../consents/queries/find-subject-resource.js'
import { Conflict, Forbidden, NotFound } from '../platform/errors.js'
import { WasWithdrawn } from '../trials/queries/was-withdrawn.js'
import type { RunFilter } from './queries/list-runs.js'
import { RunWriter } from './run-writer.js'

/** Asks the policy about runs, before anything of the person is opened. */
@Injectable()
export class SimulationAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly queries: QueryBus,
    private readonly runs: RunWriter,
    @InjectDataSource() private readonly database: DataSource,
  ) {}

  /**
   * @throws NotFound `twin-not-found`; Forbidden the policy refuses, which is recorded; Conflict `subject-withdrawn`: whoever left a
   *   trial has nothing new computed in it, while what was computed before stays (CTR Art 28(3))
   */
  async requireTwin(caller: Caller, action: Action, twin: string, trial?: string): Promise<void> {
    await this.policy.requireOwnTrial(caller, action, trial)
    const rows = await this.database.query<{ subject: string }[]>('select subject from read.twin where twin = $1', [
      twin,
    ])
    if (!rows[0]) throw new NotFound('twin-not-found', 'There is no such twin.')
    await this.require(caller, action, rows[0].subject, trial)
    if (action !== 'simulation.run' || trial === undefined) return
    if (await this.queries.execute(new WasWithdrawn(trial, rows[0].subject)))
      throw new Conflict('subject-withdrawn', 'This person left the trial: nothing new is computed in it.')
  }

  /** @throws NotFound `run-not-found`; Forbidden the policy refuses, which is recorded */
  async requireRun(caller: Caller, action: Action, run: string): Promise<void> {
    const { subject, trial, events } = await this.runs.existing(run)
    await this.require(caller, action, subject, trial, events[0]!.header.actor.id)
  }

  /**
   * The part of the list that the caller may see. A modeller's right depends on each person's consent: their own runs are
   * listed, and each is opened under that right.
   */
  async listScope(caller: Caller): Promise<NonNullable<RunFilter['scope']>> {
    const { subject, site, trials, consented } = await this.policy.scopeOf(caller, 'simulation.read')
    return {
      ...(subject !== undefined && { subject }),
      ...(site !== undefined && { site }),
      ...(trials !== undefined && { trials }),
      ...(consented && { actor: caller.id }),
    }
  }

  /** @param actor who asked for the run, where there is one */
  private async require(
    caller: Caller,
    action: Action,
    subject: string,
    trial?: string,
    actor?: string,
  ): Promise<void> {
    const use = { purpose: trial === undefined ? 'HRESCH' : 'CLINTRCH', ...(trial !== undefined && { trial }) } as const
    const resource = await this.queries.execute(new FindSubjectResource(subject, { trials: caller.trials, use }))
    const minimisation = await this.policy.require(caller, action, {
      ...resource,
      actor,
      purpose: use.purpose,
      ...(trial !== undefined && { trial }),
    })
    if (minimisation === 'headers')
      throw new Forbidden('action-not-permitted', 'Runs are not open to this role.', { action })
  }
}
