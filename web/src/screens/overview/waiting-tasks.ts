/** What may wait for a reader, by what their role may do about it. */
import type { Action } from '../../../../src/identity/actions.js'
import { listConsultations } from '../../api/consultations.js'
import { listDataQueries } from '../../api/data-queries.js'
import { listDecisions } from '../../api/decisions.js'
import { listUnreviewedEmergencies } from '../../api/emergencies.js'
import type { Listed } from '../../api/http.js'
import { listDue, listEntries } from '../../api/legal-register.js'
import { readNoticeRegister, type NoticeText, type RegisteredNotice } from '../../api/notices.js'
import { findErasures, findRequests } from '../../api/privacy.js'
import { listHoldsInForce, type Hold } from '../../api/retention.js'
import { listTickets } from '../../api/tickets.js'
import { listUnreviewedUnblindings } from '../../api/trials.js'

/** So many, or more than that. */
export interface Waiting {
  count: number
  more: boolean
}

export interface Task {
  /** Who may do this has it before them. */
  needs: Action
  title: string
  /** Where it is done. */
  to: string
  look: (signal: AbortSignal) => Promise<Waiting>
}

/** Counts what waits in the first page of a list. */
const waiting = <Row>({ items, next }: Listed<Row>, waits: (row: Row) => boolean = () => true): Waiting => ({
  count: items.filter(waits).length,
  more: next !== undefined,
})

const asksToLift = ({ status, liftingRequestedAt }: Hold) => status === 'approved' && liftingRequestedAt !== null

const draftsIn = ({ notices }: { notices: RegisteredNotice[] }): NoticeText[] =>
  notices.flatMap(({ versions }) => versions.flatMap(({ texts }) => texts)).filter(({ status }) => status === 'drafted')

export const TASKS: readonly Task[] = [
  {
    needs: 'data-query.answer',
    title: 'Data queries to answer',
    to: '/data-queries?view=open',
    look: async (signal) => waiting(await listDataQueries('open', undefined, signal)),
  },
  {
    needs: 'data-query.raise',
    title: 'Data queries that were answered',
    to: '/data-queries?view=answered',
    look: async (signal) => waiting(await listDataQueries('answered', undefined, signal)),
  },
  {
    needs: 'identity-ticket.decide',
    title: 'Identity tickets to decide on',
    to: '/identity-tickets?view=waiting',
    look: async (signal) => waiting(await listTickets('waiting', undefined, signal)),
  },
  {
    needs: 'emergency.review',
    title: 'Emergency accesses to review',
    to: '/emergencies',
    look: async (signal) => waiting(await listUnreviewedEmergencies(signal)),
  },
  {
    needs: 'emergency.review',
    title: 'Opened arms to review',
    to: '/emergencies?view=arms',
    look: async (signal) => waiting(await listUnreviewedUnblindings(undefined, signal)),
  },
  {
    needs: 'privacy.decide',
    title: 'Requests of persons to answer',
    to: '/privacy',
    look: async (signal) => waiting(await findRequests({ answered: false }, signal)),
  },
  {
    needs: 'privacy.prepare',
    title: 'Requests of persons to prepare',
    to: '/privacy',
    look: async (signal) => waiting(await findRequests({ status: 'identified' }, signal)),
  },
  {
    needs: 'erasure.consult',
    title: 'Questions before an erasure',
    to: '/consultations',
    look: async (signal) => waiting(await listConsultations(undefined, signal), ({ status }) => status === 'waiting'),
  },
  {
    needs: 'erasure.confirm',
    title: 'Erasures to confirm',
    to: '/privacy?view=erasures',
    look: async (signal) => waiting(await findErasures('decided', signal)),
  },
  {
    needs: 'erasure.execute',
    title: 'Erasures to execute',
    to: '/privacy?view=erasures',
    look: async (signal) => waiting(await findErasures('confirmed', signal)),
  },
  {
    needs: 'hold.judge',
    title: 'Legal holds to approve',
    to: '/retention?view=holds',
    look: async (signal) => waiting(await listHoldsInForce(signal), ({ status }) => status === 'placed'),
  },
  {
    needs: 'hold.judge',
    title: 'Legal holds that somebody asks to lift',
    to: '/retention?view=holds',
    look: async (signal) => waiting(await listHoldsInForce(signal), asksToLift),
  },
  {
    needs: 'hold.place',
    title: 'Legal holds that were asked for',
    to: '/retention?view=holds',
    look: async (signal) => waiting(await listHoldsInForce(signal), ({ status }) => status === 'requested'),
  },
  {
    needs: 'consent-notice.approve',
    title: 'Texts of notices to approve',
    to: '/consent-notices',
    look: async (signal) => waiting({ items: draftsIn(await readNoticeRegister(undefined, signal)) }),
  },
  {
    needs: 'decision.take',
    title: 'Decisions to review',
    to: '/decisions?view=proposed',
    look: async (signal) => waiting(await listDecisions('proposed', undefined, signal)),
  },
  {
    needs: 'decision.judge',
    title: 'Contested decisions to judge',
    to: '/decisions?view=contested',
    look: async (signal) => waiting(await listDecisions('contested', undefined, signal)),
  },
  {
    needs: 'legal-register.edit',
    title: 'Laws and guidances to look up',
    to: '/legal-register?view=due',
    look: async (signal) => waiting({ items: await listDue(undefined, signal) }),
  },
  {
    needs: 'legal-register.approve',
    title: 'Changes of the legal register to approve',
    to: '/legal-register?view=waiting',
    look: async (signal) => waiting({ items: await listEntries({ waiting: true }, signal) }),
  },
]
