import { Forbidden } from '../platform/errors.js'
import { type Caller } from './caller.js'
import { type GrantInForce } from './grants.js'
import { isRole, type Role } from './roles.js'
import { tokenRefused } from './token-refusals.js'

/** The request header in which a caller who holds several roles says in which of them this request is made. */
export const ACTING_ROLE_HEADER = 'acting-role'

/** What a token says of a caller; the role is open when it names none, or several without a choice. */
export type ClaimedCaller = Omit<Caller, 'role'> & { readonly role?: Role }

/**
 * The role a request acts in. Where the token chooses one, that is it; the grant decides afterwards whether it holds. Where the
 * token leaves it open, the ledger knows: the only role granted, or, of several, the one that the request names. A token that lists
 * roles narrows the choice to them. Pure.
 *
 * @param asked value of the header `Acting-Role`
 * @throws Unauthenticated `token-role-missing` when neither token nor ledger knows a role
 * @throws Forbidden `role-not-chosen`, with the roles there are to choose from
 */
export function actingRole(claimed: ClaimedCaller, grants: readonly GrantInForce[], asked: string | undefined): Role {
  if (claimed.role !== undefined) return claimed.role
  const listed = (role: Role) => claimed.roles.length === 0 || claimed.roles.includes(role)
  const roles = [...new Set(grants.map(({ role }) => role).filter(listed))]
  if (isRole(asked) && roles.includes(asked)) return asked
  if (roles.length > 1)
    throw new Forbidden('role-not-chosen', 'The caller holds several roles: the header Acting-Role chooses one.', {
      roles,
    })
  const [only] = roles
  if (only === undefined) throw tokenRefused('token-role-missing')
  return only
}
