import { type Caller } from '../../../src/identity/caller.js'
import { type GrantRegister } from '../../../src/identity/grants.js'
import { type Role } from '../../../src/identity/roles.js'

export const ACTOR_SECRET = Buffer.alloc(32, 7)

/** A caller with every scope claim, so that only the policy decides. */
export function callerAs(role: Role, changes: Partial<Caller> = {}): Caller {
  return {
    id: '00000000-0000-8000-8000-000000000001',
    role,
    roles: [role],
    org: 'org-1',
    site: 'site-1',
    trials: ['trial-1', 'trial-2'],
    subject: 'subject-1',
    tickets: [{ twin: 'twin-1', approval: 'event-1' }],
    tokenId: 'token-1',
    authenticatedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  }
}

/** A register in which everybody holds the role that their token claims, or the roles that a test says. */
export function grantingRole(claimed: Role): GrantRegister & { claimed: Role; roles?: Role[]; locked: boolean } {
  return {
    claimed,
    roles: undefined as Role[] | undefined,
    locked: false,
    standingOf() {
      const grants = (this.roles ?? [this.claimed]).map((role) => ({ grant: role, role, scope: 'as-claimed' as const }))
      return { grants, locked: this.locked, service: false, emergencies: [], tickets: [] }
    },
  }
}
