/** The decision model of a person's consents: what may happen next, given what has happened. Pure. */
import { believedTime } from '../journal/believed-time.js'
import type { Decider } from '../journal/decider.js'
import { Conflict, InvalidRequest, NotFound } from '../platform/errors.js'
import type { ConsentMethod, ConsentParty, Purpose } from './codes.js'
import { evolve, isOverdue, NO_CONSENTS, type ConsentRecord, type ConsentState } from './consent-state.js'
import { coverUse } from './coverage.js'
import type {
  ConsentEvent,
  ConsentExpired,
  DiseaseLimitRecorded,
  NoticeReference,
  RestrictionGround,
} from './events.js'
import type { KnownClaim } from './permit-claim.js'
import { isWithin, type ConsentScope, type Use } from './scope.js'
import { toldNotice, type KnownVersions } from './told-notice.js'

/** How a decision was expressed, by whom, and what was said beside it. */
export interface Expression {
  method: ConsentMethod
  by: ConsentParty
  comment?: string
}

/** What a person agrees to: on its own, or in answer to a request, whose scope, notice and end then hold where none is named. */
export interface Gift extends Expression {
  consent: string
  scope?: ConsentScope
  notice?: NoticeReference
  /** RFC 3339, UTC. Absent: when it is recorded. */
  givenAt?: string
  expiresAt?: string
}

export type ConsentCommand =
  | { type: 'request'; consent: string; scope: ConsentScope; notice: NoticeReference; expiresAt?: string }
  | ({ type: 'give' } & Gift)
  | ({ type: 'refuse'; consent: string } & Expression)
  /** Without a consent: everything that is in force. */
  | ({ type: 'withdraw'; consent?: string } & Expression)
  | { type: 'expire' }
  /** With a claim, the use rests on a data permit. */
  | { type: 'authorise-use'; use: Use; reference?: string; claim?: KnownClaim }
  | ({ type: 'restrict' } & Restriction)
  | { type: 'lift-restriction'; restriction: string }
  | ({ type: 'opt-out' | 'reverse-opt-out' } & Expression)

/** A freeze of all processing but storage. */
export interface Restriction {
  restriction: string
  ground: RestrictionGround
  purposes: readonly Purpose[] | 'any'
  /** Random id of the request that led to it. */
  reference?: string
}

/**
 * What follows from a command at a moment. `authorise-use` never throws: its refusal is an event too. Whatever is decided,
 * consents whose time has run out are recorded as expired first.
 *
 * @param now RFC 3339, UTC, milliseconds; a clock that jumped back behind the last event is not believed
 * @param versions published of the notice that the command, or the request that it answers, names
 * @throws NotFound `consent-not-found`, `restriction-not-found`
 * @throws Conflict `consent-exists`, `consent-not-requested`, `consent-not-in-force`, `consent-in-force`,
 *   `consent-notice-not-in-force`, `erasure-not-reversible`, `not-opted-out`
 * @throws Unprocessable `consent-notice-unknown`
 * @throws InvalidRequest `consent-scope-wider`, `consent-incomplete`, `consent-given-in-future`, `consent-expiry-passed`
 */
export function decideAt(
  now: string,
  state: ConsentState,
  command: ConsentCommand,
  versions: KnownVersions = [],
): readonly ConsentEvent[] {
  const moment = believedTime(now, state.lastRecordedAt)
  const expired = expirations(state, moment)
  const gone = new Set(expired.map(({ data }) => data.consent))
  switch (command.type) {
    case 'request':
      return [...expired, ...request(state, command, { moment, versions })]
    case 'give':
      return [...expired, ...give(state, command, { moment, versions })]
    case 'refuse':
      return [...expired, ...refuse(state, command)]
    case 'withdraw':
      return [...expired, ...withdraw(state, command, gone)]
    case 'expire':
      return expired
    case 'authorise-use':
      return [...expired, authorise(state, command, moment)]
    case 'restrict':
      return restrict(state, command)
    case 'lift-restriction':
      return liftRestriction(state, command.restriction)
    case 'opt-out':
      return optOut(state, command)
    case 'reverse-opt-out':
      return reverseOptOut(state, command)
  }
}

/** The decider as of a moment, for the journal. */
export function consentDecider(
  now: string,
  versions: KnownVersions = [],
): Decider<ConsentState, ConsentCommand, ConsentEvent> {
  return { initial: NO_CONSENTS, evolve, decide: (state, command) => decideAt(now, state, command, versions) }
}

/** What a decision is made on beside the consents. */
interface Circumstances {
  moment: string
  versions: KnownVersions
}

function expirations({ consents }: ConsentState, now: string): ConsentExpired[] {
  return [...consents.values()]
    .filter((record) => isOverdue(record, now))
    .map(({ consent, expiresAt }) => ({ type: 'consent.expired', data: { consent, expiresAt: expiresAt! } }))
}

function request(
  { consents }: ConsentState,
  { type: _type, notice, ...asked }: Extract<ConsentCommand, { type: 'request' }>,
  { moment, versions }: Circumstances,
): ConsentEvent[] {
  if (consents.has(asked.consent)) throw new Conflict('consent-exists', 'There is a consent with this id already.')
  mustEndLater(asked.expiresAt, moment)
  const { diseaseLimit, scope } = apart(asked.consent, asked.scope)
  const data = { ...asked, scope, notice: toldNotice(versions, notice, moment) }
  return [...diseaseLimit, { type: 'consent.requested', data }]
}

function give(
  { consents }: ConsentState,
  { consent, method, by, comment, ...gift }: Gift & { type: 'give' },
  { moment: now, versions }: Circumstances,
): ConsentEvent[] {
  const known = consents.get(consent)
  if (known?.status === 'given') throw new Conflict('consent-in-force', 'This consent was given already.')
  if (known !== undefined && known.status !== 'requested') {
    throw new Conflict('consent-not-requested', 'This consent has ended; a new one has to be given.')
  }
  const { scope = known?.scope, notice: named = known?.notice, expiresAt = known?.expiresAt, givenAt = now } = gift
  if (scope === undefined || named === undefined) {
    throw new InvalidRequest('consent-incomplete', 'A consent that nobody asked for names its scope and its notice.')
  }
  if (known && !isWithin(scope, known.scope)) {
    throw new InvalidRequest('consent-scope-wider', 'An answer may narrow what was asked for, not widen it.')
  }
  if (givenAt > now) throw new InvalidRequest('consent-given-in-future', 'A consent cannot be given in the future.')
  mustEndLater(expiresAt, now)
  const notice = toldNotice(versions, named, givenAt)
  const { diseaseLimit, scope: coded } = apart(consent, scope, known?.scope.diseases)
  const data = { consent, scope: coded, notice, method, by, givenAt, ...(expiresAt !== undefined && { expiresAt }) }
  return [...diseaseLimit, { type: 'consent.given', data }, ...said(consent, comment)]
}

/**
 * The limit to diseases apart from the codes of the scope, which rest in clear text.
 *
 * @param asked the limit of the request that is answered: what the answer leaves out of it is gone
 */
function apart(consent: string, { diseases: named, ...scope }: ConsentScope, asked?: readonly string[]) {
  const diseases = named ?? (asked && [])
  const diseaseLimit: DiseaseLimitRecorded[] =
    diseases === undefined ? [] : [{ type: 'consent.disease-limit-recorded', data: { consent, diseases } }]
  return { diseaseLimit, scope }
}

function refuse(
  { consents }: ConsentState,
  { consent, method, by, comment }: Extract<ConsentCommand, { type: 'refuse' }>,
): ConsentEvent[] {
  if (mustExist(consents, consent).status !== 'requested') {
    throw new Conflict('consent-not-requested', 'Only a request that is open can be refused.')
  }
  return [{ type: 'consent.refused', data: { consent, method, by } }, ...said(consent, comment)]
}

function withdraw(
  { consents }: ConsentState,
  { consent, method, by, comment }: Extract<ConsentCommand, { type: 'withdraw' }>,
  gone: ReadonlySet<string>,
): ConsentEvent[] {
  const named = consent === undefined ? [...consents.values()] : [mustExist(consents, consent)]
  const inForce = named.filter((record) => record.status === 'given' && !gone.has(record.consent))
  if (inForce.length === 0) throw new Conflict('consent-not-in-force', 'There is no such consent in force.')
  return inForce.flatMap(({ consent }) => [
    { type: 'consent.withdrawn', data: { consent, method, by } } as const,
    ...said(consent, comment),
  ])
}

function authorise(
  state: ConsentState,
  { use, reference, claim }: Extract<ConsentCommand, { type: 'authorise-use' }>,
  now: string,
): ConsentEvent {
  const coverage = coverUse(state, use, now, claim)
  const asked = { use: recorded(state, use), ...(reference !== undefined && { reference }) }
  if (!coverage.covered) {
    const under = claim && { permit: claim.permit }
    return { type: 'consent.use-refused', data: { ...asked, ...under, codes: coverage.codes } }
  }
  const { covered: _covered, ...ground } = coverage
  return { type: 'consent.use-authorised', data: { ...asked, ...ground } }
}

/** Which disease a use is for would tell what the consents of somebody are limited to, so of such people it is not kept. */
function recorded({ consents }: ConsentState, { disease, ...use }: Use): Use {
  const isLimited = [...consents.values()].some(({ scope }) => scope.duo.includes('DUO:0000007'))
  return disease === undefined || isLimited ? use : { ...use, disease }
}

/** Said again, it is in force already. */
function restrict(
  { restrictions }: ConsentState,
  { type: _type, ...data }: Extract<ConsentCommand, { type: 'restrict' }>,
): ConsentEvent[] {
  return restrictions.has(data.restriction) ? [] : [{ type: 'consent.processing-restricted', data }]
}

function liftRestriction({ restrictions }: ConsentState, restriction: string): ConsentEvent[] {
  const inForce = restrictions.get(restriction)
  if (!inForce) throw new NotFound('restriction-not-found', 'No such restriction is in force.')
  if (inForce.ground === 'art-17') throw new Conflict('erasure-not-reversible', 'What was erased stays erased.')
  return [{ type: 'consent.restriction-lifted', data: { restriction } }]
}

/** Said again, it is in force already: nobody who opts out is told no. */
function optOut(state: ConsentState, { method, by, comment }: Expression): ConsentEvent[] {
  const optedOut: ConsentEvent[] = state.optOut ? [] : [{ type: 'consent.opted-out', data: { method, by } }]
  return [...optedOut, ...saidOfOptOut(comment)]
}

function reverseOptOut(state: ConsentState, { method, by, comment }: Expression): ConsentEvent[] {
  if (!state.optOut) throw new Conflict('not-opted-out', 'The person has not opted out of secondary use.')
  return [{ type: 'consent.opt-out-reversed', data: { method, by } }, ...saidOfOptOut(comment)]
}

function saidOfOptOut(text: string | undefined): ConsentEvent[] {
  return text === undefined ? [] : [{ type: 'consent.opt-out-comment-recorded', data: { text } }]
}

function said(consent: string, text: string | undefined): ConsentEvent[] {
  return text === undefined ? [] : [{ type: 'consent.comment-recorded', data: { consent, text } }]
}

function mustExist(consents: ReadonlyMap<string, ConsentRecord>, consent: string): ConsentRecord {
  const record = consents.get(consent)
  if (!record) throw new NotFound('consent-not-found', 'The person has no such consent.')
  return record
}

function mustEndLater(expiresAt: string | undefined, now: string): void {
  if (expiresAt !== undefined && expiresAt <= now) {
    throw new InvalidRequest('consent-expiry-passed', 'A consent has to end after it begins.')
  }
}
