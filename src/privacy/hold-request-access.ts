import { Injectable } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import type { Caller } from '../identity/caller.js'
import { isVeiled } from '../identity/policy.js'
import { PolicyService } from '../identity/policy.service.js'
import { InvalidRequest, NotFound } from '../platform/errors.js'
import { SubjectOfEnrolment } from '../trials/queries/subject-of-enrolment.js'
import { TrialsOf } from '../trials/queries/trials-of.js'

/** Whom a hold is asked for: by id, or by the code of a trial. */
export type NamedPerson = { subject?: string; trial?: string; code?: string }

/** Asks the policy whether the caller may ask for a legal hold on somebody. */
@Injectable()
export class HoldRequestAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly queries: QueryBus,
  ) {}

  /**
   * The person. A sponsor knows people of their own trials by code alone; a regulator whose engagement is limited to trials asks
   * for those who were in one of them.
   *
   * @throws Forbidden; InvalidRequest `enrolment-code-required`; NotFound `enrolment-not-found`
   */
  async require(caller: Caller, { subject, trial, code }: NamedPerson): Promise<string> {
    const { role, trials = [] } = caller
    if (isVeiled(role) && code === undefined)
      throw new InvalidRequest('enrolment-code-required', 'Name the person by the code of your trial.')
    await this.policy.require(caller, 'hold.request', { trial })
    const person = code === undefined ? subject! : await this.queries.execute(new SubjectOfEnrolment(trial!, code))
    if (person === null) throw new NotFound('enrolment-not-found', 'Nobody has this code in the trial.')
    if (trials.length > 0 && !isVeiled(role) && !(await this.wasInOneOf(trials, person)))
      await this.policy.refuse(caller, 'hold.request', {
        code: 'other-trial',
        reason: 'The person was in none of the trials that the engagement is about.',
      })
    return person
  }

  private async wasInOneOf(trials: readonly string[], subject: string): Promise<boolean> {
    const enrolments = await this.queries.execute(new TrialsOf(subject))
    return enrolments.some(({ trial }) => trials.includes(trial))
  }
}
