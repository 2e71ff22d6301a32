import type { TicketReason } from '../../../../src/roster/reason-codes.js'
import { requestTicket } from '../../api/tickets.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { ReasonField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { usePlace } from '../../routing/location.js'
import { REASON_WORDS } from './ticket-words.js'

/** Asks to see who one twin stands for. Nothing opens before somebody of compliance approves it. */
export function RequestForm({ done }: { done: () => void }) {
  const twin = usePlace().query.get('twin') ?? ''
  const ask = (form: FormData) =>
    requestTicket({
      twin: textOf(form, 'twin'),
      hours: Number(textOf(form, 'hours')),
      reason: textOf(form, 'reason') as TicketReason,
      explanation: textOf(form, 'explanation'),
    })
  return (
    <Panel title="Ask for a ticket">
      <ActionForm submit="Ask for it" act={ask} done={done} primary>
        <TextField label="Twin" name="twin" hint="Its id." value={twin} required />
        <ReasonField options={Object.entries(REASON_WORDS)} />
        <TextField
          label="Hours"
          name="hours"
          type="number"
          min={1}
          max={72}
          hint="1 to 72, from its approval on."
          value="8"
          required
        />
        <TextField
          label="What you have to find out"
          name="explanation"
          rows={2}
          hint="Ten characters at least; kept sealed under the person’s key."
          required
        />
      </ActionForm>
    </Panel>
  )
}
