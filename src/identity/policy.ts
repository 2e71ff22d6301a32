/** The policy: one table says who may do what, and everything that decides asks it (decide-access.ts). */
import { type Action } from './actions.js'
import type { PurposeOfUse } from './purposes.js'
import { ROLES, type Role } from './roles.js'

/**
 * What must hold beside the role. All conditions of a cell must hold.
 * - `own`: the record is the caller's own (participants)
 * - `self`: the caller is the actor it is about (their own runs, their own entry in the roster)
 * - `site`, `trial`, `org`: the record belongs to the caller's site, one of their trials, their organisation
 * - `consented`: the subject's consent to this use is in force
 * - `sampled`: the twin was drawn for a review of the audit trail that the caller carries out, and that is open
 * - `ticketed`: an approved ticket of the caller names the twin, and its time is not over
 * - `unblinded`: the trial hides its arms from nobody in the caller's role, or does so no longer
 * - `coded-only`: allowed, without anything that identifies
 * - `headers-only`: allowed, without any payload
 */
export type Condition =
  | 'own'
  | 'self'
  | 'site'
  | 'trial'
  | 'org'
  | 'consented'
  | 'sampled'
  | 'ticketed'
  | 'unblinded'
  | 'coded-only'
  | 'headers-only'
/** Those that depend on what the request is about. */
export type ScopeCondition = Exclude<Condition, 'coded-only' | 'headers-only'>
export type Permission = 'allow' | 'deny' | readonly Condition[]

const no = 'deny'
const coded = ['coded-only'] as const
const headers = ['headers-only'] as const
const own = ['own'] as const
const ownCoded = ['own', 'coded-only'] as const
const self = ['self'] as const
const selfCoded = ['self', 'coded-only'] as const
const site = ['site'] as const
const siteCoded = ['site', 'coded-only'] as const
const trial = ['trial'] as const
const trialCoded = ['trial', 'coded-only'] as const
const orgCoded = ['org', 'coded-only'] as const
const consented = ['consented', 'coded-only'] as const
const sampled = ['sampled', 'coded-only'] as const
const ticketed = ['ticketed'] as const
const arm = ['unblinded', 'coded-only'] as const
const ownArm = ['own', 'unblinded'] as const
const siteArm = ['site', 'unblinded', 'coded-only'] as const
const trialArm = ['trial', 'unblinded', 'coded-only'] as const
const orgArm = ['org', 'unblinded', 'coded-only'] as const

/** One cell for each role, in the order of `ROLES`. */
type ForEach<Columns extends readonly unknown[], Cell> = { readonly [Column in keyof Columns]: Cell }
type Row = ForEach<typeof ROLES, Permission>

/**
 * The authority check of 21 CFR 11.10(g), all of it. Who reads a line from left to right reads who may do that.
 *
 * - Coded by default (GDPR Art 25): `twin.read-coded` shows nobody an identifier; that takes `twin.read-identity`.
 * - A steward's look at an identity needs a ticket that somebody of compliance approved; a compliance officer's, a case.
 * - Consent decisions are the participant's; an investigator records those given on paper. Nobody else, compliance included.
 * - An opt-out from secondary use is the participant's too; the site and compliance record what they are told. Whoever uses data for
 *   research is not told who opted out.
 * - Compliance registers the data permits that access bodies issue, somebody else of compliance or of quality assurance approves them;
 *   a modeller of the organisation that one was issued to runs cohorts under it.
 * - Whether a run is covered by consent is decided on the subject's consent stream, where the refusal is recorded too, so
 *   `simulation.run` has no `consented` here; reading what a run found has.
 * - `body.read` computes a shape by models, so it is asked of the consent stream like `simulation.run`; the person's own is not.
 * - Whoever defines a model does not approve it; that the approver had no part in the case is decided on its own stream.
 * - The administrator has no business role: no payload, no decryption, no entry.
 * - Who proposes an impact assessment neither advises on it nor approves it; that too is decided on its stream.
 * - Who may read a record may sign it, except the regulator, who changes nothing, and the administrator, who sees nothing.
 * - Whoever looks after data asks about them; the site answers, and only an investigator corrects what is on record.
 * - Quality assurance reads the coded twins drawn for a review, at random and on record, until it is closed; no others.
 * - Compliance writes what people are told before they consent; somebody else of compliance or of quality assurance approves it.
 * - A person's request is the case that opens their data to the compliance officer: what they said, and a copy once granted.
 * - A program or whoever ran a model may propose a decision about a person; only people at the site take it, and a contested one
 *   is judged by somebody who had no part in it, at the site or in compliance.
 * - Erasure: sponsors are heard about participants of their trials, by code; compliance decides, quality assurance confirms, the administrator executes without seeing whom it is about.
 * - A cohort is open to whoever asked for it; each person's consent is asked run by run, as for single runs.
 * - Whoever holds the list of arms holds no other role, so that nobody blinded does. Emergency and end of a trial open arms to
 *   those whom an event names; before, `allocation.read` says the same to everybody blinded, whether or not there are arms.
 * - A regulator only reads, but may ask for a legal hold, as a sponsor may within a trial: compliance decides on it.
 *   Replaying computes a recorded run again and compares; it changes no record of it.
 */
// prettier-ignore
const TABLE: Record<Action, Row> = {
  //                     participant investigator steward modeller   sponsor     compliance regulator administrator qa randomisation-manager
  'twin.register':       [no,        site,        coded,  no,        no,         no,        no,       no,           no, no],
  'twin.read-coded':     [ownCoded,  siteCoded,   coded,  consented, trialCoded, coded,     coded,    no,           sampled, no],
  'twin.read-identity':  [own,       site,        ticketed, no,        no,         no,        'allow',  no,           no, no],
  'twin.record':         [own,       site,        no,     no,        no,         no,        no,       no,           no, no],
  'twin.correct':        [no,        site,        no,     no,        no,         no,        no,       no,           no, no],
  'twin.merge':          [no,        site,        coded,  no,        no,         no,        no,       no,           no, no],
  'twin.withdraw':       [own,       site,        no,     no,        no,         coded,     no,       no,           no, no],
  'data-query.raise':    [no,        no,          coded,  no,        trialCoded, no,        no,       no,           no, no],
  'data-query.answer':   [no,        site,        no,     no,        no,         no,        no,       no,           no, no],
  'data-query.read':     [no,        site,        coded,  no,        trialCoded, coded,     'allow',  no,           coded, no],
  'fhir.ingest':         [no,        site,        coded,  no,        no,         no,        no,       no,           no, no],
  'consent.request':     [no,        site,        no,     no,        no,         no,        no,       no,           no, no],
  'consent.decide':      [own,       site,        no,     no,        no,         no,        no,       no,           no, no],
  'consent.read':        [own,       site,        coded,  consented, trialCoded, coded,     coded,    no,           coded, no],
  'consent.read-receipt': [own,      site,        no,     no,        no,         coded,     coded,    no,           no, no],
  'consent-notice.read': [no,        no,          no,     no,        no,         coded,     coded,    no,           coded, no],
  'consent-notice.draft': [no,       no,          no,     no,        no,         coded,     no,       no,           no, no],
  'consent-notice.approve': [no,     no,          no,     no,        no,         coded,     no,       no,           coded, no],
  'consent-notice.publish': [no,     no,          no,     no,        no,         coded,     no,       no,           no, no],
  'opt-out.record':      [own,       site,        no,     no,        no,         coded,     no,       no,           no, no],
  'opt-out.read':        [own,       site,        no,     no,        no,         coded,     coded,    no,           coded, no],
  'permit.read':         [no,        no,          no,     orgCoded,  orgCoded,   coded,     coded,    no,           coded, no],
  'permit.register':     [no,        no,          no,     no,        no,         coded,     no,       no,           no, no],
  'permit.approve':      [no,        no,          no,     no,        no,         coded,     no,       no,           coded, no],
  'permit.revoke':       [no,        no,          no,     no,        no,         coded,     no,       no,           no, no],
  'permit.use':          [no,        no,          no,     orgCoded,  no,         no,        no,       no,           no, no],
  'simulation.run':      [no,        siteCoded,   no,     coded,     trialCoded, no,        no,       no,           no, no],
  'simulation.read':     [own,       siteCoded,   coded,  consented, trialCoded, coded,     coded,    no,           coded, no],
  'simulation.cancel':  [no,        siteCoded,   no,     selfCoded, trialCoded, no,        no,       no,           no, no],
  'simulation.replay':   [no,        siteCoded,   no,     consented, no,         no,        coded,    no,           coded, no],
  'simulation-repeats.read': [no,    no,          no,     no,        no,         coded,     coded,    no,           coded, no],
  'body.read':           [own,       siteCoded,   no,     coded,     trialCoded, no,        no,       no,           no, no],
  'mesh.attach':         [no,        site,        no,     no,        no,         no,        no,       no,           no, no],
  'mesh.read':           [own,       siteCoded,   no,     consented, trialCoded, no,        coded,    no,           no, no],
  'cohort.run':         [no,        siteCoded,   no,     coded,     trialCoded, no,        no,       no,           no, no],
  'cohort.read':        [no,        selfCoded,   coded,  selfCoded, trialCoded, coded,     coded,    no,           coded, no],
  'cohort.cancel':      [no,        selfCoded,   no,     selfCoded, trialCoded, no,        no,       no,           no, no],
  'cohort.replay':      [no,        no,          no,     no,        no,         no,        coded,    no,           coded, no],
  'design.run':         [no,        no,          no,     coded,     coded,      no,         no,       no,           no, no],
  'design.read':        [no,        coded,       coded,  coded,     orgCoded,   coded,      coded,    no,           coded, no],
  'design.replay':      [no,        no,          no,     coded,     orgCoded,   no,         coded,    no,           coded, no],
  'model.read':          ['allow',   'allow',     'allow', 'allow',  'allow',    'allow',   'allow',  no,           'allow', no],
  'model.define':        [no,        no,          no,     coded,     coded,      no,        no,       no,           no, no],
  'model.approve':       [no,        no,          no,     no,        no,         no,        no,       no,           coded, no],
  'model.reopen':        [no,        no,          no,     coded,     coded,      no,        no,       no,           coded, no],
  'advance.read':        ['allow',   'allow',     'allow', 'allow',  coded,      'allow',   'allow',  no,           'allow', no],
  'advance.propose':     [no,        no,          no,     coded,     coded,      coded,     no,       no,           no, no],
  'advance.review':      [no,        no,          no,     no,        no,         coded,     no,       no,           coded, no],
  'legal-register.read': ['allow',   'allow',     'allow', 'allow',  coded,      'allow',   'allow',  no,           'allow', no],
  'legal-register.edit': [no,        no,          no,     no,        no,         coded,     no,       no,           no, no],
  'legal-register.approve': [no,     no,          no,     no,        no,         no,        no,       no,           coded, no],
  'trial.manage':        [no,        no,          no,     no,        orgCoded,   no,        no,       no,           no, no],
  'trial.enrol':         [no,        site,        no,     no,        no,         no,        no,       no,           no, no],
  'trial.read':          [trial,     siteCoded,   coded,  no,        orgCoded,   coded,     coded,    no,           coded, trialCoded],
  'trial.unblind':       [no,        no,          no,     no,        orgCoded,   no,        no,       no,           no, no],
  'trial.unlock':        [no,        no,          no,     no,        no,         no,        no,       no,           coded, no],
  'randomisation.seal':  [no,        no,          no,     no,        no,         no,        no,       no,           no, trialCoded],
  'randomisation.read-list': [no,    no,          no,     no,        no,         no,        coded,    no,           no, trialCoded],
  'allocation.read':     [ownArm,    siteArm,     arm,    trialArm,  orgArm,     arm,       coded,    no,           arm, trialCoded],
  'allocation.unblind':  [no,        site,        no,     no,        no,         no,        no,       no,           no, no],
  'signature.make':      [own,       siteCoded,   coded,  selfCoded, trialCoded, coded,     no,       no,           coded, selfCoded],
  'signature.read':      [own,       siteCoded,   coded,  selfCoded, trialCoded, coded,     coded,    no,           coded, selfCoded],
  'signature.manage-keys': [no,      no,          no,     no,        no,         no,        no,       headers,      no, no],
  'signature.decide-backdating': [no, no,         no,     no,        no,         coded,     no,       no,           coded, no],
  'audit-review.plan':   [no,        no,          no,     no,        no,         coded,     no,       no,           coded, no],
  'audit-review.conduct': [no,       no,          coded,  no,        trialCoded, coded,     no,       no,           coded, no],
  'audit-review.sample-twins': [no,  no,          no,     no,        no,         no,        no,       no,           coded, no],
  'audit-review.read':   [no,        no,          coded,  no,        trialCoded, coded,     coded,    no,           coded, no],
  'audit.read':          [own,       site,        coded,  selfCoded, trialCoded, coded,     'allow',  headers,      coded, selfCoded],
  'audit.export':        [own,       site,        no,     no,        trialCoded, coded,     'allow',  no,           coded, no],
  'log.read-entries':    [no,        no,          no,     no,        no,         headers,   headers,  headers,      headers, no],
  'projection.manage':   [no,        no,          no,     no,        no,         no,        no,       headers,      no, no],
  'key.read':            [no,        no,          no,     no,        no,         headers,   headers,  headers,      headers, no],
  'key.manage':          [no,        no,          no,     no,        no,         no,        no,       headers,      no, no],
  'operations.read':     [no,        no,          no,     no,        no,         headers,   headers,  headers,      headers, no],
  'identity.revoke':     [no,        no,          no,     no,        no,         no,        no,       headers,      no, no],
  'identity.read':       [self,      self,        self,   self,      self,       coded,     coded,    coded,        coded, self],
  'roster.read':         [no,        siteCoded,   no,     no,        orgCoded,   coded,     coded,    headers,      coded, no],
  'roster.register':     [no,        no,          no,     no,        no,         no,        no,       headers,      no, no],
  'roster.train':        [no,        no,          no,     no,        no,         no,        no,       no,           coded, no],
  'roster.attest':       [no,        selfCoded,   selfCoded, selfCoded, selfCoded, selfCoded, no,     selfCoded,    selfCoded, selfCoded],
  'roster.request':      [no,        siteCoded,   no,     no,        orgCoded,   coded,     no,       no,           coded, no],
  'roster.approve':      [no,        siteCoded,   no,     no,        orgCoded,   coded,     no,       no,           coded, no],
  'roster.execute':      [no,        no,          no,     no,        no,         no,        no,       headers,      no, no],
  'roster.review':       [no,        no,          no,     no,        no,         no,        no,       no,           coded, no],
  'emergency.open':      [no,        self,        no,     no,        no,         no,        no,       no,           no, no],
  'emergency.read':      [no,        selfCoded,   no,     no,        no,         coded,     coded,    no,           coded, no],
  'emergency.review':    [no,        no,          no,     no,        no,         coded,     no,       no,           coded, no],
  'identity-ticket.request': [no,    no,          selfCoded, no,     no,         no,        no,       no,           no, no],
  'identity-ticket.decide':  [no,    no,          no,     no,        no,         coded,     no,       no,           no, no],
  'identity-ticket.read':    [no,    no,          selfCoded, no,     no,         coded,     coded,    no,           coded, no],
  'source.read':         [no,        'allow',     coded,  no,        no,         coded,     coded,    headers,      coded, no],
  'source.register':     [no,        no,          coded,  no,        no,         no,        no,       no,           no, no],
  'privacy.request':     [own,       site,        no,     no,        no,         coded,     no,       no,           no, no],
  'privacy.read':        [own,       no,          coded,  no,        no,         'allow',   coded,    no,           coded, no],
  'privacy.prepare':     [no,        no,          coded,  no,        no,         no,        no,       no,           no, no],
  'privacy.decide':      [no,        no,          no,     no,        no,         coded,     no,       no,           no, no],
  'privacy.copy':        [own,       no,          no,     no,        no,         'allow',   no,       no,           no, no],
  'decision.propose':    [no,        site,        no,     consented, no,         no,        no,       no,           no, no],
  'decision.read':       [own,       site,        no,     no,        no,         coded,     coded,    no,           coded, no],
  'decision.take':       [no,        site,        no,     no,        no,         no,        no,       no,           no, no],
  'decision.judge':      [no,        site,        no,     no,        no,         coded,     no,       no,           no, no],
  'notice.read':         [no,        orgCoded,    no,     orgCoded,  orgCoded,   coded,     coded,    no,           coded, no],
  'erasure.read':        [own,       no,          no,     no,        no,         coded,     coded,    headers,      coded, no],
  'erasure.consult':     [no,        no,          no,     no,        trialCoded, no,        no,       no,           no, no],
  'erasure.confirm':     [no,        no,          no,     no,        no,         no,        no,       no,           coded, no],
  'erasure.execute':     [no,        no,          no,     no,        no,         no,        no,       headers,      no, no],
  'hold.read':           [no,        no,          no,     no,        no,         coded,     coded,    no,           coded, no],
  'hold.request':        [no,        no,          no,     no,        trialCoded, no,        coded,    no,           no, no],
  'hold.place':          [no,        no,          no,     no,        no,         coded,     no,       no,           no, no],
  'hold.judge':          [no,        no,          no,     no,        no,         no,        no,       no,           coded, no],
  'retention.read':      [no,        no,          no,     no,        no,         coded,     coded,    no,           coded, no],
  'retention.manage':    [no,        no,          no,     no,        no,         coded,     no,       no,           no, no],
  'breach.report':       [no,        coded,       coded,  no,        no,         coded,     no,       no,           coded, no],
  'breach.read':         [no,        no,          no,     no,        no,         'allow',   'allow',  no,           coded, no],
  'breach.manage':       [no,        no,          no,     no,        no,         coded,     no,       no,           no, no],
  'disclosure.read':     [own,       no,          no,     no,        no,         coded,     coded,    no,           coded, no],
  'disclosure.manage':   [no,        no,          no,     no,        no,         coded,     no,       no,           no, no],
  'processing.read':     [no,        no,          no,     no,        no,         coded,     coded,    no,           coded, no],
  'impact-assessment.read':     [no, no,          no,     'allow',   coded,      'allow',   'allow',  no,           'allow', no],
  'impact-assessment.propose':  [no, no,          no,     coded,     coded,      no,        no,       no,           no, no],
  'impact-assessment.advise':   [no, no,          no,     no,        no,         coded,     no,       no,           no, no],
  'impact-assessment.approve':  [no, no,          no,     no,        no,         no,        no,       no,           coded, no],
  'impact-assessment.withdraw': [no, no,          no,     no,        no,         coded,     no,       no,           coded, no],
}

/**
 * What each role uses data of persons for (GDPR Art 5(1)(b)), first what is meant when a request says nothing. A grant can take
 * away from it and never adds to it.
 */
const PURPOSES: Record<Role, readonly PurposeOfUse[]> = {
  participant: ['PATRQT'],
  investigator: ['TREAT', 'CLINTRCH', 'HRESCH', 'PATRQT', 'HQUALIMP'],
  steward: ['HOPERAT', 'HQUALIMP'],
  modeller: ['HRESCH', 'CLINTRCH', 'HQUALIMP', 'PUBHLTH'],
  sponsor: ['CLINTRCH', 'HRESCH'],
  compliance: ['HOPERAT', 'PATRQT'],
  regulator: ['HOPERAT', 'PUBHLTH', 'HQUALIMP'],
  administrator: ['HOPERAT'],
  qa: ['HQUALIMP', 'HOPERAT'],
  'randomisation-manager': ['CLINTRCH'],
}

export function purposesOfRole(role: Role): readonly PurposeOfUse[] {
  return PURPOSES[role]
}

/** Reading the record of a person: the purpose has to have its ground there. */
export const RECORD_READINGS: ReadonlySet<Action> = new Set([
  'twin.read-coded',
  'twin.read-identity',
  'consent.read',
  'simulation.read',
  'mesh.read',
  'decision.read',
] satisfies Action[])

/** Uses of a person's data that say themselves what they are for. */
export const PURPOSEFUL_USES: ReadonlySet<Action> = new Set([
  'simulation.run',
  'cohort.run',
  'body.read',
] satisfies Action[])

/** Roles that one person may hold beside each other; every other pair is refused, at the grant and at each use. */
const COMPATIBLE: readonly (readonly [Role, Role])[] = [
  ['investigator', 'steward'],
  ['sponsor', 'modeller'],
]

/** What only a person can do: to sign, to decide about rights, to vouch for oneself (21 CFR 11.100, 11.10(j)). */
export const PERSONAL_ACTS: ReadonlySet<Action> = new Set([
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
] satisfies Action[])

/** What an emergency opens of a record that is held at another site (HIPAA 164.312(a)(2)(ii)): reading it, no more. */
export const OPEN_IN_EMERGENCY: ReadonlySet<Action> = new Set([
  'twin.read-coded',
  'twin.read-identity',
  'consent.read',
  'simulation.read',
] satisfies Action[])

/** Those who work with coded records of people and must not be able to tell that persons of two trials are one. */
export function isVeiled(role: Role): boolean {
  return VEILED.has(role)
}

const VEILED: ReadonlySet<Role> = new Set(['modeller', 'sponsor', 'randomisation-manager'])

/** Whether the role reads twins outside of trials, of those who consented to research. */
export function readsByConsent(role: Role): boolean {
  return scopeConditions(role, 'twin.read-coded').includes('consented')
}

/** Whether one person may hold both roles. Being a participant goes with everything: it is the own record only. */
export function areCompatible(one: Role, other: Role): boolean {
  if (one === other || one === 'participant' || other === 'participant') return true
  return COMPATIBLE.some((pair) => pair.includes(one) && pair.includes(other))
}

/** The cell of the table: what the role part of the policy says. */
export function permission(role: Role, action: Action): Permission {
  return TABLE[action]?.[ROLES.indexOf(role)] ?? 'deny'
}

/** The conditions of a cell that depend on the resource; empty when the role alone decides. */
export function scopeConditions(role: Role, action: Action): readonly ScopeCondition[] {
  const cell = permission(role, action)
  if (typeof cell === 'string') return []
  return cell.filter((condition) => condition !== 'coded-only' && condition !== 'headers-only')
}
