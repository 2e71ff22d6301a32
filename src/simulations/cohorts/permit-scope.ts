/** What a data permit leaves of the people that a cohort is chosen from (EHDS, Regulation (EU) 2025/327, Art 68). */
import type { QueryBus } from '@nestjs/cqrs'
import { FindPermit, permitGaps } from '../../permits/queries/find-permit.js'
import { InvalidRequest, Unprocessable } from '../../platform/errors.js'
import { mappingOf } from '../inputs/mappings.js'
import { useOf } from '../run-order.js'
import type { MemberScope, WantedMembers } from './cohort-members.js'
import type { CohortOrder } from './events.js'

export interface AskedUnderPermit {
  order: CohortOrder
  wanted: WantedMembers
  /** Organisation of whoever asks. */
  user: string | undefined
}

/**
 * The permit names a holder, and only twins under that controller are chosen. They are chosen by what they have in common: a list of
 * persons, held against who was run, would tell who is out. What is computed is about nobody in particular and for no decision
 * about them.
 *
 * @returns nothing for a cohort that rests on consents
 * @throws Unprocessable `permit-not-covering`: `codes` say what the permit lacks; `permit-not-for-decisions`
 * @throws InvalidRequest `permit-members-listed`
 */
export async function holderUnderPermit(
  queries: QueryBus,
  { order, wanted, user }: AskedUnderPermit,
): Promise<Pick<MemberScope, 'controller'>> {
  if (order.permit === undefined) return {}
  if ('twins' in wanted)
    throw new InvalidRequest('permit-members-listed', 'Under a data permit, people are chosen by a filter.')
  if (order.use === 'decision')
    throw new Unprocessable('permit-not-for-decisions', 'Under a data permit, nothing is computed for decisions.')
  const { state } = await queries.execute(new FindPermit(order.permit))
  const asked = { use: useOf(order, mappingOf(order.model)), user, holders: 'any' } as const
  const codes = permitGaps(state, asked, new Date().toISOString())
  if (codes.length > 0)
    throw new Unprocessable('permit-not-covering', 'The data permit does not cover this.', { codes })
  return { controller: state.terms!.holder }
}
