import { type Caller } from './caller.js'
import { type GrantScope, type Standing } from './grants.js'

/**
 * Joins what the token says with what the ledger granted. The token proves who calls, and chooses in which role, for which
 * organisation, site and trials the call is made; it gives nothing. Each of these holds only as far as a grant of that role
 * covers it. Pure.
 *
 * A participant needs no grant: the rights over one's own record are the law's to give. Which record that is, is part of who
 * somebody is, and so the issuer's to say.
 *
 * @returns the caller with the roles that were granted; without the acting role when no grant covers what the token chose
 */
export function entitle(claimed: Caller, { grants, service, emergencies, tickets }: Standing): Caller {
  const roles = [...new Set(grants.map(({ role }) => role))]
  const kind = { service, emergencies, tickets }
  if (claimed.role === 'participant')
    return Object.freeze({ ...claimed, ...kind, roles: Object.freeze(['participant' as const, ...roles]) })
  const scopes = grants.filter(({ role }) => role === claimed.role).map(({ scope }) => scope)
  if (scopes.includes('as-claimed')) return Object.freeze({ ...claimed, ...kind, roles: Object.freeze(roles) })
  const chosen = scopes.filter(isStated).filter((scope) => covers(scope, claimed))
  if (chosen.length === 0)
    return Object.freeze({ ...claimed, ...NOTHING, ...kind, roles: roles.filter((role) => role !== claimed.role) })
  return Object.freeze({
    ...claimed,
    ...kind,
    roles: Object.freeze(roles),
    org: only(chosen.map(({ org }) => org)),
    site: only(chosen.map(({ site }) => site)),
    trials: narrowed([...new Set(chosen.flatMap(({ trials = [] }) => trials))], claimed.trials),
    purposes: purposesOf(chosen),
  })
}

const NOTHING = { org: undefined, site: undefined, trials: undefined } as const

type StatedScope = Exclude<GrantScope, string>

const isStated = (scope: GrantScope): scope is StatedScope => typeof scope !== 'string'

/** A site or an organisation that the token chooses must be the grant's; what it leaves open, the grant fills in. */
function covers(scope: StatedScope, { org, site }: Caller): boolean {
  return (org === undefined || org === scope.org) && (site === undefined || site === scope.site)
}

/** Of several grants that differ, none is taken for the caller: the token has to choose. */
function only(values: readonly (string | undefined)[]): string | undefined {
  const distinct = new Set(values)
  return distinct.size === 1 ? values[0] : undefined
}

function narrowed(granted: readonly string[], claimed: readonly string[] = []): readonly string[] {
  return Object.freeze(claimed.length === 0 ? granted : granted.filter((trial) => claimed.includes(trial)))
}

function purposesOf(scopes: readonly StatedScope[]): readonly string[] | undefined {
  if (scopes.some(({ purposes }) => purposes === undefined)) return undefined
  return Object.freeze([...new Set(scopes.flatMap(({ purposes = [] }) => purposes))])
}
