import { type Caller } from '../../../src/identity/caller.js'
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
    tokenId: 'token-1',
    authenticatedAt: '2026-01-01T00:00:00.000Z',
    ...changes,
  }
}
