/** The decision model of the arms of a trial. It never learns who is in which. Pure. */
import { isReviewOverdue } from '../identity/emergency-review.js'
import type { Decider } from '../journal/decider.js'
import { Conflict, NotFound, Unavailable, Unprocessable } from '../platform/errors.js'
import { decideDataLock, mustNotBeLocked, type DataLockCommand } from './data-lock.js'
import type {
  AnalysisPlan,
  ArmsDesign,
  ListSealed,
  RandomisationEvent,
  TrainingCheck,
  UnblindingReviewed,
} from './events.js'
import { decideTrialUnblinding, type TrialUnblindingCommand } from './trial-unblinding.js'
import { evolve, participantsOf, UNDESIGNED, WHOLE_TRIAL, type RandomisationState } from './randomisation-state.js'

export type RandomisationCommand =
  | { type: 'design'; design: ArmsDesign }
  | { type: 'seal-list'; list: ListSealed['data'] }
  /** `numbers` are drawn at random; the first that the trial has not used becomes the participant's. */
  | { type: 'randomise'; code: string; site: string; allocation: string; numbers: readonly string[] }
  | { type: 'unblind-participant'; code: string; unblinding: string; by: string }
  | { type: 'review-unblinding'; unblinding: string; finding: UnblindingReviewed['data']['finding']; by: string }
  /** `at`: RFC 3339, UTC. */
  | { type: 'report-overdue'; unblinding: string; at: string }
  /** `check`: of the plan's score, where it was fitted on a cohort. */
  | { type: 'register-plan'; plan: AnalysisPlan; check?: TrainingCheck }
  | { type: 'freeze-plan'; plan: string; digest: string; check?: TrainingCheck }
  | DataLockCommand
  | TrialUnblindingCommand

/**
 * What follows from a command.
 *
 * @throws NotFound `analysis-plan-not-found`, `participant-not-randomised`, `unblinding-not-found`, `unblinding-request-not-found`
 * @throws Conflict `arms-designed`, `arms-not-designed`, `participant-randomised`, `randomisation-list-exhausted`,
 *   `arm-open`, `unblinding-reviewed`, `own-unblinding`, `analysis-plan-exists`, `analysis-plan-frozen`,
 *   `data-locked`, and those of `decideDataLock` and `decideTrialUnblinding`
 * @throws Unprocessable `arms-invalid`: two arms of one code, or a stratum that the design does not have
 * @throws Unavailable `allocation-number-taken`: none of the numbers drawn was free
 */
export function decide(state: RandomisationState, command: RandomisationCommand): readonly RandomisationEvent[] {
  switch (command.type) {
    case 'design':
      return design(state, command.design)
    case 'register-plan':
      if (state.plans.has(command.plan.plan))
        throw new Conflict('analysis-plan-exists', 'There is an analysis plan of this id.')
      return [{ type: 'randomisation.plan-registered', data: command.plan }, ...checked(command.check)]
    case 'freeze-plan':
      return freeze(state, command)
    case 'lock-data':
      return [...(command.checks ?? []).flatMap(checked), ...decideDataLock(state, command)]
    case 'request-unlocking':
    case 'decide-unlocking':
      return decideDataLock(state, command)
  }
  const designed = designOf(state)
  switch (command.type) {
    case 'seal-list':
      return sealList(state, designed, command.list)
    case 'randomise':
      return randomise(state, command)
    case 'unblind-participant':
      return unblindParticipant(state, designed, command)
    case 'review-unblinding':
      return review(state, command)
    case 'report-overdue':
      return reportOverdue(state, command)
    case 'request-unblinding':
    case 'unblind-trial':
      return decideTrialUnblinding(state, designed, command)
  }
}

export const randomisationDecider: Decider<RandomisationState, RandomisationCommand, RandomisationEvent> = {
  initial: UNDESIGNED,
  evolve,
  decide,
}

/**
 * The next place on the list for somebody of this site.
 *
 * @throws Conflict `arms-not-designed`, `data-locked`, `randomisation-list-exhausted`
 */
export function nextPlace(state: RandomisationState, site: string): { stratum: string; place: number } {
  const { stratifiedBy } = designOf(state)
  mustNotBeLocked(state)
  const stratum = stratifiedBy === 'site' ? site : WHOLE_TRIAL
  const { places, taken } = state.strata.get(stratum) ?? { places: 0, taken: 0 }
  if (taken >= places)
    throw new Conflict('randomisation-list-exhausted', 'The list of arms has no free place; another has to be sealed.')
  return { stratum, place: taken }
}

/** @throws Conflict `arms-not-designed` */
export function designOf({ design: designed }: RandomisationState): ArmsDesign {
  if (!designed) throw new Conflict('arms-not-designed', 'The trial has no design of arms.')
  return designed
}

function design(state: RandomisationState, laidDown: ArmsDesign): RandomisationEvent[] {
  if (state.design) throw new Conflict('arms-designed', 'The arms of the trial are laid down already.')
  if (new Set(laidDown.arms.map(({ arm }) => arm)).size < laidDown.arms.length)
    throw new Unprocessable('arms-invalid', 'Two arms have one code.')
  return [{ type: 'randomisation.designed', data: laidDown }]
}

function sealList(state: RandomisationState, { stratifiedBy }: ArmsDesign, list: ListSealed['data']) {
  mustNotBeLocked(state)
  if (list.strata.some(({ stratum }) => (stratum === WHOLE_TRIAL) !== (stratifiedBy === 'none')))
    throw new Unprocessable('arms-invalid', 'The list has a stratum that the design does not have.')
  return [{ type: 'randomisation.list-sealed', data: list }] as const
}

function randomise(
  state: RandomisationState,
  { code, site, allocation, numbers }: Extract<RandomisationCommand, { type: 'randomise' }>,
): RandomisationEvent[] {
  const { byCode, numbers: taken } = participantsOf(state)
  if (byCode.has(code)) throw new Conflict('participant-randomised', 'This participant was randomised already.')
  const { stratum } = nextPlace(state, site)
  const number = numbers.find((drawn) => !taken.has(drawn))
  if (number === undefined) throw new Unavailable('allocation-number-taken', 'No free number was drawn; try again.')
  return [{ type: 'randomisation.participant-randomised', data: { code, site, stratum, number, allocation } }]
}

function unblindParticipant(
  state: RandomisationState,
  { blinded }: ArmsDesign,
  { code, unblinding, by }: Extract<RandomisationCommand, { type: 'unblind-participant' }>,
): RandomisationEvent[] {
  if (!participantsOf(state).byCode.has(code))
    throw new NotFound('participant-not-randomised', 'This participant was not randomised.')
  const open =
    !blinded.includes('investigator') ||
    state.openTo.includes('investigator') ||
    [...state.unblindings.values()].some((earlier) => earlier.code === code && earlier.actor === by)
  if (open) throw new Conflict('arm-open', 'The arm of this participant is open to the caller already.')
  return [{ type: 'randomisation.participant-unblinded', data: { code, unblinding } }]
}

function review(
  { unblindings }: RandomisationState,
  { unblinding, finding, by }: Extract<RandomisationCommand, { type: 'review-unblinding' }>,
): RandomisationEvent[] {
  const opened = unblindings.get(unblinding)
  if (!opened) throw new NotFound('unblinding-not-found', 'There is no such unblinding.')
  if (opened.actor === by) throw new Conflict('own-unblinding', 'Nobody reviews an unblinding of their own.')
  if (opened.review) throw new Conflict('unblinding-reviewed', 'The unblinding was reviewed already.')
  return [{ type: 'randomisation.unblinding-reviewed', data: { unblinding, finding } }]
}

/** Said once, and not of one that was reviewed meanwhile. */
function reportOverdue(
  { unblindings }: RandomisationState,
  { unblinding, at }: Extract<RandomisationCommand, { type: 'report-overdue' }>,
): RandomisationEvent[] {
  const opened = unblindings.get(unblinding)
  if (!opened || opened.overdueReported || !isReviewOverdue(opened, at)) return []
  return [{ type: 'randomisation.unblinding-review-overdue', data: { unblinding } }]
}

function freeze(
  { plans, unblindedAt }: RandomisationState,
  { plan, digest, check }: Extract<RandomisationCommand, { type: 'freeze-plan' }>,
): RandomisationEvent[] {
  const registered = plans.get(plan)
  if (!registered) throw new NotFound('analysis-plan-not-found', 'There is no such analysis plan.')
  if (registered.frozen) throw new Conflict('analysis-plan-frozen', 'The analysis plan is frozen already.')
  const afterUnblinding = unblindedAt !== null
  return [...checked(check), { type: 'randomisation.plan-frozen', data: { plan, digest, afterUnblinding } }]
}

function checked(check: TrainingCheck | undefined): RandomisationEvent[] {
  return check ? [{ type: 'randomisation.training-checked', data: check }] : []
}
