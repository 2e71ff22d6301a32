import { recordTraining } from '../../api/roster.js'
import { ActionForm, textOf } from '../../components/action-form.js'
import { SelectField, TextField } from '../../components/field.js'
import { Panel } from '../../components/panel.js'
import { STAFF_ROLES } from './roster-words.js'

/** Without a training that is valid, no grant of the role is put into force. */
export function TrainingForm({ actor, done }: { actor: string; done: () => void }) {
  const record = async (form: FormData) => {
    const training = {
      role: textOf(form, 'role'),
      completedOn: textOf(form, 'completedOn'),
      validUntil: textOf(form, 'validUntil'),
    }
    await recordTraining(actor, training)
    done()
  }
  return (
    <Panel title="Record a training">
      <ActionForm submit="Record" act={record}>
        <SelectField label="For the role" name="role" value="investigator" options={STAFF_ROLES} />
        <TextField label="Completed on" name="completedOn" type="date" required />
        <TextField label="Valid until" name="validUntil" type="date" required />
      </ActionForm>
    </Panel>
  )
}
