import { describe, expect, it } from '@jest/globals'
import { actingRole } from '../../src/identity/acting-role.js'
import type { GrantInForce } from '../../src/identity/grants.js'
import type { Role } from '../../src/identity/roles.js'
import { callerAs } from './support/callers.js'

const granted = (...roles: Role[]): GrantInForce[] => roles.map((role) => ({ grant: role, role, scope: {} }))
const claiming = (role: Role | undefined, ...listed: Role[]) => ({ ...callerAs('qa'), role, roles: listed })

describe('the role a request acts in', () => {
  it('is the one that the token chooses, whatever is granted or asked for', () => {
    expect(actingRole(claiming('modeller', 'modeller'), granted('qa'), 'qa')).toBe('modeller')
  })

  it('is the only one granted, when the token says no more than who calls', () => {
    expect(actingRole(claiming(undefined), granted('steward', 'steward'), undefined)).toBe('steward')
  })

  it('is chosen by the request among several that are granted', () => {
    const both = granted('investigator', 'steward')
    expect(actingRole(claiming(undefined), both, 'steward')).toBe('steward')
    for (const asked of [undefined, 'qa', 'superuser'])
      expect(() => actingRole(claiming(undefined), both, asked)).toThrow(
        expect.objectContaining({ code: 'role-not-chosen', details: { roles: ['investigator', 'steward'] } }),
      )
  })

  it('is narrowed by the roles that the token lists', () => {
    expect(actingRole(claiming(undefined, 'qa', 'steward'), granted('investigator', 'steward'), 'investigator')).toBe(
      'steward',
    )
  })

  it('is none without a claim and without a grant', () => {
    expect(() => actingRole(claiming(undefined), granted(), 'qa')).toThrow(
      expect.objectContaining({ code: 'token-role-missing', status: 401 }),
    )
  })
})
