import { Injectable } from '@nestjs/common'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { isUuid } from '../ledger/event-header.js'
import { NotFound } from '../platform/errors.js'
import type { EnrolmentFilter } from './queries/list-enrolments.js'
import type { TrialFilter } from './queries/list-trials.js'
import { TrialReader } from './trial-reader.js'
import { enrolmentsOf, type TrialState } from './trial-state.js'

/** No subject has the nil UUID: what is narrowed to it is empty. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Asks the policy about a trial, where it is known who sponsors it and which sites take part. */
@Injectable()
export class TrialAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly reader: TrialReader,
  ) {}

  /** @throws Forbidden the policy refuses, which is recorded; NotFound `trial-not-found` */
  async require(caller: Caller, action: Action, trial: string): Promise<void> {
    const { state } = await this.reader.existing(trial)
    await this.policy.require(caller, action, resourceOf(trial, state))
  }

  /** @throws Forbidden the caller does not work for the organisation that is to sponsor the trial */
  async requireSponsor(caller: Caller, sponsor: string): Promise<void> {
    await this.policy.require(caller, 'trial.manage', { org: sponsor })
  }

  /** Enrolling is done for one site. */
  async requireSite(caller: Caller, trial: string, site: string): Promise<void> {
    const { state } = await this.reader.existing(trial)
    await this.policy.require(caller, 'trial.enrol', { ...resourceOf(trial, state), site })
  }

  /** @throws NotFound `enrolment-not-found`; Forbidden: the person was enrolled at another site */
  async requireEnrolment(caller: Caller, trial: string, code: string): Promise<void> {
    const { state } = await this.reader.existing(trial)
    const enrolment = enrolmentsOf(state).byCode.get(code)
    if (!enrolment) throw new NotFound('enrolment-not-found', 'The trial has no such enrolment.')
    await this.policy.require(caller, 'trial.enrol', { ...resourceOf(trial, state), site: enrolment.site })
  }

  /** The part of the list of trials that the caller may see. */
  async listScope(caller: Caller): Promise<NonNullable<TrialFilter['scope']>> {
    const { trials, site, org } = await this.policy.scopeOf(caller, 'trial.read')
    return { ...(trials && { trials: trials.filter(isUuid) }), ...(site && { site }), ...(org && { org }) }
  }

  /** The part of a trial's enrolments that the caller may see: a site its own, a participant their own. */
  async enrolmentScope(caller: Caller, trial: string): Promise<EnrolmentFilter> {
    await this.require(caller, 'trial.read', trial)
    const { trials, site } = await this.policy.scopeOf(caller, 'trial.read')
    const own = caller.subject !== undefined && isUuid(caller.subject) ? caller.subject : NOBODY
    return { ...(site && { site }), ...(trials && caller.role === 'participant' && { subject: own }) }
  }
}

function resourceOf(trial: string, { description, sites }: TrialState) {
  return { trial, org: description!.sponsor, site: sites.map(({ site }) => site) }
}
