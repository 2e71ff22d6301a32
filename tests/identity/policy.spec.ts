import { describe, expect, it } from '@jest/globals'
import { ACTIONS, type Action } from '../../src/identity/actions.js'
import { decide, type Resource } from '../../src/identity/decide-access.js'
import { areCompatible, type Condition, permission, PERSONAL_ACTS } from '../../src/identity/policy.js'
import { type Role, ROLES } from '../../src/identity/roles.js'
import { callerAs } from './support/callers.js'

const caller = callerAs('participant')

/** A resource that is in every scope of `callerAs`. */
const IN_SCOPE: Resource = {
  subject: caller.subject,
  twin: 'twin-1',
  actor: caller.id,
  site: caller.site,
  trial: 'trial-2',
  org: caller.org,
  consented: true,
  sampled: true,
  unblinded: true,
}

/** What each condition needs, and how the same resource looks outside of it. */
const OUTSIDE: Partial<Record<Condition, [Partial<Resource>, string]>> = {
  own: [{ subject: 'subject-2' }, 'not-own-record'],
  self: [{ actor: 'another-actor' }, 'not-own-act'],
  site: [{ site: 'site-2' }, 'other-site'],
  trial: [{ trial: 'trial-9' }, 'other-trial'],
  org: [{ org: 'org-2' }, 'other-organisation'],
  consented: [{ consented: false }, 'use-not-consented'],
  sampled: [{ sampled: false }, 'twin-not-sampled'],
  ticketed: [{ twin: 'twin-9' }, 'ticket-missing'],
  unblinded: [{ unblinded: false }, 'arm-blinded'],
}

const CELLS = ROLES.flatMap((role) => ACTIONS.map((action) => [role, action, permission(role, action)] as const))

function rolesWith(action: Action): Role[] {
  return ROLES.filter((role) => decide(callerAs(role), action, IN_SCOPE).allowed)
}

/** Written out here, so that an act taken out of the policy's set is missed. */
const ONLY_PERSONS: readonly Action[] = [
  'signature.make',
  'signature.manage-keys',
  'signature.decide-backdating',
  'audit-review.conduct',
  'model.approve',
  'impact-assessment.advise',
  'impact-assessment.approve',
  'consent.decide',
  'consent-notice.approve',
  'opt-out.record',
  'permit.approve',
  'identity.revoke',
  'key.manage',
  'roster.attest',
  'roster.request',
  'roster.approve',
  'roster.execute',
  'roster.review',
  'emergency.open',
  'emergency.review',
  'identity-ticket.request',
  'identity-ticket.decide',
  'allocation.unblind',
  'trial.unblind',
  'trial.unlock',
  'randomisation.read-list',
  'privacy.decide',
  'decision.take',
  'decision.judge',
  'erasure.consult',
  'erasure.confirm',
  'erasure.execute',
  'hold.request',
  'hold.place',
  'hold.judge',
  'legal-register.approve',
]

// proves TL-IDN-002
describe('the policy table, every role × action', () => {
  it('answers each of the combinations', () => expect(CELLS).toHaveLength(10 * ACTIONS.length))

  describe.each(CELLS)('%s, %s', (role, action, cell) => {
    if (cell === 'deny') {
      it('is denied whatever the resource', () => {
        const decision = decide(callerAs(role), action, IN_SCOPE)
        expect(decision).toMatchObject({ allowed: false, code: 'action-not-permitted' })
      })
      return
    }

    const conditions: readonly Condition[] = cell === 'allow' ? [] : cell
    it('is allowed in scope, and shows no more than the table says', () => {
      const minimisation = conditions.includes('headers-only')
        ? 'headers'
        : conditions.includes('coded-only')
          ? 'coded'
          : 'full'
      expect(decide(callerAs(role), action, IN_SCOPE)).toEqual({ allowed: true, minimisation })
    })

    for (const condition of conditions) {
      const [outside, code] = OUTSIDE[condition] ?? []
      if (outside === undefined) continue
      it(`is denied when ${condition} does not hold`, () => {
        const decision = decide(callerAs(role), action, { ...IN_SCOPE, ...outside })
        expect(decision).toMatchObject({ allowed: false, code })
      })
      it(`is denied when the resource says nothing about ${condition}`, () => {
        const silent = Object.fromEntries(Object.keys(outside).map((key) => [key, undefined]))
        expect(decide(callerAs(role), action, { ...IN_SCOPE, ...silent })).toMatchObject({ allowed: false, code })
      })
    }
  })
})

/** Who may do what to something, read off the role table of the requirements: a change here is a change of the rules. */
const WHO_MAY: Record<Action, string> = {
  'twin.register': 'investigator steward',
  'twin.read-coded': 'participant investigator steward modeller sponsor compliance regulator qa',
  'twin.read-identity': 'participant investigator steward regulator',
  'twin.record': 'participant investigator',
  'twin.correct': 'investigator',
  'twin.merge': 'investigator steward',
  'twin.withdraw': 'participant investigator compliance',
  'data-query.raise': 'steward sponsor',
  'data-query.answer': 'investigator',
  'data-query.read': 'investigator steward sponsor compliance regulator qa',
  'fhir.ingest': 'investigator steward',
  'consent.request': 'investigator',
  'consent.decide': 'participant investigator',
  'consent.read': 'participant investigator steward modeller sponsor compliance regulator qa',
  'consent.read-receipt': 'participant investigator compliance regulator',
  'consent-notice.read': 'compliance regulator qa',
  'consent-notice.draft': 'compliance',
  'consent-notice.approve': 'compliance qa',
  'consent-notice.publish': 'compliance',
  'opt-out.record': 'participant investigator compliance',
  'opt-out.read': 'participant investigator compliance regulator qa',
  'permit.read': 'modeller sponsor compliance regulator qa',
  'permit.register': 'compliance',
  'permit.approve': 'compliance qa',
  'permit.revoke': 'compliance',
  'permit.use': 'modeller',
  'simulation.run': 'investigator modeller sponsor',
  'simulation.read': 'participant investigator steward modeller sponsor compliance regulator qa',
  'simulation.cancel': 'investigator modeller sponsor',
  'cohort.run': 'investigator modeller sponsor',
  'cohort.read': 'investigator steward modeller sponsor compliance regulator qa',
  'cohort.cancel': 'investigator modeller sponsor',
  'cohort.replay': 'regulator qa',
  'simulation.replay': 'investigator modeller regulator qa',
  'simulation-repeats.read': 'compliance regulator qa',
  'body.read': 'participant investigator modeller sponsor',
  'mesh.attach': 'investigator',
  'mesh.read': 'participant investigator modeller sponsor regulator',
  'design.run': 'modeller sponsor',
  'design.read': 'investigator steward modeller sponsor compliance regulator qa',
  'design.replay': 'modeller sponsor regulator qa',
  'model.read': 'participant investigator steward modeller sponsor compliance regulator qa',
  'model.define': 'modeller sponsor',
  'model.approve': 'qa',
  'model.reopen': 'modeller sponsor qa',
  'advance.read': 'participant investigator steward modeller sponsor compliance regulator qa',
  'advance.propose': 'modeller sponsor compliance',
  'advance.review': 'compliance qa',
  'legal-register.read': 'participant investigator steward modeller sponsor compliance regulator qa',
  'legal-register.edit': 'compliance',
  'legal-register.approve': 'qa',
  'trial.manage': 'sponsor',
  'trial.enrol': 'investigator',
  'trial.read': 'participant investigator steward sponsor compliance regulator qa randomisation-manager',
  'trial.unblind': 'sponsor',
  'trial.unlock': 'qa',
  'randomisation.seal': 'randomisation-manager',
  'randomisation.read-list': 'regulator randomisation-manager',
  'allocation.read': 'participant investigator steward modeller sponsor compliance regulator qa randomisation-manager',
  'allocation.unblind': 'investigator',
  'signature.make': 'participant investigator steward modeller sponsor compliance qa randomisation-manager',
  'signature.read': 'participant investigator steward modeller sponsor compliance regulator qa randomisation-manager',
  'signature.manage-keys': 'administrator',
  'signature.decide-backdating': 'compliance qa',
  'audit-review.plan': 'compliance qa',
  'audit-review.conduct': 'steward sponsor compliance qa',
  'audit-review.sample-twins': 'qa',
  'audit-review.read': 'steward sponsor compliance regulator qa',
  'audit.read':
    'participant investigator steward modeller sponsor compliance regulator administrator qa randomisation-manager',
  'audit.export': 'participant investigator sponsor compliance regulator qa',
  'log.read-entries': 'compliance regulator administrator qa',
  'projection.manage': 'administrator',
  'key.read': 'compliance regulator administrator qa',
  'operations.read': 'compliance regulator administrator qa',
  'key.manage': 'administrator',
  'identity.revoke': 'administrator',
  'identity.read':
    'participant investigator steward modeller sponsor compliance regulator administrator qa randomisation-manager',
  'roster.read': 'investigator sponsor compliance regulator administrator qa',
  'roster.register': 'administrator',
  'roster.train': 'qa',
  'roster.attest': 'investigator steward modeller sponsor compliance administrator qa randomisation-manager',
  'roster.request': 'investigator sponsor compliance qa',
  'roster.approve': 'investigator sponsor compliance qa',
  'roster.execute': 'administrator',
  'roster.review': 'qa',
  'emergency.open': 'investigator',
  'emergency.read': 'investigator compliance regulator qa',
  'emergency.review': 'compliance qa',
  'identity-ticket.request': 'steward',
  'identity-ticket.decide': 'compliance',
  'identity-ticket.read': 'steward compliance regulator qa',
  'source.read': 'investigator steward compliance regulator administrator qa',
  'source.register': 'steward',
  'privacy.request': 'participant investigator compliance',
  'privacy.read': 'participant steward compliance regulator qa',
  'privacy.prepare': 'steward',
  'privacy.decide': 'compliance',
  'privacy.copy': 'participant compliance',
  'decision.propose': 'investigator modeller',
  'decision.read': 'participant investigator compliance regulator qa',
  'decision.take': 'investigator',
  'decision.judge': 'investigator compliance',
  'notice.read': 'investigator modeller sponsor compliance regulator qa',
  'erasure.read': 'participant compliance regulator administrator qa',
  'erasure.consult': 'sponsor',
  'erasure.confirm': 'qa',
  'erasure.execute': 'administrator',
  'hold.read': 'compliance regulator qa',
  'hold.request': 'sponsor regulator',
  'hold.place': 'compliance',
  'hold.judge': 'qa',
  'retention.read': 'compliance regulator qa',
  'retention.manage': 'compliance',
  'breach.report': 'investigator steward compliance qa',
  'breach.read': 'compliance regulator qa',
  'breach.manage': 'compliance',
  'impact-assessment.read': 'modeller sponsor compliance regulator qa',
  'impact-assessment.propose': 'modeller sponsor',
  'impact-assessment.advise': 'compliance',
  'impact-assessment.approve': 'qa',
  'impact-assessment.withdraw': 'compliance qa',
  'disclosure.read': 'participant compliance regulator qa',
  'disclosure.manage': 'compliance',
  'processing.read': 'compliance regulator qa',
}

describe('who may do what', () => {
  it.each(ACTIONS)('%s', (action) => expect(rolesWith(action).join(' ')).toBe(WHO_MAY[action]))
})

describe('the separations that the regulation asks for', () => {
  // proves TL-IDN-004
  it('lets the administrator run the service and see no payload', () => {
    const allowed = ACTIONS.filter((action) => permission('administrator', action) !== 'deny')
    expect(allowed).toEqual([
      'signature.manage-keys',
      'audit.read',
      'log.read-entries',
      'projection.manage',
      'key.read',
      'key.manage',
      'operations.read',
      'identity.revoke',
      'identity.read',
      'roster.read',
      'roster.register',
      'roster.attest',
      'roster.execute',
      'source.read',
      'erasure.read',
      'erasure.execute',
    ])
    for (const action of ['audit.read', 'log.read-entries', 'erasure.read', 'erasure.execute'] as const) {
      expect(decide(callerAs('administrator'), action)).toEqual({ allowed: true, minimisation: 'headers' })
    }
  })

  // proves TL-IDN-004
  it('refuses whoever holds two roles that exclude each other, in either role', () => {
    for (const [one, other] of ROLES.flatMap((role) => ROLES.map((second) => [role, second] as const))) {
      const both = callerAs(one, { roles: [one, other] })
      const decision = decide(both, 'identity.read', { actor: both.id })
      const conflict = { allowed: false, code: 'role-conflict' }
      if (one === 'participant' || areCompatible(one, other)) expect(decision).toMatchObject({ allowed: true })
      else expect(decision).toMatchObject(conflict)
    }
    expect(ROLES.filter((role) => areCompatible('administrator', role))).toEqual(['participant', 'administrator'])
    expect(ROLES.filter((role) => areCompatible('randomisation-manager', role))).toEqual([
      'participant',
      'randomisation-manager',
    ])
    expect(ROLES.filter((role) => areCompatible('sponsor', role))).toEqual(['participant', 'modeller', 'sponsor'])
    expect(ROLES.filter((role) => areCompatible('modeller', role))).toEqual(['participant', 'modeller', 'sponsor'])
  })

  // proves TL-IDN-012
  it('gives a role that no grant gives nothing, whatever the token says', () => {
    for (const role of ROLES) {
      const claimed = callerAs(role, { roles: [] })
      for (const action of ACTIONS)
        expect(decide(claimed, action, IN_SCOPE)).toMatchObject({ allowed: false, code: 'role-not-granted' })
    }
  })

  // proves TL-IDN-014
  it('lets no service account sign, decide or vouch', () => {
    for (const role of ROLES) {
      const program = callerAs(role, { service: true })
      for (const action of ONLY_PERSONS) expect(decide(program, action, IN_SCOPE).allowed).toBe(false)
    }
    expect([...PERSONAL_ACTS].sort()).toEqual([...ONLY_PERSONS].sort())
  })

  it('limits a grant to its purposes', () => {
    const trialOnly = callerAs('modeller', { purposes: ['CLINTRCH'] })
    const asked = (purpose: string) => decide(trialOnly, 'simulation.run', { ...IN_SCOPE, purpose })
    expect(asked('CLINTRCH').allowed).toBe(true)
    expect(asked('HRESCH')).toMatchObject({ allowed: false, code: 'other-purpose' })
  })

  // proves TL-IDN-011
  it('opens a record of another site in an emergency for reading, and for nothing else', () => {
    const elsewhere = { ...IN_SCOPE, site: 'site-9' }
    const hurried = callerAs('investigator', { emergencies: [IN_SCOPE.subject!] })
    const opened = ACTIONS.filter(
      (action) =>
        decide(hurried, action, elsewhere).allowed && !decide(callerAs('investigator'), action, elsewhere).allowed,
    )
    expect(opened).toEqual(['twin.read-coded', 'twin.read-identity', 'consent.read', 'simulation.read'])
    expect(decide(hurried, 'twin.read-identity', { ...elsewhere, subject: 'subject-2' }).allowed).toBe(false)
  })

  it('shows the sponsor coded records alone, whatever they ask for', () => {
    const scoped = ACTIONS.filter((action) => !['model.read', 'identity.read'].includes(action))
    const shown = scoped.map((action) => decide(callerAs('sponsor'), action, IN_SCOPE))
    expect(shown.filter((decision) => decision.allowed && decision.minimisation !== 'coded')).toEqual([])
    expect(rolesWith('twin.read-identity')).not.toContain('sponsor')
  })

  it('shows identities to the person, the site that treats them, the regulator, and a steward with a ticket', () => {
    expect(rolesWith('twin.read-identity')).toEqual(['participant', 'investigator', 'steward', 'regulator'])
    const without = callerAs('steward', { tickets: [] })
    expect(decide(without, 'twin.read-identity', IN_SCOPE)).toMatchObject({ allowed: false, code: 'ticket-missing' })
    expect(decide(callerAs('steward'), 'twin.read-coded', IN_SCOPE)).toMatchObject({ minimisation: 'coded' })
  })

  it('gives the regulator nothing but reading, replaying what was recorded, and asking for a legal hold', () => {
    const allowed = ACTIONS.filter((action) => permission('regulator', action) !== 'deny')
    expect(
      allowed.filter(
        (action) =>
          !/\.(read|read-coded|read-identity|read-entries|read-list|read-receipt|export|replay)$/.test(action),
      ),
    ).toEqual(['hold.request'])
  })

  it('leaves consent to the participant and the site that records it', () => {
    expect(rolesWith('consent.decide')).toEqual(['participant', 'investigator'])
  })

  it('lets nobody who reviews the audit trail enter or correct data', () => {
    for (const reviewer of ['compliance', 'regulator', 'qa'] as const) {
      for (const action of ['twin.register', 'twin.record', 'twin.correct', 'fhir.ingest'] as const) {
        expect(permission(reviewer, action)).toBe('deny')
      }
    }
  })

  // proves TL-TWN-004
  it('shows no identifier to anyone through the coded view', () => {
    for (const role of rolesWith('twin.read-coded')) {
      expect(decide(callerAs(role), 'twin.read-coded', IN_SCOPE)).toEqual({ allowed: true, minimisation: 'coded' })
    }
  })
})

describe('scopes', () => {
  it('hold for any of the sites that share a record', () => {
    const resource = { ...IN_SCOPE, site: ['site-9', 'site-1'] }
    expect(decide(callerAs('investigator'), 'trial.read', resource).allowed).toBe(true)
  })

  it('never hold between two that are both unknown', () => {
    const nobody = { subject: undefined, site: undefined, org: undefined, trials: undefined }
    expect(decide(callerAs('participant', nobody), 'twin.record', {}).allowed).toBe(false)
    expect(decide(callerAs('investigator', nobody), 'twin.record', {}).allowed).toBe(false)
    expect(decide(callerAs('sponsor', nobody), 'trial.manage', {}).allowed).toBe(false)
    expect(decide(callerAs('sponsor', nobody), 'twin.read-coded', {}).allowed).toBe(false)
  })

  it('are not opened by an action or a role that nobody knows', () => {
    expect(decide(callerAs('qa'), 'constructor' as Action, IN_SCOPE).allowed).toBe(false)
    expect(decide(callerAs('root' as Role), 'model.read', IN_SCOPE).allowed).toBe(false)
  })
})
