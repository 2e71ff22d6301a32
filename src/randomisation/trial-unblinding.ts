/**
 * Opening the arms of a whole trial: one person asks, on record, for what and resting on which plans; another approves exactly that
 * by signature; then it is done, as long as nothing it rests on has changed (EMA qualification opinion on PROCOVA, 2022-09-15: what
 * the analysis rests on is fixed before; 21 CFR 11.10(f), 11.70). Pure.
 */
import { isDeepStrictEqual } from 'node:util'
import { Conflict, NotFound } from '../platform/errors.js'
import { mustNotBePending } from './data-lock.js'
import type { ArmsDesign, BlindableRole, TrialUnblinded, UnblindingRequested, UnblindingSubmitted } from './events.js'
import type { RandomisationState } from './randomisation-state.js'
import type { NoPlanReason } from './reason-codes.js'

/** What a request asks for. `withoutPlan`: said where no analysis plan is registered, and only there. */
export interface AskedUnblinding {
  openTo: readonly BlindableRole[]
  withoutPlan: NoPlanReason | null
}

export type TrialUnblindingCommand =
  | ({ type: 'request-unblinding'; request: string } & AskedUnblinding)
  | { type: 'unblind-trial'; request: UnblindingRequested['data']; signature: string }

/**
 * @throws Conflict `data-not-locked`, `unlocking-pending`, `analysis-plan-not-frozen`, `analysis-plan-missing`,
 *   `analysis-plan-registered`, `arm-open`, `unblinding-request-outdated`
 * @throws NotFound `unblinding-request-not-found`
 */
export function decideTrialUnblinding(
  state: RandomisationState,
  design: ArmsDesign,
  command: TrialUnblindingCommand,
): readonly (UnblindingSubmitted | TrialUnblinded)[] {
  if (command.type === 'request-unblinding') {
    contentOf(state, design, command)
    return [{ type: 'randomisation.unblinding-submitted', data: { request: command.request } }]
  }
  const { request, ...approved } = command.request
  if (!state.requests.includes(request))
    throw new NotFound('unblinding-request-not-found', 'Nobody asked for this unblinding.')
  if (!isDeepStrictEqual(contentOf(state, design, approved), approved))
    throw new Conflict('unblinding-request-outdated', 'The lock or the plans are not those of the request; ask again.')
  const { signature } = command
  return [{ type: 'randomisation.trial-unblinded', data: { openTo: approved.openTo, signature, request } }]
}

/**
 * What a request made now says, to be signed word for word.
 *
 * @throws Conflict `data-not-locked`, `unlocking-pending`, `analysis-plan-not-frozen`, `analysis-plan-missing`,
 *   `analysis-plan-registered`, `arm-open`
 */
export function contentOf(
  state: RandomisationState,
  { blinded }: ArmsDesign,
  { openTo, withoutPlan }: AskedUnblinding,
): Omit<UnblindingRequested['data'], 'request'> {
  const { lockedBelow: below, openTo: open } = state
  if (below === null) throw new Conflict('data-not-locked', 'Arms are opened once the data are locked.')
  mustNotBePending(state)
  const plans = frozenPlans(state)
  if (plans.length === 0 && withoutPlan === null)
    throw new Conflict('analysis-plan-missing', 'No analysis plan is frozen, and nobody says why there is none.')
  if (plans.length > 0 && withoutPlan !== null)
    throw new Conflict('analysis-plan-registered', 'There is an analysis plan: no reason for none is recorded.')
  if (openTo.every((role) => open.includes(role) || !blinded.includes(role)))
    throw new Conflict('arm-open', 'The arms are open to these roles already.')
  return { openTo, below, plans, withoutPlan }
}

/** @throws Conflict `analysis-plan-not-frozen` */
function frozenPlans({ plans }: RandomisationState): UnblindingRequested['data']['plans'] {
  return [...plans.values()].map(({ plan, version, frozen }) => {
    if (!frozen) throw new Conflict('analysis-plan-not-frozen', 'A registered analysis plan is not frozen.')
    return { plan, version, digest: frozen.digest }
  })
}
