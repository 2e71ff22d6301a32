/** The decision model of a trial. Pure. */
import type { Decider } from '../journal/decider.js'
import { Conflict, NotFound, Unavailable } from '../platform/errors.js'
import type { Protocol, TrialDescription, TrialEvent } from './events.js'
import { enrolmentsOf, evolve, UNREGISTERED, type TrialState } from './trial-state.js'

export type TrialCommand =
  | { type: 'register'; description: TrialDescription }
  | { type: 'amend-protocol'; protocol: Protocol }
  | { type: 'open-site'; site: string; country: string }
  | { type: 'close-site'; site: string }
  /** `codes` are drawn at random; the first that the trial has not used becomes the person's. */
  | { type: 'enrol'; subject: string; site: string; codes: readonly string[] }
  | { type: 'withdraw'; code: string }
  | { type: 'close' }

/**
 * What follows from a command.
 *
 * @throws NotFound `trial-not-found`, `site-not-found`, `enrolment-not-found`
 * @throws Conflict `trial-exists`, `trial-closed`, `site-open`, `site-closed`, `subject-enrolled`, `subject-withdrawn`
 * @throws Unavailable `enrolment-code-taken`: none of the codes drawn was free
 */
export function decide(state: TrialState, command: TrialCommand): readonly TrialEvent[] {
  if (command.type === 'register') {
    if (state.status !== 'unregistered') throw new Conflict('trial-exists', 'This trial is registered already.')
    return [{ type: 'trial.registered', data: command.description }]
  }
  if (state.status === 'unregistered') throw new NotFound('trial-not-found', 'There is no such trial.')
  // A person may leave at any time, of a closed trial too.
  if (command.type === 'withdraw') return withdraw(state, command.code)
  if (state.status === 'closed') throw new Conflict('trial-closed', 'This trial is closed.')
  switch (command.type) {
    case 'amend-protocol':
      return amend(state, command.protocol)
    case 'open-site':
      if (statusOf(state, command.site) === 'open') throw new Conflict('site-open', 'This site is open already.')
      return [{ type: 'trial.site-opened', data: { site: command.site, country: command.country } }]
    case 'close-site':
      mustBeOpen(state, command.site)
      return [{ type: 'trial.site-closed', data: { site: command.site } }]
    case 'enrol':
      return enrol(state, command)
    case 'close':
      return [{ type: 'trial.closed', data: {} }]
  }
}

export const trialDecider: Decider<TrialState, TrialCommand, TrialEvent> = { initial: UNREGISTERED, evolve, decide }

function amend({ description }: TrialState, protocol: Protocol): TrialEvent[] {
  const { id, version } = description!.protocol
  return id === protocol.id && version === protocol.version
    ? []
    : [{ type: 'trial.protocol-amended', data: { protocol } }]
}

function enrol(state: TrialState, { subject, site, codes }: Extract<TrialCommand, { type: 'enrol' }>): TrialEvent[] {
  mustBeOpen(state, site)
  const { byCode, bySubject } = enrolmentsOf(state)
  const known = bySubject.get(subject)
  if (known?.status === 'enrolled') throw new Conflict('subject-enrolled', 'This person is enrolled already.')
  if (known) throw new Conflict('subject-withdrawn', 'This person was withdrawn from the trial.')
  const code = codes.find((candidate) => !byCode.has(candidate))
  if (code === undefined) throw new Unavailable('enrolment-code-taken', 'No free enrolment code was drawn; try again.')
  return [{ type: 'trial.subject-enrolled', data: { code, site } }]
}

function withdraw(state: TrialState, code: string): TrialEvent[] {
  const enrolment = enrolmentsOf(state).byCode.get(code)
  if (!enrolment) throw new NotFound('enrolment-not-found', 'The trial has no such enrolment.')
  if (enrolment.status === 'withdrawn') throw new Conflict('subject-withdrawn', 'This person was withdrawn already.')
  return [{ type: 'trial.subject-withdrawn', data: { code } }]
}

function mustBeOpen(state: TrialState, site: string): void {
  const status = statusOf(state, site)
  if (status === undefined) throw new NotFound('site-not-found', 'The trial has no such site.')
  if (status === 'closed') throw new Conflict('site-closed', 'This site is closed.')
}

function statusOf({ sites }: TrialState, site: string) {
  return sites.find((known) => known.site === site)?.status
}
