/** The rules a grant is held against, from its request to its execution. Pure; all throw. */
import { areCompatible, purposesOfRole } from '../identity/policy.js'
import type { Role } from '../identity/roles.js'
import { Conflict, NotFound, Unprocessable } from '../platform/errors.js'
import type { GrantTerms } from './events.js'
import { isInForce, type Act, type Grant, type Person, type RosterState } from './roster-state.js'

const DAY_MS = 86_400_000
/** An inspection that takes longer is granted anew. */
const LONGEST_REGULATOR_DAYS = 366

/**
 * Who may approve which role: at a site its investigator, in a trial its sponsor. Compliance approves what belongs to neither,
 * and the first people of a new site or sponsor, where nobody is yet. Compliance itself is approved by quality assurance.
 */
const APPROVERS: Readonly<Record<Role, readonly Role[]>> = {
  participant: [],
  investigator: ['investigator', 'compliance'],
  steward: ['investigator', 'compliance'],
  modeller: ['sponsor', 'compliance'],
  sponsor: ['sponsor', 'compliance'],
  compliance: ['qa'],
  regulator: ['compliance'],
  administrator: ['compliance'],
  qa: ['compliance'],
  'randomisation-manager': ['compliance'],
}

/** Inspectors bring their own qualification; everybody else is trained for the role (21 CFR 11.10(i)). */
const UNTRAINED: readonly Role[] = ['participant', 'regulator']

/** @throws NotFound `person-not-found`; Conflict `person-retired` */
export function requirePerson({ people }: RosterState, actor: string): Person {
  const person = people.get(actor)
  if (person?.registeredAt === undefined) throw new NotFound('person-not-found', 'Nobody is registered under this id.')
  if (person.retiredAt !== undefined)
    throw new Conflict('person-retired', 'This id was retired and is never used again.')
  return person
}

/** @throws NotFound `grant-not-found` */
export function requireGrant({ grants }: RosterState, grant: string): Grant {
  const found = grants.get(grant)
  if (!found) throw new NotFound('grant-not-found', 'There is no such grant.')
  return found
}

/**
 * @throws Unprocessable `grant-terms-invalid`: the scope does not fit the role, or the times are in disorder
 * @throws Unprocessable `grant-end-missing`: a regulator's access has an end, at most a year away
 */
export function requireSoundTerms({ role, scope, from, until }: GrantTerms): void {
  const invalid = (what: string) => new Unprocessable('grant-terms-invalid', what, { role })
  if (role === 'participant') throw invalid('A participant needs no grant.')
  if (scope === 'as-claimed') throw invalid('A grant states its scope.')
  if (role === 'investigator' && scope.site === undefined) throw invalid('An investigator is granted a site.')
  if (role === 'steward' && scope.site === undefined && scope.org === undefined)
    throw invalid('A steward is granted a site or an organisation.')
  if (role === 'sponsor' && scope.org === undefined) throw invalid('A sponsor is granted an organisation.')
  if (role === 'randomisation-manager' && !scope.trials?.length)
    throw invalid('A randomisation manager is granted trials.')
  const purposes: readonly string[] = purposesOfRole(role)
  if (scope.purposes?.some((purpose) => !purposes.includes(purpose)))
    throw invalid(`The role is for ${purposes.join(', ')} alone.`)
  if (until !== undefined && until <= from) throw invalid('The grant would end before it begins.')
  if (role !== 'regulator') return
  // The policy table gives an inspector no cell by trial: a limit that nothing keeps would be a false promise.
  if (scope.trials?.length) throw invalid('A regulator is granted no trials: the access is not limited to them.')
  const longest = new Date(Date.parse(from) + LONGEST_REGULATOR_DAYS * DAY_MS).toISOString()
  if (until === undefined || until > longest)
    throw new Unprocessable(
      'grant-end-missing',
      `A regulator is granted access for ${LONGEST_REGULATOR_DAYS} days at most.`,
    )
}

/** @throws Conflict `roles-exclusive`: the person holds, or was promised, a role that this one excludes */
export function requireCompatible(
  { grants }: RosterState,
  { actor, role }: Grant | (GrantTerms & { actor: string }),
  at: string,
): void {
  for (const other of grants.values()) {
    const counts = other.actor === actor && (isInForce(other, at) || isPending(other) || isAhead(other, at))
    if (counts && !areCompatible(role, other.role))
      throw new Conflict('roles-exclusive', `Whoever is ${other.role} cannot be ${role} as well.`, {
        role,
        held: other.role,
      })
  }
}

/** @throws Conflict `approver-unfit`: this role does not approve that one */
export function requireApprover({ role }: Grant, approver: Role): void {
  if (!APPROVERS[role].includes(approver))
    throw new Conflict('approver-unfit', `The role ${approver} does not approve grants of ${role}.`, { role, approver })
}

/** @throws Conflict `own-grant`, `separation-of-duties`: each step is another person's */
export function requireAnotherPerson(
  by: string,
  grant: Pick<Grant, 'actor'>,
  ...acts: readonly (Act | undefined)[]
): void {
  if (grant.actor === by) throw new Conflict('own-grant', 'Nobody has a hand in their own grant.')
  if (acts.some((act) => act?.by === by))
    throw new Conflict('separation-of-duties', 'Somebody else has to take this step.')
}

/** @throws Unprocessable `training-missing`: no training for the role that is valid on that day */
export function requireTraining({ kind, trainings }: Person, role: Role, at: string): void {
  if (kind === 'service' || UNTRAINED.includes(role)) return
  const day = at.slice(0, 10)
  if (
    !trainings.some((training) => training.role === role && training.completedOn <= day && day <= training.validUntil)
  )
    throw new Unprocessable('training-missing', `No training for ${role} is current.`, { role })
}

/** @throws Conflict `grant-not-pending`: it was approved, declined or revoked before */
export function requirePending(grant: Grant): void {
  if (!isPending(grant) || grant.approved) throw new Conflict('grant-not-pending', 'The grant was decided already.')
}

export function isPending({ declined, revoked, executed }: Grant): boolean {
  return declined === undefined && revoked === undefined && executed === undefined
}

/** In force later. */
function isAhead({ executed, revoked, from }: Grant, at: string): boolean {
  return executed !== undefined && revoked === undefined && at < from
}
