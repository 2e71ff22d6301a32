import type { DemoAccounts } from '../../identity/evaluation-issuer/accounts.js'
import type { Role } from '../../identity/roles.js'

/**
 * The demo accounts as people of the roster, each in its own role. Their site, organisation and trials are the claims of the
 * embedded issuer, which this service writes itself. The participant acts on the own record and needs no grant.
 */
export function evaluationAccounts(accounts: DemoAccounts): { sub: string; role: Role; scope: 'as-claimed' }[] {
  const staff = accounts.list().filter(({ role }) => role !== 'participant')
  return staff.map(({ name, role }) => ({ sub: name, role, scope: 'as-claimed' }))
}
