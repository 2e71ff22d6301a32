import { randomUUID } from 'node:crypto'
import { Forbidden } from '../platform/errors.js'
import { type Action } from './actions.js'
import { type Caller } from './caller.js'
import { decide, decideByRole, mayList, type DenialCode, type Minimisation, type Resource } from './decide-access.js'
import { isVeiled, type Condition, scopeConditions } from './policy.js'
import { recordRefusal, type RefusalRecorder } from './refusal-recorder.js'

/** How a list is narrowed for a caller: each field that is present must match. */
export interface Scope {
  minimisation: Minimisation
  subject?: string
  actor?: string
  site?: string
  trials?: readonly string[]
  org?: string
  /** Only subjects whose consent covers the use. */
  consented?: true
  /** Only twins drawn for an open review of the caller. */
  sampled?: true
}

const WIDER_THAN_PURPOSE = {
  code: 'other-purpose',
  reason: 'What the caller may use data for does not reach the whole list: name a trial.',
} as const

/** Applies the policy in handlers, where the resource is known, and hands every refusal on to be kept. */
export class PolicyService {
  private readonly correlations = new WeakMap<Caller, string>()
  private readonly scoped = new WeakSet<Caller>()

  constructor(private readonly refusals: RefusalRecorder) {}

  /** Ties a caller to the request it came with; the guard does this. */
  bind(caller: Caller, correlation: string): void {
    this.correlations.set(caller, correlation)
  }

  /**
   * Lets the action on this resource pass, or throws.
   *
   * @returns how much of the record may be shown
   * @throws Forbidden with the decision's code, after the refusal was recorded
   */
  async require(caller: Caller, action: Action, resource: Resource): Promise<Minimisation> {
    this.scoped.add(caller)
    const decision = decide(caller, action, resource)
    if (decision.allowed) return decision.minimisation
    return this.refuse(caller, action, decision)
  }

  /**
   * The part of a collection that the caller may see, for queries that return many records.
   *
   * @param trial whose participants alone are asked for
   * @throws Forbidden when the role may see nothing, when the caller's token lacks the claim that its scope needs, or when the list
   *   is wider than what the caller may use data for
   */
  async scopeOf(caller: Caller, action: Action, trial?: string): Promise<Scope> {
    this.scoped.add(caller)
    const decision = decideByRole(caller, action)
    if (!decision.allowed) return this.refuse(caller, action, decision)
    const conditions = scopeConditions(caller.role, action)
    // Deciding about the caller's own part shows whether the token has the claims that the scope is made of.
    const ownPart = decide(caller, action, ownPartOf(caller))
    if (!ownPart.allowed) return this.refuse(caller, action, ownPart)
    if (!mayList(caller, action, trial)) return this.refuse(caller, action, WIDER_THAN_PURPOSE)
    return { minimisation: decision.minimisation, ...narrowing(caller, conditions) }
  }

  /**
   * Whoever is not to link people across trials does nothing in the name of a trial they do not work on, and nothing about a
   * person in the name of a trial that the person is not in.
   *
   * @param person what was found of the person it is about, where it is about one
   * @throws Forbidden `other-trial`, after the refusal was recorded
   */
  async requireOwnTrial(
    caller: Caller,
    action: Action,
    trial: string | undefined,
    person: Pick<Resource, 'trial'> = { trial },
  ): Promise<void> {
    if (trial === undefined || !isVeiled(caller.role)) return
    if (caller.trials?.includes(trial) && person.trial === trial) return
    await this.refuse(caller, action, { code: 'other-trial', reason: 'The caller does not work on this trial.' })
  }

  /**
   * The trial that a use is in. Those whose scope is trials use data in a trial alone: who works on one need not name it.
   *
   * @param named by the caller
   */
  trialOfUse(caller: Caller, action: Action, named: string | undefined): string | undefined {
    if (named !== undefined || !scopeConditions(caller.role, action).includes('trial')) return named
    return caller.trials?.length === 1 ? caller.trials[0] : undefined
  }

  /** Whether the resource part was looked at in this request; the guard's interceptor asks. */
  scopeWasChecked(caller: Caller): boolean {
    return this.scoped.has(caller)
  }

  /**
   * Refuses what the table alone cannot judge; the refusal is recorded like any other.
   *
   * @throws Forbidden always
   */
  async refuse(caller: Caller, action: Action, denial: { code: DenialCode; reason: string }): Promise<never> {
    const correlation = this.correlations.get(caller) ?? randomUUID()
    await recordRefusal(this.refusals, { caller, action, code: denial.code, correlation })
    throw new Forbidden(denial.code, denial.reason, { action })
  }
}

function ownPartOf(caller: Caller): Resource {
  return {
    subject: caller.subject,
    actor: caller.id,
    site: caller.site,
    trial: caller.trials?.[0],
    org: caller.org,
    consented: true,
    sampled: true,
    unblinded: true,
  }
}

function narrowing(caller: Caller, conditions: readonly Condition[]): Omit<Scope, 'minimisation'> {
  return {
    ...(conditions.includes('own') && { subject: caller.subject }),
    ...(conditions.includes('self') && { actor: caller.id }),
    ...(conditions.includes('site') && { site: caller.site }),
    ...(conditions.includes('trial') && { trials: caller.trials }),
    ...(conditions.includes('org') && { org: caller.org }),
    ...(conditions.includes('consented') && { consented: true as const }),
    ...(conditions.includes('sampled') && { sampled: true as const }),
  }
}
