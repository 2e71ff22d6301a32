import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { InjectDataSource } from '@nestjs/typeorm'
import { DataSource } from 'typeorm'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import { PolicyService } from '../identity/policy.service.js'
import type { Use } from '../consents/events.js'
import { type Concern, FindSubjectResource } from '../consents/queries/find-subject-resource.js'
import { Conflict, Forbidden, NotFound } from '../platform/errors.js'
import { WasWithdrawn } from '../trials/queries/was-withdrawn.js'
import type { RunRequest } from './events.js'
import type { RunFilter } from './queries/list-runs.js'
import { RunWriter } from './run-writer.js'

interface Asked {
  concern: Concern
  subject: string
  /** Of the run, or that the caller names. */
  trial?: string
  /** Who asked for the run, where there is one. */
  actor?: string
  /** Of a run that is asked for. */
  purpose?: string
  /** Of the run, where it rests on a data permit: who asks is asked about under that. */
  permit?: { id: string; purpose: Use['purpose'] }
}

/** What is asked for, as far as deciding about it takes. */
interface OrderedRun {
  twin: string
  trial?: string
  purpose?: string
}

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
   * A run is in a trial only if the caller names one.
   *
   * @throws NotFound `twin-not-found`; Forbidden the policy refuses, which is recorded; Conflict `subject-withdrawn`: whoever left a
   *   trial has nothing new computed in it, while what was computed before stays (CTR Art 28(3))
   */
  async requireRunOn(caller: Caller, { twin, trial, purpose }: OrderedRun): Promise<void> {
    const subject = await this.requireUse(caller, 'simulation.run', twin, { trial, purpose })
    if (trial !== undefined && (await this.queries.execute(new WasWithdrawn(trial, subject))))
      throw new Conflict('subject-withdrawn', 'This person left the trial: nothing new is computed in it.')
  }

  /**
   * What models could do with a twin is asked for a use, in a trial or not.
   *
   * @returns the trial that the use is in
   * @throws NotFound `twin-not-found`; Forbidden the policy refuses, which is recorded
   */
  async requireReadiness(caller: Caller, twin: string, named?: string): Promise<string | undefined> {
    const trial = this.policy.trialOfUse(caller, 'simulation.read', named)
    await this.requireUse(caller, 'simulation.read', twin, { trial })
    return trial
  }

  /** Lets runs of a twin be asked for. @throws NotFound `twin-not-found`; Forbidden the policy refuses, which is recorded */
  async requireTwin(caller: Caller, twin: string): Promise<void> {
    await this.require(caller, 'simulation.read', { concern: 'person', subject: await this.subjectOf(twin) })
  }

  /** @returns whose twin it is */
  private async requireUse(
    caller: Caller,
    action: Action,
    twin: string,
    { trial, purpose }: Omit<OrderedRun, 'twin'>,
  ): Promise<string> {
    await this.policy.requireOwnTrial(caller, action, trial)
    const subject = await this.subjectOf(twin)
    await this.require(caller, action, { concern: 'use', subject, trial, purpose })
    return subject
  }

  private async subjectOf(twin: string): Promise<string> {
    const rows = await this.database.query<{ subject: string }[]>('select subject from read.twin where twin = $1', [
      twin,
    ])
    if (!rows[0]) throw new NotFound('twin-not-found', 'There is no such twin.')
    return rows[0].subject
  }

  /** @throws NotFound `run-not-found`; Forbidden the policy refuses, which is recorded */
  async requireRun(caller: Caller, action: Action, run: string): Promise<void> {
    const { subject, trial, events, state } = await this.runs.existing(run)
    const actor = events[0]!.header.actor.id
    await this.require(caller, action, { concern: 'record', subject, trial, actor, permit: permitOf(state.request) })
  }

  /**
   * The part of the list that the caller may see. A modeller's right depends on each person's consent: their own runs are
   * listed, and each is opened under that right.
   */
  async listScope(caller: Caller, trial?: string): Promise<NonNullable<RunFilter['scope']>> {
    const { subject, site, trials, consented } = await this.policy.scopeOf(caller, 'simulation.read', trial)
    return {
      ...(subject !== undefined && { subject }),
      ...(site !== undefined && { site }),
      ...(trials !== undefined && { trials }),
      ...(consented && { actor: caller.id }),
    }
  }

  private async require(caller: Caller, action: Action, asked: Asked): Promise<void> {
    const { concern, subject, trial, actor, purpose, permit } = asked
    const research = permit?.purpose ?? (trial === undefined ? 'HRESCH' : 'CLINTRCH')
    const use = { purpose: research, ...(trial !== undefined && { trial }) }
    const claim = permit && { permit: permit.id, user: caller.org }
    const about = { concern, trials: caller.trials, use, ...(claim && { claim }) }
    const resource = await this.queries.execute(new FindSubjectResource(subject, about))
    await this.policy.requireOwnTrial(caller, action, trial, resource)
    const minimisation = await this.policy.require(caller, action, {
      ...resource,
      actor,
      ...(purpose !== undefined && { purpose }),
    })
    if (minimisation === 'headers')
      throw new Forbidden('action-not-permitted', 'Runs are not open to this role.', { action })
  }
}

function permitOf(request: RunRequest | null): Asked['permit'] {
  if (request?.permit === undefined) return undefined
  return { id: request.permit, purpose: request.purpose as Use['purpose'] }
}
