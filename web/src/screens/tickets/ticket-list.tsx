import { listTickets, type Ticket, type TicketStatus } from '../../api/tickets.js'
import { useList } from '../../api/use-list.js'
import type { Column } from '../../components/data-table.js'
import { ListPanel } from '../../components/list-panel.js'
import { LocalNavigation } from '../../components/local-navigation.js'
import { Page } from '../../components/page.js'
import { ShortId, Time, TwinLink } from '../../components/values.js'
import { Link } from '../../routing/link.js'
import { usePlace } from '../../routing/location.js'
import { useMay } from '../../session/use-session.js'
import { RequestForm } from './request-form.js'
import { TicketSteps } from './ticket-steps.js'
import { REASON_WORDS, STATUS_WORDS, TicketState } from './ticket-words.js'

const STATUSES = Object.keys(STATUS_WORDS) as TicketStatus[]
const VIEWS = [['all', 'All'], ...STATUSES.map((status) => [status, STATUS_WORDS[status].text] as const)] as const

/** Seeing who a twin stands for: asked for by a steward, approved by somebody else, for some hours. */
export function TicketList() {
  const asked = usePlace().query.get('view')
  const status = STATUSES.find((one) => one === asked)
  const tickets = useList(`tickets ${status}`, (cursor, signal) => listTickets(status, cursor, signal))
  const asks = useMay('identity-ticket.request')
  const columns: Column<Ticket>[] = [
    { title: 'Asked for', show: ({ requestedAt }) => <Time at={requestedAt} exact /> },
    { title: 'Twin', show: ({ twin }) => <TwinLink twin={twin} /> },
    { title: 'By', show: ({ actor }) => <ShortId id={actor} /> },
    { title: 'Because', show: (ticket) => <Because of={ticket} /> },
    { title: 'Hours', numeric: true, show: ({ hours }) => hours },
    { title: 'State', show: (ticket) => <TicketState of={ticket} /> },
    { title: 'Under it', show: ({ approval }) => approval && <Under approval={approval} /> },
    { title: 'Next', show: (ticket) => <TicketSteps of={ticket} done={tickets.reload} /> },
  ]
  return (
    <Page
      title="Identity tickets"
      lead="A steward works with coded twins. To see who one of them stands for takes a ticket: for one twin, with a reason, approved by compliance, for some hours. Each look under it is on record."
    >
      {asks && <RequestForm done={tickets.reload} />}
      <LocalNavigation label="Identity tickets" views={VIEWS} current={status ?? 'all'} />
      <ListPanel
        title="Identity tickets"
        caption="Identity tickets, newest first"
        what="the tickets"
        empty="There is no such ticket."
        list={tickets}
        columns={columns}
        rowKey={({ ticket }) => ticket}
      />
    </Page>
  )
}

/** The reason, and where it stands in words for those who may read it. */
function Because({ of: { ticket, reason } }: { of: Ticket }) {
  return (
    <>
      {reason && REASON_WORDS[reason]} <Link to={`/audit?stream=identity-ticket-${ticket}`}>in words</Link>
    </>
  )
}

function Under({ approval }: { approval: string }) {
  return <Link to={`/audit?causation=${approval}`}>what was seen</Link>
}
