/** What the policy costs each request: joining token and grants, and deciding one action on one resource. */
import { randomUUID } from 'node:crypto'
import { ACTIONS } from '../src/identity/actions.js'
import type { Caller } from '../src/identity/caller.js'
import { entitle } from '../src/identity/entitle-caller.js'
import type { Standing } from '../src/identity/grants.js'
import { decide, type Resource } from '../src/identity/decide-access.js'
import { ROLES } from '../src/identity/roles.js'

const ROUNDS = 2_000
const [SITE, TRIAL, SUBJECT] = ['site-north', randomUUID(), randomUUID()]

const RESOURCES: readonly Resource[] = [
  {},
  { subject: SUBJECT, site: SITE, trial: TRIAL, consented: true },
  { subject: randomUUID(), site: 'site-south', trial: randomUUID() },
]

function callers(): Caller[] {
  return ROLES.map((role) => ({
    id: randomUUID(),
    role,
    roles: [role],
    site: SITE,
    trials: [TRIAL],
    subject: SUBJECT,
    tokenId: randomUUID(),
    authenticatedAt: new Date().toISOString(),
  }))
}

/** Mean microseconds of one decision over every role, action and kind of resource. */
function decisions(): { microseconds: number; decisions: number } {
  const people = callers()
  const round = () => {
    let allowed = 0
    for (const caller of people)
      for (const action of ACTIONS)
        for (const resource of RESOURCES) if (decide(caller, action, resource).allowed) allowed++
    return allowed
  }
  const each = people.length * ACTIONS.length * RESOURCES.length
  for (let n = 0; n < ROUNDS / 10; n++) round()
  const start = performance.now()
  for (let n = 0; n < ROUNDS; n++) round()
  return { microseconds: ((performance.now() - start) * 1_000) / (ROUNDS * each), decisions: ROUNDS * each }
}

/** Mean microseconds of joining a token with so many grants of one person. */
function entitlement(grants: number): number {
  const [caller] = callers()
  const scope = (n: number) => ({ role: caller!.role, scope: { site: `site-${n}`, trials: [randomUUID()] } })
  const standing = { grants: Array.from({ length: grants }, (_, n) => scope(n)) } as unknown as Standing
  const calls = ROUNDS * 10
  for (let n = 0; n < calls / 10; n++) entitle(caller!, standing)
  const start = performance.now()
  for (let n = 0; n < calls; n++) entitle(caller!, standing)
  return ((performance.now() - start) * 1_000) / calls
}

export function policyBench(): Promise<object> {
  return Promise.resolve({
    'one decision': decisions(),
    'joining a token with grants, microseconds': { '1 grant': entitlement(1), '20 grants': entitlement(20) },
  })
}
