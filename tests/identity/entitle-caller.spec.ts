import { describe, expect, it } from '@jest/globals'
import { entitle } from '../../src/identity/entitle-caller.js'
import type { GrantInForce, GrantScope } from '../../src/identity/grants.js'
import type { Role } from '../../src/identity/roles.js'
import { callerAs } from './support/callers.js'

const UNSTATED = { org: undefined, site: undefined, trials: undefined }
const grant = (role: Role, scope: GrantScope): GrantInForce => ({ grant: role, role, scope })
const standing = (...grants: GrantInForce[]) => ({
  grants,
  locked: false,
  service: false,
  emergencies: [],
  tickets: [],
})

// proves TL-IDN-012
describe('what a token claims, joined with what the ledger granted', () => {
  it('gives nothing without a grant', () => {
    expect(entitle(callerAs('modeller'), standing())).toMatchObject({ roles: [], ...UNSTATED })
    expect(entitle(callerAs('modeller'), standing(grant('qa', {}))).roles).toEqual(['qa'])
  })

  it('takes from the grant what the token leaves open', () => {
    const scope = { org: 'clinic', site: 'site-7', trials: ['t1', 't2'], purposes: ['TREAT'] }
    const caller = entitle(callerAs('investigator', UNSTATED), standing(grant('investigator', scope)))
    expect(caller).toMatchObject({ roles: ['investigator'], ...scope })
  })

  it('lets the token choose among grants, and narrow them', () => {
    const two = standing(
      grant('investigator', { org: 'clinic', site: 'site-1', trials: ['trial-1'] }),
      grant('investigator', { org: 'clinic', site: 'site-2', trials: ['trial-9'] }),
    )
    const chosen = entitle(callerAs('investigator', { ...UNSTATED, site: 'site-2', trials: ['trial-9', 'x'] }), two)
    expect(chosen).toMatchObject({ site: 'site-2', trials: ['trial-9'] })
    expect(entitle(callerAs('investigator', UNSTATED), two)).toMatchObject({ org: 'clinic', site: undefined })
  })

  it('never lets the token widen a grant', () => {
    const granted = standing(grant('investigator', { org: 'clinic', site: 'site-1', trials: ['trial-1'] }))
    const elsewhere = entitle(callerAs('investigator', { ...UNSTATED, site: 'site-2' }), granted)
    expect(elsewhere).toMatchObject({ roles: [], site: undefined })
    const more = entitle(callerAs('investigator', { ...UNSTATED, trials: ['trial-1', 'trial-2'] }), granted)
    expect(more.trials).toEqual(['trial-1'])
  })

  it('does not take a site for granted that the grant does not name', () => {
    const granted = standing(grant('steward', { org: 'clinic' }))
    expect(entitle(callerAs('steward', { ...UNSTATED, site: 'site-1' }), granted).roles).toEqual([])
  })

  it('leaves participants their own record, without a grant', () => {
    const caller = entitle(callerAs('participant'), standing(grant('qa', {})))
    expect(caller).toMatchObject({ role: 'participant', roles: ['participant', 'qa'], subject: 'subject-1' })
  })
})
