import type { TicketDecliningReason, TicketRevocationReason } from '../../../../src/roster/reason-codes.js'
import { approveTicket, declineTicket, returnTicket, revokeTicket, type Ticket } from '../../api/tickets.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { ReasonField } from '../../components/field.js'
import { useCaller, useMay } from '../../session/use-session.js'
import { DECLINING_WORDS, REVOCATION_WORDS } from './ticket-words.js'

/** What the reader may do about a ticket: decide on it, take it back, or give it back. Nobody decides on their own. */
export function TicketSteps({ of: { ticket, actor, status }, done }: { of: Ticket; done: () => void }) {
  const decides = useMay('identity-ticket.decide')
  const { id } = useCaller()
  const isOwn = actor === id
  return (
    <>
      {status === 'waiting' && decides && !isOwn && (
        <>
          <ActionForm submit="Approve" act={() => approveTicket(ticket)} done={done} />
          <ActionForm
            submit="Refuse"
            act={(form) => declineTicket(ticket, textOf(form, 'reason') as TicketDecliningReason)}
            done={done}
          >
            <ReasonField label="Refused, because" options={Object.entries(DECLINING_WORDS)} />
          </ActionForm>
        </>
      )}
      {status === 'open' && decides && !isOwn && (
        <ActionForm
          submit="Revoke"
          act={(form) => revokeTicket(ticket, textOf(form, 'reason') as TicketRevocationReason)}
          done={done}
        >
          <ReasonField label="Revoked, because" options={Object.entries(REVOCATION_WORDS)} />
        </ActionForm>
      )}
      {status === 'open' && isOwn && <ActionForm submit="Give it back" act={() => returnTicket(ticket)} done={done} />}
    </>
  )
}
