import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import { PolicyService } from '../identity/policy.service.js'
import { NotFound } from '../platform/errors.js'
import { ListTwins } from '../twins/queries/list-twins.js'
import { FindSubjectResource } from './queries/find-subject-resource.js'

/** Asks the policy about a person's consents. */
@Injectable()
export class ConsentAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly queries: QueryBus,
  ) {}

  /**
   * Where the policy asks for consent, it is consent to health research: that is whom the condition stands for.
   *
   * @param trial that the caller names: it has to be theirs, with the person in it
   * @returns whether what the person said in their own words may be opened
   * @throws Forbidden the policy refuses, which is recorded
   */
  async require(caller: Caller, action: Action, subject: string, trial?: string): Promise<'full' | 'coded'> {
    const trials = trial === undefined ? caller.trials : caller.trials?.filter((own) => own === trial)
    const about = { concern: 'person', trials, use: { purpose: 'HRESCH' } } as const
    const resource = await this.queries.execute(new FindSubjectResource(subject, about))
    await this.policy.requireOwnTrial(caller, action, trial, resource)
    const minimisation = await this.policy.require(caller, action, resource)
    return minimisation === 'full' ? 'full' : 'coded'
  }

  /**
   * Before something is recorded on another's behalf: a wrong id would leave the person as they were, and nobody would notice.
   *
   * @throws NotFound `subject-not-found`: nobody here has a twin under this id, and the caller is not that person
   */
  async mustBeKnown(caller: Caller, subject: string): Promise<void> {
    if (caller.subject === subject) return
    const { twins } = await this.queries.execute(new ListTwins({ scope: { subject } }, 1))
    if (twins.length === 0) throw new NotFound('subject-not-found', 'Nobody here has a twin under this id.')
  }

  /**
   * @returns the trial that the use is in, which is asked about
   * @throws Forbidden the policy refuses, which is recorded
   */
  async requireCoverage(caller: Caller, subject: string, named?: string): Promise<string | undefined> {
    const trial = this.policy.trialOfUse(caller, 'consent.read', named)
    await this.require(caller, 'consent.read', subject, trial)
    return trial
  }

  /** Refuses the history of consents to those who must not link trials: it tells of all of them. @throws Forbidden always */
  async withholdHistory(caller: Caller): Promise<never> {
    const reason = 'The history of consents ties the trials of a person together.'
    return this.policy.refuse(caller, 'consent.read', { code: 'consent-history-withheld', reason })
  }
}
