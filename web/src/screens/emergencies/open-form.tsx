import type { EmergencyReason } from '../../../../src/roster/reason-codes.js'
import { openEmergency } from '../../api/emergencies.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { SelectField, TextField, toChoose } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { usePlace } from '../../routing/location.js'
import { REASON_WORDS } from './emergency-words.js'

const REASONS = toChoose(Object.entries(REASON_WORDS))

/** Opens a record of another site. The reason is chosen and not preset: it is answered for. */
export function OpenForm({ done }: { done: () => void }) {
  const twin = usePlace().query.get('twin') ?? ''
  const open = async (form: FormData) => {
    await openEmergency({
      twin: textOf(form, 'twin'),
      reason: textOf(form, 'reason') as EmergencyReason,
      explanation: textOf(form, 'explanation'),
    })
    done()
  }
  return (
    <Panel title="Open a record in an emergency">
      <ActionForm submit="Open the record" act={open}>
        <TextField label="Twin" name="twin" hint="Its id." value={twin} required />
        <SelectField label="Because" name="reason" value="" options={REASONS} required />
        <TextField
          label="What is happening"
          name="explanation"
          rows={2}
          hint="Ten characters at least; kept sealed under the person’s key."
          required
        />
      </ActionForm>
    </Panel>
  )
}
