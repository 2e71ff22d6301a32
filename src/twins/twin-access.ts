import { Inject, Injectable, Optional } from '@nestjs/common'
import type { Action } from '../identity/actions.js'
import type { Caller } from '../identity/caller.js'
import { opensByEmergency, type Resource } from '../identity/decide-access.js'
import { readsByConsent, scopeConditions } from '../identity/policy.js'
import { PolicyService } from '../identity/policy.service.js'
import { purposesOfRequest } from '../identity/purpose-of-use.js'
import type { CommandContext } from '../journal/command-context.js'
import { Forbidden, InvalidRequest, NotFound } from '../platform/errors.js'
import { IdentifierIndex } from '../vault/identifier-index.js'
import type { Custody } from './events.js'
import type { Identifier } from './facts.js'
import type { TwinFilter } from './queries/twin-filter.js'
import { TwinReader } from './twin-reader.js'
import type { Detail } from './twin-view.js'

/** The record that opens a twin to a caller who has no other right to it; each reading is recorded under it. */
export interface ReadingBasis {
  /** Code of the kind of record. */
  reason: string
  /** Id of the event that opened it. */
  causation: string
}
export interface ScopeOfTwin extends Pick<Resource, 'trial' | 'site' | 'consented' | 'purpose' | 'sampled'> {
  basis?: ReadingBasis
}
/** What other rooms know of a subject and a caller's right to it asks for: trials, consent in force, a sample it was drawn in. */
export interface TwinScope {
  scopeOf(subject: string, caller: Caller): Promise<ScopeOfTwin>
}
/** Provided by the application where those rooms exist; without it, rights that depend on trial or consent are refused. */
export const TWIN_SCOPE = Symbol('twin-ledger:twin-scope')

/** Asks the policy about a twin, where it is known whose it is and who answers for it. */
@Injectable()
export class TwinAccess {
  constructor(
    private readonly policy: PolicyService,
    private readonly reader: TwinReader,
    private readonly identifiers: IdentifierIndex,
    @Optional() @Inject(TWIN_SCOPE) private readonly scope?: TwinScope,
  ) {}

  /** @throws Forbidden the policy refuses, which is recorded; NotFound `twin-not-found` */
  async require(caller: Caller, action: Action, twin: string): Promise<void> {
    const { resource } = await this.resource(caller, twin)
    await this.policy.require(caller, action, resource)
  }

  /** @throws Forbidden the caller may not register twins under this custody */
  async requireCustody(caller: Caller, action: Action, custody: Custody): Promise<void> {
    await this.policy.require(caller, action, custodyResource(custody))
  }

  /**
   * The twin that a merge ends, once the caller may merge it too. An identifier is looked up first: whether a person is known
   * here is told to nobody who may not merge that person's twin.
   *
   * @throws NotFound `twin-not-found`; Forbidden
   */
  async requireMerged(
    caller: Caller,
    { twin, identifier }: { twin?: string; identifier?: Identifier },
  ): Promise<{ twin: string }> {
    const merged = twin ?? (identifier && (await this.identifiers.lookup(identifier)))
    if (!merged) throw new NotFound('twin-not-found', 'No twin is known under that identifier.')
    const id = typeof merged === 'string' ? merged : merged.twin
    await this.require(caller, 'twin.merge', id)
    return { twin: id }
  }

  /**
   * Lets the wanted detail pass, or throws. Identity takes a right of its own (GDPR Art. 25: coded by default).
   *
   * @returns what may be shown, and the context in which the reading is recorded
   * @throws Forbidden the policy refuses, which is recorded; NotFound `twin-not-found`
   */
  async requireReading(
    caller: Caller,
    twin: string,
    context: CommandContext,
    wanted: Detail = 'coded',
  ): Promise<{ detail: Detail; context: CommandContext }> {
    const { resource, basis } = await this.resource(caller, twin)
    const action = wanted === 'full' ? 'twin.read-identity' : 'twin.read-coded'
    await this.policy.require(caller, action, resource)
    const purpose = groundOfReading(caller, action, resource)
    const under = ticketFor(caller, action, twin) ?? basis
    return { detail: wanted, context: { ...context, ...(purpose !== undefined && { purpose }), ...under } }
  }

  /** The part of the list that the caller may see. */
  async listScope(caller: Caller, trial?: string): Promise<Pick<TwinFilter, 'scope' | 'trial'>> {
    const { subject, site, org, trials, consented, sampled } = await this.policy.scopeOf(
      caller,
      'twin.read-coded',
      trial,
    )
    if (trials !== undefined) {
      const one = oneOf(trials, trial)
      await this.policy.require(caller, 'twin.read-coded', { trial: one })
      return { trial: one }
    }
    if (sampled) return { scope: { sampledFor: caller.id }, ...(trial !== undefined && { trial }) }
    if (consented) return consentedScope(caller, trial)
    const scope = { ...(subject && { subject }), ...(site && { site }), ...(org && { org }) }
    return { scope, ...(trial !== undefined && { trial }) }
  }

  /** Whether the twin is open to the caller; that it is not is recorded, and told to nobody. */
  async isOpenTo(caller: Caller, twin: string, action: Action = 'twin.read-coded'): Promise<boolean> {
    try {
      await this.require(caller, action, twin)
      return true
    } catch (error) {
      if (error instanceof Forbidden) return false
      throw error
    }
  }

  private async resource(caller: Caller, twin: string): Promise<{ resource: Resource; basis?: ReadingBasis }> {
    const { subject, custody } = await this.reader.responsible(twin)
    const { basis, ...more } = (await this.scope?.scopeOf(subject, caller)) ?? {}
    const own = custodyResource(custody)
    const site = [own.site, more.site].flat().filter((one) => one !== undefined)
    return { resource: { subject, twin, ...own, ...more, site }, ...(basis && { basis }) }
  }
}

/**
 * The trial whose twins are listed or counted. Of several, one has to be named: a list or a count over two trials together
 * would tell who is in both.
 *
 * @throws InvalidRequest `trial-missing`
 */
function oneOf(trials: readonly string[], asked: string | undefined): string {
  if (asked === undefined && trials.length > 1)
    throw new InvalidRequest('trial-missing', 'Name one of your trials: twins are listed and counted trial by trial.')
  return asked ?? trials[0]!
}

/** Those who consented to what the request may be for: to research, or to the trial that is named and the caller's. */
function consentedScope(caller: Caller, trial: string | undefined): Pick<TwinFilter, 'scope' | 'trial'> {
  const consentedTo = trial === undefined ? 'HRESCH' : 'CLINTRCH'
  const isTheirs = trial === undefined || caller.trials?.includes(trial) === true
  const mayUse = purposesOfRequest(caller).includes(consentedTo)
  return { ...(trial !== undefined && { trial }), scope: isTheirs && mayUse ? { consentedTo } : { nothing: true } }
}

/** What the reading is for, where the ground it rests on says so: an emergency, or the use that consent was given to. */
function groundOfReading(caller: Caller, action: Action, resource: Resource): string | undefined {
  if (opensByEmergency(caller, action, resource)) return 'BTG'
  return readsByConsent(caller.role) ? resource.purpose : undefined
}

/** A site is the owner of the twins it keeps; a controller that keeps its own is a site as well. */
function custodyResource({ controller, owner }: Custody): Pick<Resource, 'org' | 'site'> {
  return { org: controller, site: [owner, controller] }
}

/** The ticket under which the caller acts, where their role takes one. */
function ticketFor({ role, tickets = [] }: Caller, action: Action, twin: string): ReadingBasis | undefined {
  if (!scopeConditions(role, action).includes('ticketed')) return undefined
  const { approval } = tickets.find((ticket) => ticket.twin === twin)!
  return { reason: 'identity-ticket', causation: approval }
}
